"""Hand-made readings for tests: one report of each sort, every field that matters filled once."""

from datetime import date

from shapely.geometry import LineString, box

from geomap.models import (
    Area,
    AreaKind,
    AreaPlan,
    Candidate,
    Certainty,
    Crossing,
    How,
    Incident,
    IncidentKind,
    Interval,
    Issue,
    Leg,
    Mention,
    Mode,
    Movement,
    MovementKind,
    Place,
    PlaceRef,
    Provenance,
    Range,
    Reading,
    Report,
    Resolution,
    Route,
    Shape,
    Status,
)

TEXT = "=SUM(A1) On Friday a convoy of 12 trucks drove from Alfa to Bravo. <script>alert(1)</script> 20-km strip"

ALFA = Place("test:alfa", "Alfa", lon=10.123456789, lat=50.0, country="DE", precision_m=1500.0, local_name="ألفا")
BRAVO = Place("test:bravo", "Bravo", lon=11.0, lat=50.5, country="CZ", feature="S.AIRB", precision_m=2000.0)

ROUTE = Route(
    legs=(
        Leg(How.INFERRED, LineString([(10.123456789, 50.0), (10.5, 50.2)]), 35_000.4),
        Leg(How.SCHEMATIC, LineString([(10.5, 50.2), (11.0, 50.5)]), 48_000.0),
    ),
    mode=Mode.ROAD,
    crossings=(Crossing("Gate", ("DE", "CZ"), lon=10.5, lat=50.2, at_m=35_000.4),),
    snap_m=(12.4, 0.0),
    issues=(Issue("route", "the last part follows no road", "r1"),),
)


def provenance(start: int, end: int) -> Provenance:
    return Provenance("r1", "Daily", "Trucks", "https://example.org/a", date(2020, 1, 6), TEXT[start:end], start, end)


def reading() -> Reading:
    report = Report("r1", TEXT, "Daily", "Trucks", "https://example.org/a", date(2020, 1, 6), "en")
    resolved = Resolution("Alfa", Certainty.RESOLVED, "only place of that name", (Candidate(ALFA, 0.91),))
    unknown = Resolution("Zulu", Certainty.UNKNOWN, "no place of that name")
    return Reading(
        report,
        mentions=(
            Mention(52, 56, "Alfa", resolution=resolved, confidence=0.91),
            Mention(60, 65, "Zulu", resolution=unknown),
        ),
        movements=(
            Movement(
                "r1-m1",
                provenance(0, 66),
                "drove",
                "Germany",
                "a convoy",
                origin=(PlaceRef("Alfa", ALFA),),
                destination=(PlaceRef("the base", BRAVO), PlaceRef("Charlie")),
                date=Interval(date(2020, 1, 3), date(2020, 1, 4)),
                date_text="On Friday",
                status=Status.COMPLETED,
                kind=MovementKind.CONVOY,
                mode=Mode.ROAD,
                vehicles=12,
                vehicles_text="12 trucks",
                confidence=0.8,
                route=ROUTE,
            ),
            Movement("r1-m2", provenance(0, 66), "ordered", None, None, status=Status.ORDERED),
        ),
        areas=(
            Area(
                "r1-a1",
                provenance(67, len(TEXT)),
                "20-km strip",
                AreaKind.BORDER_STRIP,
                Status.PLANNED,
                "Germany",
                AreaPlan(border=("DE", "CZ"), side="CZ", depth_m=Range(20_000, 25_000)),
                shape=Shape(box(10, 50, 11, 51), "a box", area_m2=7.9e9),
            ),
        ),
        incidents=(
            Incident("r1-i1", provenance(0, 66), IncidentKind.CLASH, "met", "Germany", (PlaceRef("Bravo", BRAVO),)),
        ),
        issues=(
            Issue("resolve", "'Charlie' is unknown", "r1", 60, 65),
            Issue("resolve", "'Zulu' is unknown", "r1", 67, 71),
        ),
    )


def readings() -> tuple[Reading, ...]:
    return (reading(), Reading(Report("empty", "Nothing here.")))
