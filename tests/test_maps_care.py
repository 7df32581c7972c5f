"""What the maker of a map keeps back is nowhere in the file."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
import samples
import shapely
from test_maps_page import data_of
from test_maps_payload import completed

import geomap
from geomap.care import Care
from geomap.errors import InputError
from geomap.geometry.rounding import rounded
from geomap.maps import packing, page
from geomap.maps.ground import basemap
from geomap.maps.webmap import Map
from geomap.models import Event, Issue, Report, Status

SECRETS = ("Valley Courier", "Columns on the move", "courier.example", "left Raqqa for Hasakah")


@pytest.fixture(autouse=True)
def no_ground(monkeypatch):
    monkeypatch.setattr(basemap, "clip", lambda bounds, **_: {"bounds": list(bounds), "layers": {}, "attribution": []})


def everything(webmap: Map) -> str:
    """All text of the file, what is packed in it too."""
    html = webmap.get_root().render()
    return html + str(data_of(html))


def test_a_hidden_source_is_nowhere_in_the_file():
    told = [samples.readings()[0], samples.told_twice()[1]]
    shown = everything(Map.from_readings(told, title="T"))
    assert [secret for secret in SECRETS if secret not in shown] == [], "there is something to hide"
    hidden = everything(Map.from_readings(told, title="T", hide_sources=["Valley Courier"]))
    assert [secret for secret in SECRETS if secret.lower() in hidden.lower()] == []
    assert "Harbour Post" in hidden
    assert "F6: source not judged" in hidden
    assert "source withheld" in hidden


def test_a_hidden_source_keeps_its_day_and_what_it_tells():
    made = Map.from_readings(samples.readings(), hide_sources=["valley courier"])
    data = completed(data_of(made.get_root().render()))
    assert data["movements"][0]["source"]["title"] is None
    first = data["movements"][0]
    assert first["source"]["withheld"]
    assert not any(first["source"].get(name) for name in ("publisher", "title", "url", "by", "quote", "marks"))
    assert first["source"]["published"] == "2021-05-06"
    assert first["route"]
    assert "20 trucks" in first["sentence"]


def test_sources_of_things_added_by_hand_are_hidden_too():
    made = Map(hide_sources=["Radio Quebrada"])
    made.add_route(
        samples.movements()[0].route,
        "Radio Quebrada saw a column.",
        source="Radio Quebrada",
        url="https://quebrada.example",
    )
    made.add_issue(Issue("load", "radio quebrada.pdf cannot be read"))
    lead = samples.movement(1)
    made.add_movement(lead)
    other = replace(lead, id="m2", provenance=replace(lead.provenance, report_id="r9", source="Radio Quebrada"))
    made.story.events["m1"] = Event(lead, (lead, other))
    made.story.shown["m1"] = {"facts": [["as told", "by Radio Quebrada"]]}
    found = everything(made)
    assert "quebrada" not in found.lower()
    assert "Valley Courier" in found


def test_a_name_that_hides_nothing_stops_the_map():
    with pytest.raises(InputError, match="Nobody's Paper"):
        Map.from_readings(samples.readings(), hide_sources=["Nobody's Paper"]).get_root().render()


def positions(values: object, found: list[list[float]]) -> list[list[float]]:
    """Every pair of x and y in the page's values."""
    if isinstance(values, dict):
        if {"x", "y"} <= values.keys():
            found.append([values["x"], values["y"]])
        for value in values.values():
            positions(value, found)
    elif isinstance(values, list):
        if len(values) == 2 and all(isinstance(value, float) for value in values):
            found.append(values)
        for value in values:
            positions(value, found)
    return found


def test_no_exact_position_is_in_a_rounded_file():
    told = samples.place("south of there", 40.12345, 36.12345, geometry=samples.areas()[1].shape.geometry)
    readings = [*samples.readings()]
    first = readings[1].areas[0]
    plan = replace(first.plan, ends=(samples.ref(samples.RAQQA),), around=(samples.ref(samples.HASAKAH),))
    possible = first.shape.geometry.buffer(0.05)
    area = replace(first, plan=plan, shape=replace(first.shape, possible=possible))
    incident = replace(readings[1].incidents[0], places=(samples.ref(told), samples.ref(samples.TAL_TAMR)))
    readings[1] = replace(readings[1], areas=(area, *readings[1].areas[1:]), incidents=(incident,))
    exact = [point for r in readings for m in r.movements for leg in (m.route.legs if m.route else ())
             for point in leg.geometry.coords]  # fmt: skip
    exact += [p for shape in (area.shape.geometry, possible, told.geometry) for p in shapely.get_coordinates(shape)]
    spots = (samples.RAQQA, samples.HASAKAH, samples.TALL_ABYAD, samples.QAMISHLI, samples.TAL_TAMR, told, samples.IRAQ)
    exact += [(place.lon, place.lat) for place in spots] + [(42.06, 36.81)]
    values = page.page_payload(Map.from_readings([rounded(reading, 3000.0) for reading in readings]))
    values.pop("base")
    values.pop("view")
    data, lines = packing.unpack(packing.pack(values))
    shown = np.concatenate([*lines, np.array(positions(data, []))])
    assert len(shown) > 60
    apart = np.abs(shown[:, None, :] - np.array([point[:2] for point in exact])[None]).max(axis=2)
    assert apart.min() > 1e-4, "eleven metres, the page's grid"


def test_the_halo_grows_by_the_grid():
    data = completed(page.page_payload(Map.from_readings([rounded(reading, 3000.0) for reading in samples.readings()])))
    assert data["movements"][0]["from"][0]["place"]["precision"] == samples.RAQQA.precision_m + 3000


def test_what_is_delayed_is_counted_by_its_youngest_day():
    today = datetime.now(UTC).date()
    text = "Ethiopian soldiers are advancing on Mekelle."
    reports = [
        Report("young", text, published=today),
        Report("old", text, published=today - timedelta(days=30)),
        Report("undated", text),
        Report("done", "Ethiopian soldiers withdrew from Mekelle.", published=today),
    ]
    scene = geomap.build(reports, delay=timedelta(hours=72), round_km=1)
    assert {m.provenance.report_id: m.status for r in scene.readings for m in r.movements} == {
        "old": Status.ONGOING,
        "done": Status.COMPLETED,
    }
    assert scene.care == Care(timedelta(hours=72), 2, 1, 0)


def test_an_advance_that_began_long_ago_is_as_young_as_its_report():
    from geomap.pipeline import _delayed

    reading = samples.readings()[0]
    going = [m for m in reading.movements if m.status is Status.ONGOING]
    assert going
    assert going[0].provenance.published == date(2021, 5, 6)
    began = replace(going[0], date=replace(going[0].date, start=date(2021, 4, 1), end=date(2021, 4, 1)))
    left = _delayed(replace(reading, movements=(began,)), timedelta(days=3), date(2021, 5, 7))
    assert left.movements == ()
