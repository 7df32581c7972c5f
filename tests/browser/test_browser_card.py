"""The card of one item."""

from __future__ import annotations

from dataclasses import replace

import geopandas
import pytest
import samples
from pages import until
from shapely.geometry import LineString

import geomap
from geomap.maps.webmap import Map
from geomap.models import Candidate

pytestmark = pytest.mark.browser


def first(**changes: object) -> Map:
    return Map(title="One").add_movement(replace(samples.movements()[0], **changes))


def card_of(open_map, webmap: Map, id_: str = "m1"):
    page = open_map(webmap, hash=f"#id={id_}").page
    return page, page.locator("#card")


def test_card_goes_from_the_sentence_to_the_sources(open_map):
    _, card = card_of(open_map, first())
    text = card.inner_text()
    order = [
        "completed",
        "US forces (about 20 trucks) travelled in convoy from Raqqa to Hasakah.",
        "4 May 2021 (“Tuesday”) · reported 6 May 2021",
        "Northern Plain, Syria · ±2.0 km",
        "1 other place of that name",
        "170 km in all · inferred along roads",
        "A column of about 20 trucks left Raqqa",
        "Valley Courier, citing a monitoring group · Columns on the move · 6 May 2021",
        "source not judged, truth not judged",
        "Copy link",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert card.locator("mark").all_inner_texts() == ["about 20 trucks", "left Raqqa for Hasakah"]
    assert card.get_by_role("link").get_attribute("rel") == "noopener noreferrer nofollow"


@pytest.mark.parametrize(
    ("by_hand", "said"), [(("to", "date"), "corrected by hand: to, date"), (("added",), "added by hand")]
)
def test_card_and_plain_list_say_what_a_person_corrected(open_map, by_hand, said):
    claim = replace(samples.movements()[0].provenance, by_hand=by_hand)
    _, card = card_of(open_map, first(provenance=claim))
    assert said in card.inner_text()
    plain = open_map(first(provenance=claim), java_script_enabled=False).page
    assert said in plain.inner_text("main")


def test_card_comes_into_view_however_far_down_its_item_was_chosen(open_map):
    webmap = Map.from_readings(samples.readings())
    page = open_map(webmap, size=(1400, 420)).page
    page.locator("#list .entry").last.scroll_into_view_if_needed()
    page.locator("#list .entry").last.click()
    side, sentence = page.locator("#side").bounding_box(), page.locator("#card .sentence").bounding_box()
    assert side["y"] <= sentence["y"] < side["y"] + side["height"]


def test_marks_that_overlap_or_lie_outside_are_left_out(open_map):
    claim = replace(samples.movements()[0].provenance, marks=((2, 8), (0, 4), (5, 5), (80, 9999)))
    _, card = card_of(open_map, first(provenance=claim))
    assert card.locator("blockquote").inner_text() == claim.quote
    assert card.locator("mark").all_inner_texts() == [claim.quote[:4]]


def test_marks_count_characters_also_beyond_the_first_plane(open_map):
    quote = "𐤀𐤁 🚚🚚 left Raqqa for Hasakah."
    claim = replace(samples.movements()[0].provenance, quote=quote, marks=((3, 5),))
    _, card = card_of(open_map, first(provenance=claim))
    assert card.locator("mark").all_inner_texts() == ["🚚🚚"]


def test_a_long_passage_folds_round_its_marks(open_map):
    quote = f"{'Before. ' * 200}The column left.{' After.' * 200}"
    at = quote.index("The column left")
    claim = replace(samples.movements()[0].provenance, quote=quote, marks=((at, at + 15),))
    _, card = card_of(open_map, first(provenance=claim))
    shown = card.locator("blockquote").inner_text()
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 900
    assert card.locator("mark").all_inner_texts() == ["The column left"]
    card.get_by_text("The whole passage, 3,").click()
    card.locator(".whole blockquote").wait_for()
    assert card.locator(".whole blockquote").inner_text() == quote


def test_a_place_that_was_not_found_and_other_candidates_are_told(open_map):
    there = replace(
        samples.ref(samples.RAQQA), alternatives=(Candidate(samples.NAMESAKE, 0.3, "smaller, farther off"),)
    )
    _, card = card_of(open_map, first(origin=(there,), destination=(samples.ref(None, "Umm Nowhere"),)))
    card.locator("details summary").first.click()
    assert "Raqqa (village), Northern Plain, Syria – smaller, farther off" in card.inner_text()
    assert "no place found" in card.locator("dd").last.inner_text()


def test_a_day_that_is_not_known_is_not_made_up(open_map):
    _, card = card_of(open_map, first(date=None, date_text="recently"))
    assert card.locator(".when").inner_text().startswith("“recently”, day not known")
    _, card = card_of(open_map, first(date=None, date_text=None))
    assert card.locator(".when").inner_text().startswith("date not given")


def test_crossings_and_unknown_ends_are_told(open_map):
    out = samples.movements()[1]
    webmap = Map(title="Out").add_movement(replace(out, route=replace(out.route, open_end=True)))
    _, card = card_of(open_map, webmap, "m2")
    line = card.locator(".drawn").inner_text()
    assert "crosses at Rabia crossing (Syria–Iraq), 118 km from the start" in line
    assert "its end is not known" in line


def test_two_ways_of_one_route_are_told_apart(open_map):
    item = samples.movements()[0]
    half = replace(item.route.legs[0], geometry=LineString(samples.ROAD[:3]), length_m=60_000.0, by="OSRM")
    rest = replace(item.route.legs[0], geometry=LineString(samples.ROAD[2:]), length_m=110_000.0)
    _, card = card_of(open_map, first(route=replace(item.route, legs=(half, rest))))
    assert "60 km inferred along roads by OSRM · 110 km inferred along roads" in card.locator(".drawn").inner_text()


def test_reports_that_differ_are_set_side_by_side(open_map):
    page, card = card_of(open_map, Map.from_readings(samples.told_twice()))
    assert "2 reports" in page.inner_text("#list .entry")
    assert "2 sources" in page.inner_text("#counts")
    assert "vehicles: 15 (Harbour Post) · 20 (Valley Courier)" in card.locator(".differ").inner_text()
    page.click("#card .tellings summary")
    assert card.locator(".tellings blockquote").count() == 2


@pytest.mark.parametrize("button", ["Copy link", "Copy citation"])
def test_what_is_copied_stands_for_the_item(open_map, button):
    page, card = card_of(open_map, first())
    page.evaluate(
        """() => Object.defineProperty(navigator, "clipboard", {
            value: { writeText: async (text) => { window.copied = text; } },
        })"""
    )
    card.get_by_text(button).click()
    until(page, "window.copied")
    expected = {
        "Copy link": "id=m1",
        "Copy citation": "Hasakah. — Valley Courier, “Columns on the move”, 6 May 2021, https://courier.example/columns",
    }
    assert expected[button] in page.evaluate("window.copied")
    assert page.inner_text("#live") == "Copied."


def test_a_source_that_is_withheld_is_not_named(open_map):
    claim = replace(samples.movements()[0].provenance, withheld=True, source=None, title=None, url=None)
    _, card = card_of(open_map, first(provenance=claim))
    told = card.locator(".source").inner_text()
    assert told.startswith("source withheld by the maker of the map")
    assert "6 May 2021" in told
    assert "source not judged" in told
    assert card.get_by_role("link").count() == 0


def test_columns_of_a_table_stand_as_rows(open_map):
    table = geopandas.GeoDataFrame(
        {"vehicles": [12], "colour": ["أزرق"]}, geometry=[LineString(samples.ROAD)], crs="EPSG:4326"
    )
    webmap = geomap.explore(table)
    page, card = card_of(open_map, webmap, webmap.story.movements[0].id)
    assert card.locator(".facts th").all_inner_texts() == ["vehicles", "colour"]
    assert card.locator(".facts td").all_inner_texts() == ["12", "أزرق"]
    assert page.locator(".facts td").last.evaluate("cell => getComputedStyle(cell).direction") == "rtl"


def test_an_arabic_name_does_not_turn_an_english_sentence(open_map):
    reached = samples.ref(samples.HASAKAH, "الحسكة")
    page, card = card_of(open_map, first(actor="حرس الحدود", destination=(reached,)))
    sentence = card.locator(".sentence")
    assert sentence.evaluate("node => getComputedStyle(node).direction") == "ltr"
    left = page.evaluate(
        """(word) => {
        const text = document.querySelector("#card .sentence").firstChild;
        const range = document.createRange();
        const at = text.data.indexOf(word);
        range.setStart(text, at);
        range.setEnd(text, at + word.length);
        return range.getClientRects()[0].left;
    }""",
        "حرس الحدود",
    )
    assert left < sentence.bounding_box()["x"] + 5, "the subject stands first, at the left"


def test_what_is_unfolded_stays_so_while_the_clock_runs(open_map):
    page, card = card_of(open_map, Map.from_readings(samples.told_twice()))
    page.click("#card .tellings summary")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    assert card.locator(".tellings details").get_attribute("open") is not None
