"""Records as HTML: what they say, and that nothing a report says can break out of it."""

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
import samples

import geomap
from geomap.models import Candidate, Certainty, Mention, Reading, Report, Resolution, Role, Route, Shape
from geomap.scene import Scene
from geomap.views import html
from geomap.views.passages import Mark, Sort, passage

VOID = {"img", "br"}
ALLOWED = {
    "a", "b", "blockquote", "details", "div", "img", "li", "mark", "span", "summary", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
}  # fmt: skip


class Tree(HTMLParser):
    """Text, tags and marked words of a piece of HTML; fails where elements do not nest."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open, self.text, self.marked, self.attributes = [], "", [], []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert tag in ALLOWED, tag
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)
        if tag in {"mark", "b"}:
            self.marked.append([tag, dict(attrs), ""])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "sup" not in self.open:
            self.text += data
            if {"mark", "b"} & set(self.open):
                self.marked[-1][2] += data


def place(**more):
    return samples.place("Kobani", 38.35, 36.89, local="كوباني", **more)


def reading():
    text = "Head\n\nTrucks left Kobani for Raqqa.\nNothing else."
    start = text.index("Trucks")
    claim = samples.said("r", "Trucks left Kobani for Raqqa.", "left")
    claim = replace(claim, start=start, end=start + len(claim.quote))
    answer = Resolution("Kobani", Certainty.RESOLVED, "only one", (Candidate(place(), 1.0),))
    at = text.index("Kobani")
    mentions = (Mention(at, at + 6, "Kobani", Role.PLACE, answer), Mention(at + 11, at + 16, "Raqqa"))
    report = Report(
        "r", text, "Courier", "A <b>title</b>", "https://c.example/?a=1&b=2", date(2021, 5, 6), body_start=6
    )
    return Reading(report, mentions, (replace(samples.movements()[0], provenance=claim),))


def records():
    route = samples.movements()[1].route
    answer = Resolution("Kobani", Certainty.AMBIGUOUS, "two of them", tuple(Candidate(place(), 0.5) for _ in range(11)))
    return [
        place(), answer, Resolution("Qwzx", Certainty.UNKNOWN, "none"), route, Route(()), samples.areas()[0].shape,
        *samples.movements(), *samples.areas(), *samples.incidents(), reading(), reading().report,
        *samples.readings(), *(r.report for r in samples.readings()),
    ]  # fmt: skip


@pytest.mark.parametrize("record", records(), ids=lambda record: type(record).__name__)
def test_every_record_shows_itself_without_scripts(record):
    shown = record._repr_html_()
    assert shown == html(record)
    tree = Tree(shown)
    assert tree.text.strip()
    assert not any(
        name.startswith("on") or (name in {"class", "id"} and tag != "div") for tag, name, _ in tree.attributes
    )
    for tag, name, value in tree.attributes:
        if name in {"src", "href"}:
            assert value.startswith("data:image/svg+xml;base64," if tag == "img" else "https://")


def test_nothing_of_a_hostile_report_becomes_markup():
    bad = samples.hostile_reading()
    mention = Mention(0, len(bad.report.text), samples.HOSTILE, resolution=Resolution(
        samples.HOSTILE, Certainty.AMBIGUOUS, samples.HOSTILE,
        (Candidate(samples.place(samples.HOSTILE, 39.0, 36.0, local=samples.HOSTILE), 1.0, samples.HOSTILE),),
    ))  # fmt: skip
    bad = replace(bad, mentions=(mention,))
    for record in (bad, bad.report, bad.movements[0], bad.movements[0].origin[0].place, mention.resolution):
        tree = Tree(html(record))
        assert "<script>" in tree.text, "it is shown as text"
        assert not [value for _, name, value in tree.attributes if name == "href"], "nor its javascript: address"


def test_a_text_is_marked_where_its_offsets_say():
    words = "Le convoi a quitté Ko\u0301bani 🚚 pour l'Irak.\n\n\tغادرت القافلة الرميلان & عادت."
    at = words.index("Ko\u0301bani")
    arabic = words.index("الرميلان")
    marks = [
        Mark(0, words.index("\n"), Sort.MOVEMENT, "M1"),
        Mark(at, at + 7, Sort.PLACE, told="a town"),
        Mark(arabic, arabic + 8, Sort.UNKNOWN),
        Mark(arabic, 10_000, Sort.AREA, "A1"),
    ]
    shown = passage(words, marks)
    tree = Tree(shown)
    assert tree.text == words.replace("\n", ""), "no character is lost or doubled"
    named = [(tag, text) for tag, _, text in tree.marked if tag == "mark"]
    assert named == [("mark", "Ko\u0301bani"), ("mark", "الرميلان")]
    assert shown.count('<div dir="auto"') == 2, "each paragraph runs its own way"
    assert shown.count("<sup>M1</sup>") == 1
    assert "A1" not in shown, "a mark that ends behind the text is none"


def test_marks_may_overlap_and_end_in_the_middle_of_each_other():
    shown = passage("one two three four", [Mark(0, 13, Sort.MOVEMENT, "M1"), Mark(4, 18, Sort.AREA, "A1"),
                                           Mark(8, 13, Sort.PLACE)])  # fmt: skip
    tree = Tree(shown)
    assert tree.text == "one two three four"
    assert shown.index("three") < shown.index("<sup>M1</sup>") < shown.index(" four") < shown.index("<sup>A1</sup>")


def test_a_long_text_is_cut_and_says_so():
    shown = Tree(passage("x" * 500, [Mark(450, 460, Sort.PLACE)], most=100)).text
    assert shown == f"{'x' * 99}…… and 400 more characters"


def test_a_reading_shows_its_text_without_the_header_and_what_was_read():
    tree = Tree(html(reading()))
    assert "Head" not in tree.text
    assert "A <b>title</b>" in tree.text
    assert ("b", "left") in [(tag, text) for tag, _, text in tree.marked]
    marked = {text: attributes for tag, attributes, text in tree.marked if tag == "mark"}
    assert marked["Kobani"]["title"] == "Kobani, Northern Plain, SY: only one"
    assert marked["Raqqa"]["title"] == "not known"
    assert "(about 20 trucks) travelled in convoy from Raqqa to Hasakah." in tree.text
    assert "2 place names" in tree.text
    empty = Tree(html(Reading(Report("e", "Nothing."))))
    assert "Nothing that moves" in empty.text


def test_a_reading_whose_text_is_not_kept_quotes_its_claims():
    told = reading()
    kept = replace(told, report=replace(told.report, text="", body_start=0), mentions=())
    shown = html(kept)
    assert "Trucks left Kobani for Raqqa." in Tree(shown).text
    assert shown.count("<blockquote") == 1
    assert "words that say so" not in shown, "there is nothing in the text to explain"
    assert "<blockquote" not in html(told)


def test_a_resolution_lists_what_a_name_may_mean():
    text = Tree(html(records()[1])).text
    assert "Kobani is ambiguous: two of them" in text
    assert "and 3 more in .candidates" in text
    known = geomap.find("Kobani")
    assert "geonames:172256" in Tree(html(known)).text


def test_a_place_that_is_an_area_has_no_dot():
    assert "<img" in html(place())
    assert "<img" not in html(samples.IRAQ)
    assert "<img" in html(place(geometry=samples.areas()[1].shape.geometry))


def test_a_shape_of_which_nothing_is_sure_says_so():
    possible = samples.areas()[0].shape.geometry
    shown = Tree(html(Shape(possible.__class__(), "somewhere along it", area_m2=0.0, possible=possible))).text
    assert "surenothing" in shown
    assert "km²" in shown


def test_a_scene_is_a_map_unless_it_is_empty_or_huge(monkeypatch):
    whole = Scene(samples.readings())
    assert "<iframe" in whole._repr_html_()
    empty = Tree(Scene((Reading(Report("e", "…")),), whole.issue_records)._repr_html_()).text
    assert "1 report, 0 movements" in empty
    assert "Nothing that could be drawn" in empty
    assert "no place found for 'Umm Nowhere'" in empty
    monkeypatch.setattr("geomap.scene._MOST_SHOWN", 5)
    shown = whole._repr_html_()
    tree = Tree(shown)
    assert "scene.save('map.html')" in tree.text
    assert "Turkey112" in tree.text, "movements, areas and incidents of an actor"
    assert "<img" in shown
    assert len(shown) < 100_000


def test_records_stay_what_they_were():
    one, other = place(), place()
    assert one == other
    assert hash(one) == hash(other)
    assert not hasattr(one, "__dict__")
    with pytest.raises(TypeError, match="has no view"):
        html(object())
