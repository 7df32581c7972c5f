"""What is written for people and not touched comes back as it was, in every table that they may edit."""

from dataclasses import replace

import pytest
from records import reading, readings
from samples import readings as story
from shapely.geometry import LineString

from geomap import exports
from geomap.features import frame
from geomap.models import How, Leg, Mode, PlaceRef, Route
from geomap.schema import SCHEMA, Layer
from geomap.tables.reading import read

MADE_ANEW = {"length_m", "how", "crossings", "area_m2", "along_m", "built_from", "published_limits", "issues", "route"}
"""What comes of tracing lines and building shapes."""
HARD = "=1+1 and \uff1d2, 'so'; -3\n@home \u0627\u0644\u0631\u0642\u0629"


def back(path, told, **options):
    exports.write(told, path, **options)
    return read(path.read_bytes(), path.suffix, path.stem, path.name, PlaceRef)


def changed(told, **values):
    first, *others = told.movements
    return replace(told, movements=(replace(first, **values), *others))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("told", [(changed(reading(), note=HARD), readings()[1]), story()], ids=["records", "story"])
def test_what_nobody_touched_comes_back_as_it_was(tmp_path, suffix, told):
    table = back(tmp_path / f"moves{suffix}", told)
    assert table.issues == ()
    for layer in (Layer.MOVEMENTS, Layer.AREAS, Layer.INCIDENTS, Layer.PLACES, Layer.SOURCES):
        before, after = frame(layer, told), frame(layer, table.readings)
        for column in SCHEMA[layer]:
            if column.dtype != "geometry" and column.name not in {*MADE_ANEW, "as_read"}:
                assert after[column.name].equals(before[column.name]), f"{layer} {column.name}"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_nothing_that_nobody_touched_is_a_correction(tmp_path, suffix):
    table = back(tmp_path / f"moves{suffix}", (changed(reading(), note=HARD),))
    assert {move.provenance.by_hand for told in table.readings for move in told.movements} == {()}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_line_that_was_given_stays_and_others_are_traced_anew(tmp_path, suffix):
    line = LineString([(10.123456789, 50.0), (10.4, 50.3), (11.0, 50.5)])
    given = Route((Leg(How.REPORTED, line, 80_000.0),), Mode.ROAD, given=True)
    table = back(tmp_path / f"moves{suffix}", (changed(reading(), route=given),))
    first, _ = table.readings[0].movements
    assert first.route.given
    assert first.route.legs[0].geometry.equals_exact(line, 1e-6)
    assert (first.route.legs[0].how, first.route.length_m, first.route.mode) == (How.REPORTED, 80_000.0, Mode.ROAD)
    other = back(tmp_path / f"others{suffix}", (reading(),))
    assert other.readings[0].movements[0].route is None
