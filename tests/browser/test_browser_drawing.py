"""What is drawn, where and how: read off the canvas, and off the words written on it."""

from __future__ import annotations

from datetime import date

import pytest
import samples
from pages import at_rest
from shapely.geometry import LineString, box

from geomap.maps.webmap import Map
from geomap.models import (
    Area,
    AreaKind,
    AreaPlan,
    How,
    Incident,
    IncidentKind,
    Interval,
    Mode,
    Place,
    Route,
    Shape,
    Status,
)

pytestmark = pytest.mark.browser

BLUE, BROWN, GREEN, GREY, PAPER = "#1b73fc", "#bb661f", "#044036", "#7c766b", "#ffffff"
DAY = Interval(date(2021, 5, 4), date(2021, 5, 4))
ROAD = [(38.8 + 0.1 * step, 36.2) for step in range(17)]  # 9 km from one bend to the next


def spot(name: str, lon: float, lat: float) -> Place:
    return samples.place(name, lon, lat, precision_m=300.0)


def moving(number: int, points, *, how: How = How.INFERRED, ends: bool = True, **values):
    route = Route((samples.leg(points, how),), Mode.ROAD)
    if ends:
        values["origin"] = (samples.ref(spot(f"From {number}", *points[0])),)
        values["destination"] = (samples.ref(spot(f"To {number}", *points[-1])),)
    return samples.movement(number, route=route, **values)


def incident(number: int, kind: IncidentKind, place: Place, actor: str = "Turkey") -> Incident:
    said = samples.said("r2", "There was a clash.", "clash")
    return Incident(f"i{number}", said, kind, "clash", actor, (samples.ref(place),), DAY)


def area(number: int, shape: Shape, kind: AreaKind = AreaKind.CONTROL, **values) -> Area:
    said = samples.said("r2", "The army closed the area.", "area")
    values = {"status": Status.COMPLETED, "actor": "Turkey"} | values
    return Area(f"a{number}", said, "area", kind, plan=AreaPlan(), date=DAY, shape=shape, **values)


def pixels(page, lon: float, lat: float, *, right: int = 0, down: int = 0, reach: int = 0) -> list[str]:
    """Return the colours of the story's canvas in a square round a spot, row by row; "" where nothing is painted."""
    at_rest(page)
    return page.evaluate(
        """([lon, lat, right, down, reach]) => {
        const map = window[document.querySelector(".folium-map").id];
        const canvas = document.querySelector(".leaflet-story-pane canvas");
        const [frame, outer] = [canvas.getBoundingClientRect(), map.getContainer().getBoundingClientRect()];
        const at = map.latLngToContainerPoint([lat, lon]);
        const x = Math.round(at.x + outer.x - frame.x + right), y = Math.round(at.y + outer.y - frame.y + down);
        const side = 2 * reach + 1;
        const { data } = canvas.getContext("2d").getImageData(x - reach, y - reach, side, side);
        return Array.from({ length: side * side }, (_, i) => data[4 * i + 3] < 8 ? "" :
            "#" + [0, 1, 2].map((j) => data[4 * i + j].toString(16).padStart(2, "0")).join(""));
    }""",
        [lon, lat, right, down, reach],
    )


def share(page, points, colour: str) -> float:
    """Return the share of spots along a line at which a colour is within 2 pixels."""
    line = LineString(points)
    spots = [line.interpolate(0.2 + 0.4 * step / 120, normalized=True) for step in range(121)]
    return sum(colour in pixels(page, at.x, at.y, reach=2) for at in spots) / len(spots)


def written(page) -> list[str]:
    """Return the words on the map, as they are painted anew."""
    page.evaluate(
        """() => {
        const pen = CanvasRenderingContext2D.prototype;
        window.words = [];
        const write = pen.fillText;
        pen.fillText = function (text, ...rest) {
            if (this.canvas.closest(".leaflet-story-pane") || !this.canvas.isConnected) words.push(text);
            return write.call(this, text, ...rest);
        };
    }"""
    )
    page.keyboard.press("d")
    at_rest(page)
    return page.evaluate("words")


def samples_of(page, facet: str) -> dict[str, str]:
    """Return the samples of the legend as data addresses, by value."""
    return dict(
        page.eval_on_selector_all(
            f'#legend input[data-facet^="{facet}:"]',
            "all => all.map(one => [one.dataset.facet.split(':')[1],"
            " one.closest('.row').querySelector('canvas').toDataURL()])",
        )
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_status_has_its_sample_and_its_meaning(open_map, scheme):
    page = Map()
    for number, status in enumerate(Status):
        page.add_movement(moving(number, [(x, y + 0.3 * number) for x, y in ROAD], status=status))
    page = open_map(page, color_scheme=scheme).page
    drawn = samples_of(page, "status")
    assert set(drawn) == set(Status)
    assert drawn["planned"] == drawn["ordered"], "both are meant, not done"
    assert len(set(drawn.values())) == len(Status) - 1
    meanings = page.eval_on_selector_all("#legend .meaning", "all => all.map(one => one.textContent)")
    assert "announced or intended" in meanings
    assert not page.locator("#legend .meaning").first.is_visible()
    page.get_by_role("button", name="What do these mean?").press("Enter")
    assert page.locator("#legend .meaning").first.is_visible()


def test_what_is_done_is_solid_and_what_is_meant_dashed(open_map):
    north = [(x, y + 0.5) for x, y in ROAD]
    webmap = Map().add_movement(moving(1, ROAD)).add_movement(moving(2, north, status=Status.PLANNED))
    page = open_map(webmap).page
    assert share(page, ROAD, BLUE) > 0.9
    assert 0.4 < share(page, north, BLUE) < 0.9


def test_what_is_denied_is_grey_crossed_and_struck(open_map):
    page = open_map(Map().add_movement(moving(1, ROAD, status=Status.DENIED))).page
    assert share(page, ROAD, GREY) > 0.9
    assert share(page, ROAD, BLUE) == 0
    assert "US" in written(page)


def test_a_guess_is_dotted_bent_and_says_so(open_map):
    page = open_map(Map().add_movement(moving(1, [ROAD[0], ROAD[-1]], how=How.SCHEMATIC))).page
    assert share(page, ROAD, BLUE) < 0.2, "the arc is not the straight line"
    assert "US · schematic" in written(page)


def test_a_road_without_bends_is_hollow_and_the_card_says_so(open_map):
    straight = [ROAD[0], ROAD[8], *ROAD[9:]]
    opened = open_map(Map().add_movement(moving(1, straight, how=How.REPORTED)), hash="#id=m1")
    page = opened.page
    assert PAPER in pixels(page, 39.22, 36.2)
    assert pixels(page, 40.02, 36.2) == [BLUE]
    assert "drawn straight: bends not known" in page.inner_text("#card .drawn")
    assert "drawn straight" in page.inner_text("#legend")


def test_two_columns_are_both_seen_where_they_share_the_road_and_only_there(open_map):
    webmap = Map().add_movement(moving(1, ROAD[:12])).add_movement(moving(2, ROAD[6:], actor="Turkey"))
    page = open_map(webmap, hash="#v=36.2,39.6,9").page
    shared = pixels(page, 39.65, 36.2, reach=8)
    assert BLUE in shared
    assert BROWN in shared
    assert BLUE in pixels(page, 39.1, 36.2, reach=1), "alone it lies on the road"
    assert BROWN in pixels(page, 40.25, 36.2, reach=1)


def test_those_who_meet_keep_right(open_map):
    webmap = Map().add_movement(moving(1, ROAD)).add_movement(moving(2, ROAD[::-1], actor="Turkey"))
    page = open_map(webmap, hash="#v=36.2,39.6,9").page
    assert BLUE in pixels(page, 39.65, 36.2, down=3, reach=1), "eastbound, its right is south"
    assert BROWN in pixels(page, 39.65, 36.2, down=-3, reach=1)


def test_too_many_lines_on_a_road_are_counted(open_map):
    webmap = Map()
    for number in range(8):
        webmap.add_movement(moving(number, ROAD, ends=False))
    assert "8 lines" in written(open_map(webmap).page)


def test_the_tag_comes_again_along_a_long_line(open_map):
    webmap = Map().add_movement(moving(1, ROAD))
    assert written(open_map(webmap, hash="#v=36.2,39.6,8").page).count("US") == 1
    assert written(open_map(webmap, size=(2400, 900), hash="#v=36.2,39.6,11").page).count("US") >= 3


def test_incidents_at_one_place_stand_beside_each_other(open_map):
    place = spot("Ford", 39.6, 36.2)
    webmap = Map()
    kinds = [IncidentKind.STRIKE, IncidentKind.CLASH, IncidentKind.CAPTURE]
    for number, kind in enumerate(kinds):
        webmap.add_incident(incident(number, kind, place))
    page = open_map(webmap, hash="#v=36.2,39.6,9").page
    for number in range(len(kinds)):
        frame = page.evaluate(
            """() => {
            const map = window[document.querySelector(".folium-map").id];
            const [at, outer] = [map.latLngToContainerPoint([36.2, 39.6]), map.getContainer().getBoundingClientRect()];
            return [at.x + outer.x, at.y + outer.y];
        }"""
        )
        page.mouse.click(frame[0] + 16 * (number - 1), frame[1] - 17)
        assert f"id=i{number}" in page.evaluate("new Promise(done => setTimeout(() => done(location.hash), 400))")


def test_many_incidents_of_one_place_are_counted(open_map):
    place = spot("Ford", 39.6, 36.2)
    webmap = Map()
    for number, kind in enumerate([*IncidentKind, *IncidentKind]):
        webmap.add_incident(incident(number, kind, place))
    words = written(open_map(webmap).page)
    assert "+4" in words, "two kinds of two are behind the four marks"
    assert words.count("2") == 4


def test_places_that_crowd_share_a_dot_until_one_comes_near(open_map):
    places = [spot("Great Ford", 39.6, 36.2), spot("Near", 39.605, 36.2), spot("Far", 40.4, 36.5)]
    webmap = Map()
    for number, place in enumerate([places[0], *places]):
        webmap.add_incident(incident(number, IncidentKind.CLASH, place))
    words = written(open_map(webmap, hash="#v=36.3,40,8").page)
    assert {"Great Ford", " +1", "Far"} <= set(words)
    assert "Near" not in words
    assert {"Great Ford", "Near"} <= set(written(open_map(webmap, hash="#v=36.2,39.6,13").page))


def test_an_area_too_narrow_to_see_has_a_band(open_map):
    road = LineString([(39.0, 36.2), (40.2, 36.2)]).buffer(0.0005)
    page = open_map(Map().add_area(area(1, Shape(road, "along the road"))), hash="#v=36.2,39.6,8").page
    assert all(pixels(page, 39.6, 36.2, reach=2)[row * 5] for row in range(5)), "five pixels across"


def test_published_limits_have_an_edge_and_others_none(open_map):
    shapes = (Shape(box(39, 36, 39.4, 36.3), "given", published_limits=True), Shape(box(39.8, 36, 40.2, 36.3), "built"))
    webmap = Map().add_area(area(1, shapes[0])).add_area(area(2, shapes[1]))
    page = open_map(webmap, hash="#v=36.15,39.6,8.5").page
    inner = [len(set(pixels(page, lon, 36.1, reach=8))) for lon in (39.08, 39.88)]
    assert inner[0] == 1, "plain"
    assert inner[1] > 3, "hatched"
    assert len(set(pixels(page, 39.0, 36.1, reach=2))) > 2, "a line of its own along the edge"


def test_a_front_and_what_may_belong_to_a_stretch_are_drawn(open_map):
    sure, outer = LineString([(39.4, 36.2), (39.8, 36.2)]), LineString([(39.0, 36.2), (40.2, 36.2)])
    front = Shape(LineString([(39.0, 36.6), (40.2, 36.6)]), "as told")
    webmap = Map().add_area(area(1, Shape(sure, "told", possible=outer), AreaKind.HIGHWAY_STRETCH))
    webmap.add_area(area(2, front, AreaKind.FRONT))
    page = open_map(webmap, hash="#v=36.4,39.6,8.5").page
    (inside,), (maybe,) = pixels(page, 39.6, 36.2), pixels(page, 40.0, 36.2)
    assert inside
    assert maybe
    assert inside != maybe
    assert pixels(page, 39.6, 36.6, reach=2).count("") < 25


def test_hatches_of_two_actors_run_in_two_directions(open_map):
    webmap = Map()
    for number, actor in enumerate(["Turkey", "Russia"]):
        shape = Shape(box(39 + number, 36, 39.8 + number, 36.6), "built")
        webmap.add_area(area(number, shape, actor=actor))
    page = open_map(webmap, hash="#v=36.3,39.9,8.5").page

    def falls(lon: float) -> bool:
        """Whether a pixel is more like the one below to the right than the one below to the left."""
        found = pixels(page, lon, 36.12, reach=20)
        rows = [found[41 * row : 41 * row + 41] for row in range(41)]
        like = [sum(rows[y][x] == rows[y + 1][x + step] for y in range(40) for x in range(1, 40)) for step in (1, -1)]
        return like[0] > like[1]

    assert falls(39.2) != falls(40.2)


def test_legend_shows_the_most_frequent_first_and_the_rest_on_request(open_map):
    webmap = Map()
    for number in range(20):
        line = [(x, y + 0.05 * number) for x, y in ROAD]
        for again in range(2 if number == 19 else 1):
            webmap.add_movement(moving(100 * again + number, line, actor=f"Group {number}", ends=False))
    page = open_map(webmap).page
    rows = page.locator('#legend input[data-facet^="actor:"]')
    assert rows.count() == 12
    assert "Group 19" in page.locator("#legend .row").first.inner_text()
    page.get_by_role("button", name="Show all 20: Actors").press("Enter")
    assert rows.count() == 20
    assert page.evaluate("document.activeElement.dataset.more") == "actor"


def test_legend_counts_what_is_shown_of_all(open_map):
    page = open_map(Map.from_readings(samples.readings()), hash="#t=2021-05-04").page
    number = page.locator('#legend [data-count="status:ongoing"]')
    assert number.inner_text() == "0/1"
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert number.inner_text() == "1"


def test_legend_has_only_what_occurs(open_map):
    page = open_map(Map().add_movement(moving(1, ROAD, ends=False))).page
    text = page.inner_text("#legend").lower()
    assert "completed" in text
    for word in ("denied", "incidents", "areas", "border crossing", "base", "military symbols"):
        assert word not in text


def test_symbols_are_drawn_where_asked_for_with_the_plain_name(open_map):
    movement = moving(1, ROAD, actor="SDF", actor_text="a battalion of the SDF")
    opened = open_map(Map(symbols="app6", affiliations={"SDF": "friend"}).add_movement(movement))
    page = opened.page
    assert "SDF" in written(page)
    found = set(pixels(page, *ROAD[-1], reach=70))
    assert "#80e0ff" in found
    assert "friend, battalion" in page.inner_text("#legend")
    assert opened.messages == []
    plain = open_map(Map().add_movement(movement)).page
    assert "#80e0ff" not in set(pixels(plain, *ROAD[-1], reach=70))


def test_only_what_is_chosen_and_under_way_travels_and_only_where_motion_is_wanted(open_map):
    webmap = Map().add_movement(moving(1, ROAD, status=Status.ONGOING))
    webmap.add_movement(moving(2, [(x, y + 0.4) for x, y in ROAD]))
    page = open_map(webmap, hash="#id=m1").page
    travelling = page.locator("canvas.travelling")
    assert travelling.count() == 0, "motion is not wanted"
    page.emulate_media(reduced_motion="no-preference")
    travelling.wait_for()
    picture = "document.querySelector('canvas.travelling').toDataURL()"
    seen = {page.evaluate(picture)}
    for _ in range(20):
        page.wait_for_timeout(100)
        seen.add(page.evaluate(picture))
        if len(seen) > 2:
            break
    assert len(seen) > 2, "one picture after the other"
    page.click("#list [data-id=m2]")
    travelling.wait_for(state="detached")
    page.click("#list [data-id=m1]")
    travelling.wait_for()
    page.keyboard.press("Escape")
    travelling.wait_for(state="detached")
