import pytest
from lxml import etree
from records import readings

from geomap.exports.look import Look
from geomap.exports.sld import style
from geomap.maps.style import LIGHT
from geomap.terms import IncidentKind, Status

SPACES = {"sld": "http://www.opengis.net/sld", "ogc": "http://www.opengis.net/ogc"}
KINDS = {
    "movements": "Line", "areas": "Polygon", "areas_possible": "Polygon", "areas_lines": "Line",
    "areas_possible_lines": "Line", "incidents": "Point", "places": "Point",
}  # fmt: skip


def rules(table):
    root = etree.fromstring(style(table, Look.of(readings())))
    return root.findall(".//sld:Rule", SPACES)


@pytest.mark.parametrize(("table", "kind"), KINDS.items())
def test_tables_are_drawn_as_what_they_are(table, kind):
    assert all(rule.find(f"sld:{kind}Symbolizer", SPACES) is not None for rule in rules(table))


@pytest.mark.parametrize("table", [table for table in KINDS if table != "places"])
def test_actors_have_their_colours_and_nobody_grey(table):
    all_rules = rules(table)
    named = [rule for rule in all_rules if "Germany" in rule.findtext("sld:Name", namespaces=SPACES)]
    assert all(LIGHT[0] in etree.tostring(rule, encoding="unicode") for rule in named if "denied" not in rule[0].text)
    assert all("Germany" in rule.xpath("string(.//ogc:Literal)", namespaces=SPACES) for rule in named)
    others = [rule for rule in all_rules if rule not in named]
    assert len(others) == len(named) > 0
    assert all(rule.find(".//ogc:PropertyIsNull", SPACES) is not None for rule in others)


def test_each_status_and_each_kind_has_a_rule():
    found = {
        literal.text for rule in rules("movements") for literal in rule.iter("{http://www.opengis.net/ogc}Literal")
    }
    assert set(Status) <= found
    found = {
        literal.text for rule in rules("incidents") for literal in rule.iter("{http://www.opengis.net/ogc}Literal")
    }
    assert set(IncidentKind) <= found


def test_only_what_is_planned_is_dashed_long():
    dashed = {
        rule.findtext("sld:Name", namespaces=SPACES).rpartition(", ")[2]
        for rule in rules("movements")
        if rule.xpath(".//sld:CssParameter[@name='stroke-dasharray'][.='12 8']", namespaces=SPACES)
    }
    assert dashed == {"planned", "ordered"}


def test_what_lies_nowhere_has_no_style():
    assert style("sources", Look.of(())) is None
    assert style("issues", Look.of(())) is None
