"""The clock of the page: what it shows, how it is set, stepped and played, and how it is drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise

import pytest
import samples

from geomap.maps.webmap import Map
from geomap.models import Interval, Reading

pytestmark = pytest.mark.browser


def story() -> Map:
    return Map.from_readings(samples.readings(), title="Columns")


def columns(*days: tuple[date, date] | None, **values: object) -> Map:
    """Return a map of movements, one on each of the given days, told of the day after."""
    made = []
    for number, span in enumerate(days):
        published = span[1] + timedelta(1) if span and span[1].year < 9999 else None
        claim = replace(samples.said(f"r{number}", "A column left.", published=published), source=f"Paper {number}")
        when = Interval(*span) if span else None
        text = values.get("date_text", "on those days") if span and span[0] != span[1] else None
        moved = {"provenance": claim, "origin": (samples.ref(samples.RAQQA),), "route": samples.movements()[0].route}
        made.append(samples.movement(number, **(moved | values | {"date": when, "date_text": text})))
    return Map.from_readings([Reading(samples.readings()[0].report, movements=tuple(made))])


def one_day(day: date) -> tuple[date, date]:
    return (day, day)


def listed(page) -> list[str]:
    return page.eval_on_selector_all("#list .entry", "all => all.map(one => one.dataset.id)")


def stamp(page) -> str:
    return page.inner_text("#time .now")


def value(page, handle: str) -> int:
    return int(page.input_value(f".handle.{handle} input"))


def middle(page, handle: str) -> tuple[float, float]:
    box = page.locator(f".handle.{handle}").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def day_number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def ink(page, left: float, right: float) -> int:
    """Return how many pixels of the lanes are coloured between two parts of the time bar's width."""
    return page.evaluate(
        """([left, right]) => {
        const canvas = document.querySelector(".chart");
        const from = Math.round(canvas.width * left);
        const width = Math.round(canvas.width * right) - from;
        const { data } = canvas.getContext("2d").getImageData(from, 0, width, canvas.height - 18);
        let found = 0;
        for (let i = 0; i < data.length; i += 4) {
            const colours = [data[i], data[i + 1], data[i + 2]];
            if (data[i + 3] > 40 && Math.max(...colours) - Math.min(...colours) > 60) found++;
        }
        return found;
    }""",
        [left, right],
    )


def test_time_hides_what_has_not_happened_yet(open_map):
    page = open_map(story(), hash="#t=2021-05-04").page
    assert "m1" in listed(page)
    assert "m2" not in listed(page)
    page.keyboard.press("ArrowRight")
    assert "m2" in listed(page)
    assert "5 May 2021, 2 changes" in page.inner_text("#live")
    assert page.inner_text("#stamp").startswith("As of 5 May 2021")


def test_report_time_is_another_clock(open_map):
    page = open_map(story(), hash="#t=2021-05-05").page
    assert "m1" in listed(page)
    page.click("button[data-act=report]")
    assert "m1" not in listed(page), "it happened on the 4th but was known on the 6th"


def test_by_report_time_a_movement_is_what_was_known_by_then(open_map):
    page = open_map(Map.from_readings(samples.told_twice()), hash="#t=2021-05-05&c=report").page
    entry = page.locator("#list .entry")
    assert "ongoing" in entry.inner_text()
    assert "2 reports" not in entry.inner_text()
    page.keyboard.press("ArrowRight")
    assert stamp(page) == "As of 6 May 2021"
    assert "ongoing" not in entry.inner_text(), "by the 6th it was reported as completed"
    assert "2 reports" in entry.inner_text()
    page.click("button[data-act=event]")
    page.keyboard.press("ArrowLeft")
    assert "2 reports" in entry.inner_text(), "by event time all that is known is told"


def test_window_leaves_out_what_ended_before(open_map):
    page = open_map(story(), hash="#t=2021-05-12&w=2021-05-09").page
    ids = listed(page)
    assert "m3" in ids
    assert "m1" not in ids
    assert stamp(page) == "9–12 May 2021"


def test_all_is_all_and_a_step_leads_back_to_a_day(open_map):
    page = open_map(story(), hash="#t=all").page
    assert len(listed(page)) == 10
    assert stamp(page) == "All, 4–12 May 2021"
    page.keyboard.press("ArrowLeft")
    assert stamp(page) == "As of 9 May 2021"


@pytest.mark.parametrize(
    ("hash_", "said"),
    [
        ("#t=1850-01-01", "As of 4 May 2021"),
        ("#t=3000-01-01", "As of 12 May 2021"),
        ("#t=2021-05-06&w=2021-05-09", "6–9 May 2021"),
        ("#w=2021-05-09", "9–12 May 2021"),
    ],
)
def test_a_time_in_the_address_stays_within_what_is_told(open_map, hash_, said):
    assert stamp(open_map(story(), hash=hash_).page) == said


def test_the_address_tells_time_window_and_clock(open_map):
    page = open_map(story(), hash="#t=2021-05-08").page
    page.click("button[data-act=window]")
    page.locator(".handle.start input").fill(str(day_number(date(2021, 5, 6))))
    page.click("button[data-act=report]")
    page.wait_for_timeout(400)  # the address is written when things have come to rest
    assert page.evaluate("location.hash").startswith("#t=2021-05-08&w=2021-05-06&c=report")


def test_play_goes_from_change_to_change_and_stops_at_the_last(open_map):
    page = open_map(story()).page
    page.clock.install()
    page.keyboard.press("Space")
    assert page.locator("button[data-act=pause]").count() == 1
    assert stamp(page) == "As of 4 May 2021", "at the end it begins anew"
    page.clock.run_for(1700)
    assert stamp(page) == "As of 5 May 2021"
    page.clock.run_for(60_000)
    assert stamp(page) == "As of 9 May 2021", "the last change, not a day beyond it"
    assert page.locator("button[data-act=play]").count() == 1
    assert "Stopped at 9 May 2021" in page.inner_text("#live")


def test_play_is_faster_when_asked_and_stops_when_something_else_is_done(open_map):
    page = open_map(story(), hash="#t=2021-05-04").page
    page.clock.install()
    page.click("button[data-act=speed]")
    page.click("button[data-act=speed]")
    assert page.inner_text("button[data-act=speed]") == "×4"
    page.click("button[data-act=play]")
    page.clock.run_for(1000)
    assert stamp(page) == "As of 6 May 2021", "two changes, 400 ms each"
    page.keyboard.press("j")
    page.clock.run_for(10_000)
    assert stamp(page) == "As of 6 May 2021"


def test_nothing_plays_by_itself(open_map):
    page = open_map(story(), hash="#t=2021-05-04").page
    page.clock.install()
    page.clock.run_for(30_000)
    assert stamp(page) == "As of 4 May 2021"


def test_a_window_keeps_its_length_while_it_plays(open_map):
    page = open_map(story(), hash="#t=2021-05-06&w=2021-05-05").page
    page.clock.install()
    page.keyboard.press("Space")
    page.clock.run_for(1700)
    assert stamp(page) == "6–7 May 2021"


def test_buttons_stay_while_time_goes_on(open_map):
    page = open_map(story(), hash="#t=2021-05-04").page
    page.focus("button[data-act=next]")
    page.evaluate("window.kept = document.activeElement")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert stamp(page) == "As of 6 May 2021"
    assert page.evaluate("window.kept === document.activeElement && window.kept.isConnected")


def test_handles_are_ranges_for_the_keyboard(open_map):
    page = open_map(story(), hash="#t=2021-05-08&w=2021-05-05").page
    end = page.get_by_role("slider", name="Day shown")
    start = page.get_by_role("slider", name="First day of the window")
    end.press("ArrowLeft")
    start.press("ArrowRight")
    assert stamp(page) == "6–7 May 2021"
    assert end.get_attribute("aria-valuetext") == "7 May 2021"
    assert start.get_attribute("aria-valuetext") == "6 May 2021"
    start.press("Shift+ArrowLeft")
    assert stamp(page) == "5–6 May 2021"
    start.press("End")
    assert stamp(page) == "12 May 2021", "the start takes the end along"


def test_handles_are_dragged_and_the_window_as_a_whole(open_map):
    page = open_map(story(), hash="#t=2021-05-09&w=2021-05-07").page
    box = page.locator(".track").bounding_box()
    day = (middle(page, "end")[0] - middle(page, "start")[0]) / 3

    def drag(at: tuple[float, float], days: float) -> None:
        page.mouse.move(*at)
        page.mouse.down()
        page.mouse.move(at[0] + days * day / 2, at[1])
        page.mouse.move(at[0] + days * day, at[1])
        page.mouse.up()

    drag(middle(page, "end"), 2)
    assert stamp(page) == "7–11 May 2021"
    drag(middle(page, "start"), -1)
    assert stamp(page) == "6–11 May 2021"
    inside = ((middle(page, "start")[0] + middle(page, "end")[0]) / 2, box["y"] + 20)
    drag(inside, -1)
    assert stamp(page) == "5–10 May 2021"
    drag(inside, -5)
    assert stamp(page) == "4–9 May 2021", "the window stops where the story begins, as long as it was"


def test_a_click_goes_to_that_day(open_map):
    page = open_map(story(), hash="#t=2021-05-12&w=2021-05-04").page
    left, right = (middle(page, handle)[0] for handle in ("start", "end"))
    page.mouse.click(left + (right - left) * 5.5 / 9, page.locator(".track").bounding_box()["y"] + 20)
    assert stamp(page) == "4–9 May 2021"
    page.click("button[data-act=all]")
    page.mouse.click(left + (right - left) * 1.5 / 9, page.locator(".track").bounding_box()["y"] + 20)
    assert stamp(page) == "As of 5 May 2021"


def test_the_pointer_is_told_what_is_under_it(open_map):
    page = open_map(columns(one_day(date(2021, 5, 4)), one_day(date(2021, 5, 9)))).page
    box = page.locator(".track").bounding_box()
    tip = page.locator(".time-tip")
    assert tip.is_hidden()
    left = box["x"] + 40
    page.mouse.move(left, box["y"] + box["height"] - 24)
    assert tip.inner_text() == "4 May 2021 · Raqqa → …"
    page.mouse.move(left, box["y"] + 2)
    assert tip.inner_text() == "4 May 2021"
    page.mouse.move(left, box["y"] - 60)
    assert tip.is_hidden()


def test_a_bar_is_pale_where_only_its_earliest_and_latest_day_are_known(open_map):
    span = (date(2022, 3, 3), date(2022, 3, 9))

    def strengths(webmap: Map) -> list[int]:
        page = open_map(webmap).page
        return page.evaluate(
            """() => {
            const canvas = document.querySelector(".chart");
            const { data } = canvas.getContext("2d").getImageData(0, canvas.height - 24, canvas.width, 1);
            return [...data].filter((value, i) => i % 4 === 3 && i > 4 * 60);
        }"""
        )

    sure = strengths(columns(span, date_text="from 3 to 9 March"))
    unsure = strengths(columns(span, date_text="between 3 and 9 March"))
    assert max(sure) == 255
    assert sum(strength == 255 for strength in sure) > 400
    assert 60 < max(unsure) < 255


def test_what_may_not_have_been_yet_is_called_possible(open_map):
    span = (date(2022, 3, 3), date(2022, 3, 9))
    page = open_map(columns(span, date_text="between 3 and 9 March"), hash="#t=2022-03-05").page
    assert "possibly" in page.inner_text("#list .entry")
    page = open_map(columns(span, date_text="between 3 and 9 March"), hash="#t=2022-03-09").page
    assert "possibly" not in page.inner_text("#list .entry")
    page = open_map(columns(span, date_text="from 3 to 9 March"), hash="#t=2022-03-05").page
    assert "possibly" not in page.inner_text("#list .entry")


def test_more_actors_than_lanes_share_the_last_one(open_map):
    webmap = columns(*[one_day(date(2021, 5, 4))] * 12, one_day(date(2021, 5, 6)))
    for number, movement in enumerate(webmap.story.movements):
        webmap.story.movements[number] = replace(movement, actor=f"Force {number % 12}")
    page = open_map(webmap).page
    box = page.locator(".track").bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + box["height"] - 20)
    assert page.inner_text(".time-tip") == "4 May 2021 · 5 others · 5 items"


def test_one_report_of_the_year_one_does_not_squeeze_the_others(open_map):
    month = [one_day(date(2022, 3, day)) for day in range(1, 31)]
    page = open_map(columns(one_day(date(1, 1, 1)), *month)).page
    assert ink(page, 0, 0.3) > 0, "the old one is drawn"
    assert ink(page, 0.5, 1) > 20 * 4, "and the others are told apart"
    page.locator(".handle.end input").fill(str(day_number(date(2022, 3, 11))))
    box = page.locator(".track").bounding_box()
    assert 0.3 < (middle(page, "end")[0] - box["x"]) / box["width"] < 0.6


def test_from_the_year_1_to_9999(open_map):
    opened = open_map(columns(one_day(date(1, 1, 1)), one_day(date(9999, 12, 31)), one_day(date(4000, 6, 1))))
    assert opened.messages == []
    page = opened.page
    page.keyboard.press("ArrowLeft")
    assert stamp(page) == "As of 1 Jun 4000"
    page.keyboard.press("ArrowLeft")
    assert len(listed(page)) == 1


def test_undated_items_have_a_lane_of_their_own(open_map):
    page = open_map(columns(one_day(date(2021, 5, 4)), None, None)).page
    assert "Date unknown: 2" in page.inner_text("#time .lane")
    assert len(listed(page)) == 3
    page = open_map(columns(one_day(date(2021, 5, 4)))).page
    assert page.locator("#time .lane").is_hidden()


def test_without_any_date_there_is_no_clock(open_map):
    page = open_map(columns(None, None)).page
    assert "No report gives a date" in page.inner_text("#time")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    assert len(listed(page)) == 2


def test_one_date_only(open_map):
    webmap = columns(one_day(date(2021, 5, 4)), provenance=samples.said("r", "A column left.", published=None))
    opened = open_map(webmap)
    assert stamp(opened.page) == "As of 4 May 2021"
    opened.page.keyboard.press("Space")
    assert opened.page.locator("button[data-act=play]").count() == 1, "nothing comes after it"
    assert opened.messages == []


@pytest.mark.parametrize("width", [360, 390, 600])
def test_a_phone_has_one_line_of_controls_and_the_rest_behind_a_button(open_map, width):
    page = open_map(story(), size=(width, 780), has_touch=True).page
    boxes = page.evaluate(
        """() => [...document.querySelectorAll(".toolbar button")].filter((one) => one.offsetParent)
            .map((one) => one.getBoundingClientRect().toJSON())"""
    )
    assert len({box["top"] for box in boxes}) == 1
    assert all(box["width"] >= 44 and box["height"] >= 44 for box in boxes)
    assert all(box["left"] >= 0 and box["right"] <= width for box in boxes)
    assert re.fullmatch(r"10 of 10", page.inner_text("#time .shown"))
    for part in (".track", "#time .shown", ".handle.end"):
        assert page.locator(part).is_visible()
    assert page.locator("button[data-act=report]").is_hidden()
    page.click(".more-button")
    page.click("button[data-act=report]")
    assert page.get_attribute("button[data-act=report]", "aria-pressed") == "true"
    page.keyboard.press("Escape")
    assert page.locator("button[data-act=report]").is_hidden()
    assert page.get_attribute(".more-button", "aria-expanded") == "false"


@pytest.fixture(scope="module")
def axis(chromium):
    """Return what calls the functions of axis.js with days written as ISO 8601, in an empty page."""
    context = chromium.new_context()
    page = context.new_page()
    folder = files("geomap.maps").joinpath("assets")

    def answer(route):
        name = route.request.url.rsplit("/", 1)[1]
        body = folder.joinpath(name).read_text(encoding="utf-8") if name else "<!DOCTYPE html>"
        route.fulfill(body=body, content_type="text/javascript" if name else "text/html")

    page.route("**/*", answer)
    page.goto("http://page.invalid/")

    def call(spans: list[tuple[str, str]], width: int) -> dict:
        return page.evaluate(
            """async ([spans, width]) => {
            const { beginningsOf, makeScale, stretchesOf, ticksOf, unitFor } = await import("/axis.js");
            const { dayOf, isoOf } = await import("/text.js");
            const days = spans.map((span) => span.map(dayOf));
            const first = Math.min(...days.map(([from]) => from));
            const last = Math.max(...days.map(([, to]) => to));
            const scale = makeScale(stretchesOf(days, first, last), 0, width);
            const back = days.flat().map((day) => Math.floor(scale.dayAt(scale.x(day) + 1e-6)) === day);
            return {
                ticks: ticksOf(scale).map(({ day, text }) => [scale.x(day), text]),
                parts: scale.parts.map(({ from, end }) => [isoOf(from), isoOf(end - 1)]),
                right: scale.x(last + 1),
                back: back.every(Boolean),
            };
        }""",
            [spans, width],
        )

    yield call
    context.close()


@pytest.mark.parametrize(
    ("first", "last", "texts"),
    [
        ("2021-05-04", "2021-05-04", ["4 May 2021"]),
        ("2021-12-30", "2022-01-02", ["30 Dec 2021", "31 Dec", "1 Jan 2022", "2 Jan"]),
        ("2021-05-01", "2021-06-28", ["3 May 2021", "10 May", "17 May", "24 May", "31 May", "7 Jun", "14 Jun"]),
        ("2021-10-20", "2022-05-01", ["Nov 2021", "Dec", "Jan 2022", "Feb", "Mar", "Apr", "May"]),
        ("2019-03-03", "2022-01-20", ["Jul 2019", "Jan 2020", "Jul", "Jan 2021", "Jul", "Jan 2022"]),
        ("1989-06-01", "2021-06-01", ["1990", "1995", "2000", "2005", "2010", "2015", "2020"]),
        ("0001-01-01", "9999-12-31", ["1000", "2000", "3000", "4000", "5000", "6000", "7000"]),
    ],
)
def test_the_scale_counts_days_weeks_months_and_years(axis, first, last, texts):
    shown = axis([(first, first), (first, last), (last, last)], 560)
    assert [text for _, text in shown["ticks"]][: len(texts)] == texts
    places = [x for x, _ in shown["ticks"]]
    assert all(right - left >= 40 for left, right in pairwise(places))
    assert shown["right"] == pytest.approx(560)
    assert shown["back"]


def test_the_scale_breaks_only_where_that_tells_days_apart(axis):
    month = [(f"2022-03-{day:02d}",) * 2 for day in range(1, 31)]
    far = axis([("0001-01-01", "0001-01-01"), ("1990-05-05", "1990-05-05"), *month], 900)
    assert len(far["parts"]) == 3
    assert far["parts"][0][0] == "0001-01-01"
    assert far["parts"][2][1] == "2022-03-30"
    assert [text for _, text in far["ticks"]][:2] == ["1", "7 May 1990"]
    assert far["back"]
    assert far["right"] == pytest.approx(900)
    apart = [(f"{year}-05-05",) * 2 for year in (1990, 2000, 2010, 2022)]
    assert len(axis(apart, 900)["parts"]) == 1, "four days are told apart on a straight scale"
    through = [("1990-05-05", "2022-03-30"), *month]
    assert len(axis(through, 900)["parts"]) == 1, "what goes on is not left out"


def test_play_stops_when_the_page_is_hidden(open_map):
    page = open_map(story(), hash="#t=2021-05-04").page
    page.clock.install()
    page.keyboard.press("Space")
    page.clock.run_for(1700)
    page.evaluate(
        """() => {
        Object.defineProperty(document, "hidden", { value: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }"""
    )
    page.clock.run_for(20_000)
    assert stamp(page) == "As of 5 May 2021"


def test_playing_does_not_talk_all_the_time(open_map):
    page = open_map(story(), hash="#t=2021-05-04").page
    page.clock.install()
    page.evaluate(
        """() => {
        window.told = [];
        const live = document.getElementById("live");
        new MutationObserver(() => window.told.push(live.textContent)).observe(live, { childList: true });
    }"""
    )
    page.click("button[data-act=speed]")
    page.click("button[data-act=speed]")
    page.click("button[data-act=play]")
    page.clock.run_for(10_000)
    assert page.evaluate("window.told") == ["Playing.", "Stopped at 9 May 2021."], "five changes in two seconds"


def test_the_chosen_item_is_framed_in_its_lane(open_map):
    page = open_map(columns(one_day(date(2021, 5, 4)), one_day(date(2021, 5, 9)))).page
    frame = page.locator(".chosen")
    assert frame.is_hidden()
    page.click("#list [data-id=m1]")
    track, box = page.locator(".track").bounding_box(), frame.bounding_box()
    assert box["width"] == pytest.approx(96, abs=4), "one day of at most 96 pixels"
    assert box["y"] > track["y"]
    page.keyboard.press("Escape")
    assert frame.is_hidden()
