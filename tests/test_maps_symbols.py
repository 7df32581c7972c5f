"""Military symbols: frames, marks and whose they are."""

import re
import xml.etree.ElementTree as ET

import pytest
import samples
from click.testing import CliRunner

from geomap.cli import main
from geomap.errors import InputError
from geomap.maps.symbols import Affiliation, Echelon, checked_affiliations, echelon_of, svg, symbol_values
from geomap.maps.webmap import Map

ALL = [(side, size, built) for side in Affiliation for size in (None, *Echelon) for built in (False, True)]


def outline(symbol: str) -> str:
    return ET.fromstring(symbol)[0].get("d")


@pytest.mark.parametrize(("side", "size", "built"), ALL)
def test_a_symbol_is_small_plain_svg_and_nothing_else(side, size, built):
    text = svg(side, size, installation=built)
    root = ET.fromstring(text)
    assert {one.tag.split("}")[1] for one in root.iter()} == {"svg", "path"}
    names = {name for one in root.iter() for name in one.keys()}  # noqa: SIM118
    assert not [name for name in names if name.startswith("on") or "href" in name or name == "style"]
    assert len(text) < 1000


@pytest.mark.parametrize(("side", "size", "built"), ALL)
def test_every_point_lies_in_the_picture(side, size, built):
    root = ET.fromstring(svg(side, size, installation=built))
    starts = [found for one in root for found in re.findall(r"M(-?[\d.]+)[ ]?(-?[\d.]+)", one.get("d"))]
    assert starts
    assert all(-40 <= float(x) <= 40 and -56 <= float(y) <= 40 for x, y in starts)


def test_the_frame_tells_the_side_and_dashes_the_doubt():
    frames = {side: outline(svg(side)) for side in Affiliation}
    assert frames[Affiliation.FRIEND] == frames[Affiliation.ASSUMED_FRIEND]
    assert frames[Affiliation.HOSTILE] == frames[Affiliation.SUSPECT]
    assert len({frames[Affiliation[name]] for name in ("FRIEND", "HOSTILE", "NEUTRAL", "UNKNOWN")}) == 4
    dashed = {side for side in Affiliation if "dasharray" in svg(side)}
    assert dashed == {Affiliation.PENDING, Affiliation.ASSUMED_FRIEND, Affiliation.SUSPECT}


def test_every_size_has_marks_of_its_own():
    assert len({svg(Affiliation.UNKNOWN, size) for size in (None, *Echelon)}) == len(Echelon) + 1


@pytest.mark.parametrize(
    ("actor_text", "troops_text", "size"),
    [
        ("a mechanised battalion of the army", None, Echelon.BATTALION),
        ("the 3rd Brigade", None, Echelon.BRIGADE),
        ("its 2nd Armoured Division", None, Echelon.DIVISION),
        ("government forces", "a company of soldiers", Echelon.COMPANY),
        ("two battalions", None, None),
        ("a battalion of the 4th Brigade", None, None),
        ("a convoy of about 20 trucks", "200 troops", None),
        ("the 2nd Company", None, Echelon.COMPANY),
        ("the company's guards", None, None),
        ("a private security company", None, None),
        ("the battalion's trucks", None, None),
        (None, None, None),
    ],
)
def test_the_size_is_what_the_words_say_of_one_unit(actor_text, troops_text, size):
    assert echelon_of(samples.movement(1, actor_text=actor_text, troops_text=troops_text)) is size


def test_no_side_is_taken_that_nobody_gave():
    movements = samples.movements()
    values = symbol_values(movements, {})
    assert {side for side, _ in values["says"]} == {"unknown"}
    given = symbol_values(movements, checked_affiliations({"SDF": "friend", "Russia": "Assumed_Friend"}))
    sides = {m.actor: given["says"][given["of"][m.id]][0] for m in movements}
    assert sides["SDF"] == "friend"
    assert sides["Russia"] == "assumed friend"
    assert sides["Turkey"] == "unknown"


def test_each_picture_is_kept_once():
    values = symbol_values([*samples.movements(), samples.movement(8, actor_text="a brigade")], {})
    assert len(values["svg"]) == len(set(values["svg"])) == 2
    assert values["of"]["m8"] == 1


def test_a_wrong_word_is_refused():
    with pytest.raises(InputError, match="affiliation 'foe' of 'SDF' is not known"):
        checked_affiliations({"SDF": "foe"})


def test_a_map_has_symbols_only_where_they_are_asked_for():
    assert Map().affiliations is None
    assert Map(symbols="app6").affiliations == {}
    assert Map(symbols="app6", affiliations={"SDF": "Friend"}).affiliations == {"SDF": Affiliation.FRIEND}
    with pytest.raises(InputError, match="ask for symbols='app6' too"):
        Map(affiliations={"SDF": "friend"})
    with pytest.raises(InputError, match="symbols 'runes' are not known"):
        Map(symbols="runes")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--symbols", "app6", "--affiliation", "SDF=foe"], "affiliation 'foe' of 'SDF' is not known"),
        (["--affiliation", "SDF=friend"], "ask for symbols='app6' too"),
        (["--symbols", "app6", "--affiliation", "friend"], "write SDF=friend"),
        (["--symbols", "runes"], "'runes' is not 'app6'"),
    ],
)
def test_wrong_words_on_the_command_line_are_wrong_usage(tmp_path, options, words):
    result = CliRunner().invoke(main, ["map", "no-such-file.md", "-o", str(tmp_path / "map.html"), *options])
    assert result.exit_code == 2
    assert words in " ".join(result.output.split())
