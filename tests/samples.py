"""Invented but plausible reports, with literal geometry, for tests of what comes after reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from shapely.geometry import LineString, Polygon

from geomap.models import (
    Area,
    AreaKind,
    AreaPlan,
    Candidate,
    Crossing,
    How,
    Incident,
    IncidentKind,
    Interval,
    Issue,
    Leg,
    Mode,
    Movement,
    MovementKind,
    Place,
    PlaceRef,
    Provenance,
    Range,
    Reading,
    Report,
    Route,
    Shape,
    Status,
)

HOSTILE = '</script><script>window.hacked=1</script><img src=x onerror="window.hacked=1">${window.hacked=1}\u2028\u202e'


def place(name: str, lon: float, lat: float, *, local: str | None = None, **more: object) -> Place:
    values: dict[str, object] = {"country": "SY", "admin1": "Northern Plain", "precision_m": 2000.0} | more
    return Place(f"user:{name.lower().replace(' ', '-')}", name, lon, lat, local_name=local, **values)  # type: ignore[arg-type]


TALL_ABYAD = place("Tall Abyad", 38.956, 36.698, local="تل أبيض")
RAQQA = place("Raqqa", 39.008, 35.95, local="الرقة")
HASAKAH = place("Hasakah", 40.742, 36.507, local="الحسكة", precision_m=6000.0)
QAMISHLI = place("Qamishli", 41.227, 37.05, local="القامشلي")
TAL_TAMR = place("Tal Tamr", 40.371, 36.66, local="تل تمر")
BASE = place("Tall Baydar base", 40.593, 36.733, feature="S.AIRB", precision_m=800.0)
IRAQ = place("Iraq", 44.0, 33.0, feature="A.PCLI", country="IQ", admin1=None, precision_m=400_000.0)
NAMESAKE = place("Raqqa (village)", 36.3, 35.5)

ROAD = [(39.008, 35.95), (39.3, 36.05), (39.72, 36.22), (40.1, 36.41), (40.45, 36.48), (40.742, 36.507)]
EAST = [(40.742, 36.507), (41.0, 36.55), (41.35, 36.63), (41.75, 36.72), (42.06, 36.81)]
NORTH = [(38.956, 36.698), (38.98, 36.5), (39.02, 36.2), (39.008, 35.95)]


def ref(found: Place | None, text: str | None = None, **more: object) -> PlaceRef:
    name = text or (found.name if found else "nowhere")
    return PlaceRef(name, found, "only place of that name in the country", **more)  # type: ignore[arg-type]


def said(report: str, quote: str, *words: str, published: date | None = date(2021, 5, 6)) -> Provenance:
    marks = tuple((quote.index(word), quote.index(word) + len(word)) for word in words)
    return Provenance(
        report,
        "Valley Courier",
        "Columns on the move",
        "https://courier.example/columns",
        published,
        quote,
        0,
        len(quote),
        marks,
        "a monitoring group",
    )


def leg(points: list[tuple[float, float]], how: How = How.INFERRED, length_m: float = 170_000.0) -> Leg:
    return Leg(how, LineString(points), length_m)


def movement(number: int, **values: object) -> Movement:
    quote = "A column of about 20 trucks left Raqqa for Hasakah on Tuesday, a monitoring group said."
    defaults: dict[str, object] = {
        "id": f"m{number}",
        "provenance": said("r1", quote, "about 20 trucks", "left Raqqa for Hasakah"),
        "trigger": "left",
        "actor": "United States",
        "actor_text": "A column",
        "date": Interval(date(2021, 5, 4), date(2021, 5, 4)),
        "date_text": "Tuesday",
        "confidence": 0.9,
    }
    return Movement(**(defaults | values))  # type: ignore[arg-type]


def movements() -> tuple[Movement, ...]:
    crossing = Crossing("Rabia crossing", ("SY", "IQ"), 42.06, 36.81, 118_000.0)
    home = Interval(date(2021, 5, 5), date(2021, 5, 6))
    return (
        movement(
            1,
            origin=(ref(RAQQA, alternatives=(Candidate(NAMESAKE, 0.3, "smaller, farther off"),)),),
            destination=(ref(HASAKAH),),
            vehicles=20,
            vehicles_text="about 20 trucks",
            route=Route((leg(ROAD),), Mode.ROAD),
            kind=MovementKind.CONVOY,
        ),
        movement(
            2,
            origin=(ref(HASAKAH),),
            destination=(ref(IRAQ),),
            date=home,
            status=Status.ONGOING,
            route=Route((leg(EAST, How.REPORTED, 118_000.0),), Mode.ROAD, (crossing,)),
            kind=MovementKind.WITHDRAWAL,
        ),
        movement(
            3,
            actor="Turkey",
            origin=(ref(TALL_ABYAD),),
            destination=(ref(RAQQA),),
            status=Status.PLANNED,
            route=Route((leg(NORTH, length_m=84_000.0),)),
            kind=MovementKind.ADVANCE,
            date=Interval(date(2021, 5, 9), date(2021, 5, 12)),
        ),
        movement(
            4,
            actor="Syrian government",
            origin=(ref(HASAKAH),),
            destination=(ref(RAQQA),),
            status=Status.DENIED,
            route=Route((leg(ROAD[::-1]),)),
            date=None,
            date_text="recently",
        ),
        movement(
            5,
            actor="Russia",
            origin=(ref(QAMISHLI),),
            destination=(ref(TAL_TAMR),),
            mode=Mode.AIR,
            confidence=0.4,
            route=Route((leg([(41.227, 37.05), (40.371, 36.66)], How.SCHEMATIC, 88_000.0),), Mode.AIR),
            date=Interval(date(2021, 5, 7), date(2021, 5, 7)),
        ),
        movement(6, actor="SDF", destination=(ref(None, "Umm Nowhere"),), date=None, date_text=None),
    )


def areas() -> tuple[Area, ...]:
    strip = Polygon([(38.9, 36.69), (40.1, 36.83), (41.2, 37.07), (41.25, 36.8), (40.1, 36.56), (38.9, 36.42)])
    camp = Polygon([(39.4, 35.7), (39.8, 35.7), (39.8, 35.95), (39.4, 35.95)])
    quote = "Ankara wants a zone 30 km deep along the frontier."
    return (
        Area(
            "a1",
            said("r2", quote, "30 km deep"),
            "a zone 30 km deep along the frontier",
            AreaKind.SAFE_ZONE,
            Status.PLANNED,
            "Turkey",
            AreaPlan(depth_m=Range(30_000, 30_000), border=("SY", "TR"), side="SY"),
            shape=Shape(strip, "drawn as a 30-km strip along the whole border, on its Syrian side", 210_000.0, 6.2e9),
        ),
        Area(
            "a2",
            said("r2", "The army published a map of the closed area.", "closed area"),
            "closed area",
            AreaKind.CONTROL,
            Status.COMPLETED,
            "Syrian government",
            AreaPlan(),
            Interval(date(2021, 5, 8), date(2021, 5, 8)),
            shape=Shape(camp, "the corners are given in the report", area_m2=1e9, published_limits=True),
        ),
    )


def incidents() -> tuple[Incident, ...]:
    kinds = (IncidentKind.SHELLING, IncidentKind.CLASH)
    spots = (TAL_TAMR, BASE)
    return tuple(
        Incident(
            f"i{number}",
            said("r2", f"There was {kind.value} near {spot.name}.", kind.value),
            kind,
            kind.value,
            "Turkey",
            (ref(spot),),
            Interval(date(2021, 5, 5 + number), date(2021, 5, 5 + number)),
        )
        for number, (kind, spot) in enumerate(zip(kinds, spots, strict=True))
    )


def readings() -> tuple[Reading, ...]:
    first = Report(
        "r1", "text", "Valley Courier", "Columns on the move", "https://courier.example/columns", date(2021, 5, 6)
    )
    second = Report("r2", "text", "Harbour Post", "A zone is drawn", None, date(2021, 5, 8))
    missing = Issue("resolve", "no place found for 'Umm Nowhere'", "r2")
    return (
        Reading(first, movements=movements()),
        Reading(second, areas=areas(), incidents=incidents(), issues=(missing,)),
    )


def told_twice() -> tuple[Reading, ...]:
    """The first movement of the sample story in the words of two publishers, who differ in the number of trucks."""
    quote = "Some 15 trucks have set off from Raqqa to Hasakah, the harbour's correspondent writes."
    claim = replace(said("r2", quote, "15 trucks"), source="Harbour Post", url=None, published=date(2021, 5, 5))
    first = movements()[0]
    other = replace(first, id="m9", provenance=claim, vehicles=15, vehicles_text="15 trucks", status=Status.ONGOING)
    reports = [Report(m.provenance.report_id, "text", m.provenance.source) for m in (first, other)]
    return tuple(
        Reading(r, movements=(replace(m, event=first.id),)) for r, m in zip(reports, (first, other), strict=True)
    )


def hostile_reading() -> Reading:
    """A report whose every text tries to break out of the page."""
    quote = f"{HOSTILE} The column left."
    address = "javascript:window.hacked=1"
    marks = ((0, 9),)
    claim = Provenance("h1", HOSTILE, HOSTILE, address, None, quote, 0, len(quote), marks, HOSTILE, HOSTILE)
    bad = place(HOSTILE, 39.0, 36.0, local=HOSTILE)
    item = movement(
        9,
        provenance=claim,
        actor=HOSTILE,
        origin=(PlaceRef(HOSTILE, bad, HOSTILE, (Candidate(bad, 0.5, HOSTILE),)),),
        destination=(ref(RAQQA),),
        date_text=HOSTILE,
        note=HOSTILE,
        route=Route((leg([(39.0, 36.0), (39.2, 36.3), (39.008, 35.95)]),)),
    )
    report = Report("h1", HOSTILE, HOSTILE, HOSTILE, "data:text/html,<script>1</script>")
    return Reading(report, movements=(item,), issues=(Issue("read", HOSTILE, HOSTILE),))
