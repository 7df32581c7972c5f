"""What bench_map.py has drawn: made-up routes, the same in every run, and what writes a file of them."""

from __future__ import annotations

import base64
import html
import zlib
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd

    from geomap.maps.webmap import Map
    from geomap.models import Movement, Report

SEED = 20251021
POINTS = 31
BOX = (36.0, 30.5, 46.0, 37.0)
"""West, south, east, north of the towns, in degrees."""
TOWNS = 400
REACH = 40
"""A route goes to one of this many nearest towns."""
FIRST_DAY = date(2024, 1, 1)
ACTORS = tuple(f"{name} {kind}" for kind in ("Army", "Guard") for name in ("Northern", "Eastern", "River", "Coastal"))
COLOURS = ("#1B73FC", "#BB661F", "#044036", "#A55AA6", "#4C3700", "#2506DA", "#8A1C4A", "#5B6B00")
STATUSES = ("completed", "completed", "completed", "ongoing", "planned", "ordered", "denied")
PUBLISHERS = ("Valley Courier", "Harbour Post", "Plain Dealer", "Evening Signal", "Border Gazette", "Desert Wire")


@dataclass(frozen=True, slots=True)
class Row:
    """One movement as every contestant is given it, in words, beside its line."""

    actor: str
    status: str
    day: str
    published: str
    origin: str
    destination: str
    source: str
    url: str
    quote: str


@dataclass(frozen=True, slots=True)
class Made:
    """Routes: rows, their lines (n, 31, 2) in degrees, and the towns they join, (from, to) by route."""

    rows: list[Row]
    lines: np.ndarray
    towns: np.ndarray
    ends: np.ndarray


def made_up(count: int) -> Made:
    """Return movements of a year between towns, each along a winding line of its own."""
    chance = np.random.default_rng(SEED)
    west, south, east, north = BOX
    towns = np.round(chance.uniform((west, south), (east, north), (TOWNS, 2)), 4)
    far = np.hypot(*(towns[:, None] - towns[None]).transpose(2, 0, 1))
    near = np.argsort(far, axis=1)[:, 1 : REACH + 1]
    start = chance.integers(TOWNS, size=count)
    ends = np.column_stack((start, near[start, chance.integers(REACH, size=count)]))
    days = np.sort(chance.integers(365, size=count))
    actors, statuses, publishers = (chance.integers(len(of), size=count) for of in (ACTORS, STATUSES, PUBLISHERS))
    amounts = chance.integers(3, 60, size=count)
    told = zip(ends, days, actors, statuses, publishers, amounts, strict=True)
    rows = [row(number, *values) for number, values in enumerate(told)]
    return Made(rows, winding(chance, towns[ends]), towns, ends)


def winding(chance: np.random.Generator, ends: np.ndarray) -> np.ndarray:
    """Return lines that wind like roads: steps of uneven length, off the straight line by up to a tenth of it."""
    steps = chance.uniform(0.4, 1.6, (len(ends), POINTS - 1))
    along = np.concatenate([np.zeros((len(ends), 1)), np.cumsum(steps, axis=1)], axis=1)
    along /= along[:, -1:]
    off = np.cumsum(chance.normal(0, 1, along.shape), axis=1)
    off = (off - off[:, :1]) - along * (off[:, -1:] - off[:, :1])  # both ends stay where they are
    off *= 0.1 / np.maximum(1.0, np.abs(off).max(axis=1, keepdims=True))
    straight = ends[:, 1] - ends[:, 0]
    across = np.stack([-straight[:, 1], straight[:, 0]], axis=1)
    return ends[:, :1] + along[..., None] * straight[:, None] + off[..., None] * across[:, None]


def row(number: int, ends: np.ndarray, day: int, actor: int, status: int, publisher: int, amount: int) -> Row:
    origin, destination = (f"Town {end}" for end in ends)
    happened = FIRST_DAY + timedelta(days=int(day))
    who, by = ACTORS[actor], PUBLISHERS[publisher]
    return Row(
        actor=who,
        status=STATUSES[status],
        day=happened.isoformat(),
        published=(happened + timedelta(days=1 + number % 3)).isoformat(),
        origin=origin,
        destination=destination,
        source=by,
        url=f"https://{by.split()[0].lower()}.example/{happened:%Y/%m}/{number // 4}",
        quote=f"A column of {amount} vehicles of the {who} left {origin} for {destination} on {happened:%d %B}, "
        f"two residents told the {by}.",
    )


def frame_of(made: Made) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import shapely

    return gpd.GeoDataFrame([asdict(one) for one in made.rows], geometry=shapely.linestrings(made.lines), crs=4326)


# --- records for geomap


def records_of(made: Made) -> tuple[list[Report], list[Movement]]:
    """Return one report for every four movements of a publisher's day, and the movements."""
    import shapely

    from geomap.geometry.geodesy import length_m
    from geomap.models import How, Leg, Mode, Place, PlaceRef, Report, Route

    places = [
        Place(f"user:{n}", f"Town {n}", *spot, country="SY", admin1="Plain", source="made up")
        for n, spot in enumerate(made.towns.tolist())
    ]
    refs = [PlaceRef(place.name, place, "the only place of that name") for place in places]
    reports: dict[str, Report] = {}
    movements = []
    for number, (told, line, ends) in enumerate(
        zip(made.rows, shapely.linestrings(made.lines), made.ends.tolist(), strict=True)
    ):
        report = reports.setdefault(
            told.url,
            Report(told.url, "", told.source, f"Columns, {told.day}", told.url, date.fromisoformat(told.published)),
        )
        route = Route((Leg(How.INFERRED, line, length_m(line)),), Mode.ROAD)
        movements.append(movement(number, told, report, (refs[ends[0]], refs[ends[1]]), route))
    return list(reports.values()), movements


def movement(number: int, told: Row, report: Report, refs: tuple, route) -> Movement:
    from geomap.models import Interval, Movement, Provenance, Status

    marks = ((0, told.quote.index(" on ")),)
    claim = Provenance(
        report.id, told.source, report.title, told.url, report.published, told.quote, 0, len(told.quote), marks
    )
    day = date.fromisoformat(told.day)
    return Movement(
        f"m{number}",
        claim,
        "left",
        told.actor,
        "A column",
        origin=refs[:1],
        destination=refs[1:],
        date=Interval(day, day),
        date_text=f"on {day:%d %B}",
        status=Status(told.status),
        confidence=0.9,
        route=route,
    )


def map_of(reports: list[Report], movements: list[Movement]) -> Map:
    from geomap.maps.webmap import Map

    page = Map(title="Made-up movements")
    for report in reports:
        page.add_report(report)
    for one in movements:
        page.add_movement(one)
    return page


# --- contestants: each takes what it needs out of the clock and returns what writes the file


def with_geomap(made: Made) -> Callable[[Path], None]:
    reports, movements = records_of(made)
    return lambda path: map_of(reports, movements).save(path)


def with_folium_lines(made: Made) -> Callable[[Path], None]:
    import folium

    colours = dict(zip(ACTORS, COLOURS, strict=True))
    spots = made.lines[..., ::-1].tolist()

    def write(path: Path) -> None:
        page = folium.Map(tiles=None, prefer_canvas=True)
        page.fit_bounds(bounds_of(made))
        for told, line in zip(made.rows, spots, strict=True):
            words = "<br>".join(f"{name}: {html.escape(text)}" for name, text in asdict(told).items())
            folium.PolyLine(line, color=colours[told.actor], weight=3, popup=folium.Popup(words)).add_to(page)
        page.save(path)

    return write


def with_folium_geojson(made: Made) -> Callable[[Path], None]:
    import folium

    frame = frame_of(made)
    colours = dict(zip(ACTORS, COLOURS, strict=True))

    def write(path: Path) -> None:
        page = folium.Map(tiles=None, prefer_canvas=True)
        page.fit_bounds(bounds_of(made))
        folium.GeoJson(
            frame,
            style_function=lambda feature: {"color": colours[feature["properties"]["actor"]], "weight": 3},
            popup=folium.GeoJsonPopup(list(Row.__slots__)),
        ).add_to(page)
        page.save(path)

    return write


def with_explore(made: Made) -> Callable[[Path], None]:
    frame = frame_of(made)

    def write(path: Path) -> None:
        page = frame.explore(
            column="actor", cmap=list(COLOURS), tiles=None, prefer_canvas=True, popup=True, tooltip=False
        )
        page.save(path)

    return write


def with_pydeck(made: Made) -> Callable[[Path], None]:
    import pandas as pd
    import pydeck

    frame = pd.DataFrame([asdict(one) for one in made.rows])
    colours = {actor: [int(c[i : i + 2], 16) for i in (1, 3, 5)] for actor, c in zip(ACTORS, COLOURS, strict=True)}

    def write(path: Path) -> None:
        table = frame.assign(path=made.lines.tolist(), colour=frame.actor.map(colours))
        layer = pydeck.Layer(
            "PathLayer",
            table,
            get_path="path",
            get_color="colour",
            get_width=3,
            width_units="'pixels'",
            pickable=True,
        )
        west, south, east, north = BOX
        view = pydeck.ViewState(longitude=(west + east) / 2, latitude=(south + north) / 2, zoom=6)
        deck = pydeck.Deck(
            [layer], initial_view_state=view, map_provider=None, tooltip={"text": "{actor} {day}\n{quote}"}
        )
        deck.to_html(path, notebook_display=False)

    return write


def with_lonboard(made: Made) -> Callable[[Path], None]:
    from lonboard import Map, PathLayer

    frame = frame_of(made)
    colours = {actor: [int(c[i : i + 2], 16) for i in (1, 3, 5)] for actor, c in zip(ACTORS, COLOURS, strict=True)}

    def write(path: Path) -> None:
        tones = np.array([colours[actor] for actor in frame.actor], dtype=np.uint8)
        layer = PathLayer.from_geopandas(frame, get_color=tones, get_width=3, width_units="pixels")
        Map(layer, basemap=None).to_html(path)

    return write


def with_bare_canvas(made: Made) -> Callable[[Path], None]:
    """The least there is: the coordinates alone, deflated, each line stroked once on one canvas."""

    def write(path: Path) -> None:
        packed = base64.b64encode(zlib.compress(steps_of(made).tobytes(), 6)).decode()
        west, south, east, north = BOX
        path.write_text(
            BARE.replace("SIZE", str(POINTS))
            .replace("BOX", f"[{west},{south},{east},{north}]")
            .replace("DATA", packed),
            encoding="utf-8",
        )

    return write


def coordinates_deflated(made: Made) -> int:
    """Return the bytes of the coordinates alone, as deflated differences of 1e-4 degree."""
    return len(zlib.compress(steps_of(made).tobytes(), 9))


def steps_of(made: Made) -> np.ndarray:
    """Return each line's first point and the steps from there, in 1e-4 degrees."""
    whole = np.round(made.lines * 1e4).astype("<i4")
    return np.concatenate([whole[:, :1], np.diff(whole, axis=1)], axis=1)


BARE = """<!doctype html><meta charset="utf-8"><title>bare canvas</title>
<body style="margin:0"><canvas width="1440" height="900"></canvas>
<script type="module">
const bytes = Uint8Array.from(atob("DATA"), (c) => c.charCodeAt(0));
const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
const flat = new Int32Array(await new Response(stream).arrayBuffer());
const [west, , east, north] = BOX;
const ctx = document.querySelector("canvas").getContext("2d");
for (let i = 0; i < flat.length; i++) if (i % (2 * SIZE) > 1) flat[i] += flat[i - 2];
let level = 0;
function paint() {
  const scale = (1440 / (east - west)) * 2 ** level;
  ctx.clearRect(0, 0, 1440, 900);
  ctx.lineWidth = 3;
  for (let i = 0; i < flat.length; i += 2 * SIZE) {
    ctx.beginPath();
    for (let j = i; j < i + 2 * SIZE; j += 2) {
      ctx.lineTo((flat[j] / 1e4 - west) * scale, (north - flat[j + 1] / 1e4) * scale);
    }
    ctx.stroke();
  }
}
paint();
window.bare = { zoomIn() { level++; paint(); }, zoomOut() { level--; paint(); } };
</script>
"""


def bounds_of(made: Made) -> list[list[float]]:
    """Return [[south, west], [north, east]] as folium wants it."""
    (west, south), (east, north) = made.lines.min(axis=(0, 1)).tolist(), made.lines.max(axis=(0, 1)).tolist()
    return [[south, west], [north, east]]


CONTESTANTS: dict[str, Callable[[Made], Callable[[Path], None]]] = {
    "geomap": with_geomap,
    "folium lines": with_folium_lines,
    "folium GeoJson": with_folium_geojson,
    "explore": with_explore,
    "pydeck": with_pydeck,
    "lonboard": with_lonboard,
    "bare canvas": with_bare_canvas,
}
