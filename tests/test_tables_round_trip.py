"""What geomap writes comes back: every layer, column by column, from every format that holds tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import geopandas
import pandas as pd
import pytest
import records
import samples
import shapely

import geomap
from geomap import exports, features
from geomap.models import AreaPlan, PlaceRef, Range, SpeakerKind
from geomap.schema import SCHEMA, Layer
from geomap.tables.places import only_words
from geomap.tables.reading import read

WITH_SHAPES = ["geojson", "gpkg", "parquet", "kml"]
SPREADSHEETS = ["csv", "xlsx"]
MADE = {"geometry", "length_m", "how", "crossings", "route", "area_m2", "along_m", "built_from", "possible", "issues"}
"""What is made anew of places and plans where a table holds no geometries; the digest of the row then differs too."""


def differences(before, after, *, without=frozenset()) -> list[str]:
    """The cells in which two sets of readings differ, in words."""
    found = []
    for layer in Layer:
        old, new = (features.frame(layer, readings, keep_text=True) for readings in (before, after))
        assert len(old) == len(new), layer
        for name in old.columns.difference(without):
            pairs = zip(old[name].astype(object), new[name].astype(object), strict=True)
            found += [f"{layer} {n} {name}: {a} / {b}" for n, (a, b) in enumerate(pairs) if not same(a, b)]
    return found


def same(old: object, new: object) -> bool:
    if hasattr(old, "geom_type") and hasattr(new, "geom_type"):
        # formats keep six decimals of a degree, and start rings where they like
        close = shapely.equals_exact(old, new, 1e-6)
        return close or shapely.normalize(old).equals_exact(shapely.normalize(new), 1e-6)
    if hasattr(old, "geom_type") or hasattr(new, "geom_type"):
        return False
    if pd.isna(old) or pd.isna(new):
        return bool(pd.isna(old) and pd.isna(new))
    return old == pytest.approx(new, rel=1e-9, abs=1e-6) if isinstance(old, float) else old == new


def written(readings, folder: Path, kind: str) -> Path:
    path = folder / f"table.{kind}"
    exports.write(readings, path, keep_text=True)
    return path


def again(readings, folder: Path, kind: str):
    path = written(readings, folder, kind)
    return read(path.read_bytes(), f".{kind}", path.stem, path.name, only_words)


def planned_in_full() -> AreaPlan:
    """A plan with every field filled, one inside another."""
    ref = PlaceRef("the town", samples.RAQQA, "said so")
    inner = AreaPlan(border=("SY", "TR"), side="SY", depth_m=Range(0, 30_000), within=AreaPlan(region=ref))
    return AreaPlan(
        border=("SY", "IQ"), side="IQ", both_sides=True, depth_m=Range(1000, 2000), width_m=Range(300, 300),
        length_m=Range(5, 6), road="M4", line=ref, bearing=0.0, ends=(ref, PlaceRef("Nowhere")), around=(ref,),
        between=(ref, ref), region=ref, without=(ref,), within=inner, part_of=ref,
    )  # fmt: skip


def full():
    """Readings in which every column that a person may correct is filled."""
    first, second = samples.readings()
    movement = replace(
        first.movements[1], via=(samples.ref(samples.TAL_TAMR),), troops=5, troops_text="five", vehicles=1,
        vehicles_text="one", equipment=("tanks",), co_actors=("SDF",), backed_by=("Iran",), background=True,
        note="=1+1 is no sum", provenance=replace(first.movements[1].provenance, speaker=SpeakerKind.MONITOR),
    )  # fmt: skip
    claim = replace(movement.provenance, report_id="r2")
    days = movement.date
    area = replace(samples.areas()[0], plan=planned_in_full(), note="n", date=days, date_text="then", provenance=claim)
    incident = replace(second.incidents[0], note="two\nlines", date_text="then", provenance=claim)
    return (
        replace(first, movements=(movement,)),
        replace(second, areas=(area,), incidents=(incident,)),
    )


MADE_UP = pytest.mark.parametrize(
    "made", [samples.readings, records.readings, full], ids=["samples", "records", "full"]
)


def test_every_column_to_correct_is_filled():
    """Otherwise a column could get lost on the way and no test of this file would see it."""
    for layer in (Layer.MOVEMENTS, Layer.AREAS, Layer.INCIDENTS, Layer.PLACES):
        table = features.frame(layer, (*full(), records.reading()))
        assert [c.name for c in SCHEMA[layer] if c.editable and table[c.name].isna().all()] == []


@pytest.mark.parametrize("kind", WITH_SHAPES)
@MADE_UP
def test_every_cell_comes_back_with_its_shapes(tmp_path, kind, made):
    table = again(made(), tmp_path, kind)
    assert table.issues == ()
    assert differences(made(), table.readings) == []


@pytest.mark.parametrize("kind", SPREADSHEETS)
@MADE_UP
def test_spreadsheets_keep_all_but_what_is_made_of_it(tmp_path, kind, made):
    table = again(made(), tmp_path, kind)
    assert table.issues == ()
    assert differences(made(), table.readings, without=MADE | {"as_read", "published_limits"}) == []


@pytest.fixture(scope="module")
def seeds():
    return geomap.build([Path(__file__).parents[1] / "seeds"])


@pytest.mark.parametrize("kind", [*WITH_SHAPES, *SPREADSHEETS])
def test_the_scene_of_reports_comes_back_whole(tmp_path, seeds, kind):
    scene = geomap.Scene.from_file(written(seeds.readings, tmp_path, kind))
    assert scene.load_issues == ()
    assert differences(seeds.readings, scene.readings) == []


def test_what_was_read_from_a_table_is_written_as_the_same_bytes(tmp_path, seeds):
    first = written(seeds.readings, tmp_path, "csv")
    again_ = geomap.Scene.from_file(first)
    assert written(again_.readings, tmp_path, "csv").read_bytes() == first.read_bytes()


def given_by_hand():
    """A line and an outline that nothing is known of but where they are."""
    first, second = samples.readings()
    line = replace(first.movements[0].route, given=True)
    drawn = replace(second.areas[1], shape=replace(second.areas[1].shape, given=True))
    return (
        replace(first, movements=(replace(first.movements[0], route=line), *first.movements[1:])),
        replace(second, areas=(second.areas[0], drawn)),
    )


@pytest.mark.parametrize("kind", [*WITH_SHAPES, *SPREADSHEETS])
def test_given_lines_and_shapes_come_back_from_every_table(tmp_path, kind):
    first, second = again(given_by_hand(), tmp_path, kind).readings
    assert first.movements[0].route.given
    assert list(first.movements[0].route.legs[0].geometry.coords) == samples.ROAD
    assert second.areas[1].shape.given
    assert second.areas[1].shape.geometry.equals(samples.areas()[1].shape.geometry)


@pytest.mark.parametrize("kind", [*WITH_SHAPES, *SPREADSHEETS])
def test_a_plan_comes_back_with_all_its_fields(tmp_path, kind):
    first, second = samples.readings()
    area = replace(second.areas[0], plan=planned_in_full())
    table = again((first, replace(second, areas=(area,))), tmp_path, kind)
    plan = table.readings[1].areas[0].plan

    def told(plan: AreaPlan) -> list[object]:
        refs = [plan.line, *plan.ends, *plan.around, *plan.between, plan.region, *plan.without, plan.part_of]
        places = [ref and (ref.text, ref.place and (ref.place.id, ref.place.lon)) for ref in refs]
        numbers = [plan.border, plan.side, plan.both_sides, plan.depth_m, plan.width_m, plan.length_m, plan.bearing]
        return [*places, *numbers, plan.road, told(plan.within) if plan.within else None]

    assert told(plan) == told(planned_in_full())


def test_what_was_made_coarser_or_hidden_stays_so(tmp_path):
    from geomap.care import without_sources
    from geomap.geometry.rounding import rounded

    veiled, _ = without_sources(samples.readings(), ["Valley Courier"])
    kept_back = tuple(rounded(reading, 10_000.0) for reading in veiled)
    table = again(kept_back, tmp_path, "geojson")
    assert differences(kept_back, table.readings) == []
    assert "Courier" not in (tmp_path / "table.geojson").read_text(encoding="utf-8")


@pytest.mark.parametrize("digits", [7, 8, 15])
def test_a_program_that_keeps_fewer_decimals_moves_no_line(tmp_path, digits):
    first, *others = samples.readings()
    movement = first.movements[0]
    odd = replace(
        movement.route,
        legs=tuple(
            replace(leg, geometry=shapely.transform(leg.geometry, lambda points: points.round(5) + 1.46e-6))
            for leg in movement.route.legs
        ),
    )
    path = written([replace(first, movements=(replace(movement, route=odd),)), *others], tmp_path, "gpkg")
    table = geopandas.read_file(path, layer="movements")
    table.geometry = shapely.transform(table.geometry, lambda points: points.round(digits))
    table.to_file(path, layer="movements")
    back = read(path.read_bytes(), ".gpkg", path.stem, path.name, only_words)
    assert [m.provenance.by_hand for one in back.readings for m in one.movements] == [()] * len(table)
