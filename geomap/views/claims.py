"""What reports claim: movements, areas and incidents, each with the words and the source that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.maps import style
from geomap.maps.payload import Story
from geomap.views.markup import Html, bold, facts, issues, kilometres, line, link, page, text
from geomap.views.passages import quotation
from geomap.views.pictures import small_map

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.models import Area, Incident, Movement, PlaceRef, Route

__all__ = ["area", "area_line", "incident", "incident_line", "movement", "movement_line"]


def movement(found: Movement) -> Html:
    """Return a movement: in a sentence, when, between which places, by what way, who says so; with a small map."""
    route = found.route
    known = facts(
        [
            ("status", found.status.value),
            ("when", _when(found)),
            ("from", _places(found.origin)),
            ("via", _places(found.via)),
            ("to", _places(found.destination)),
            ("way", _way(route) if route else ""),
            *_source(found),
        ]
    )
    map_of = small_map(Story(movements=[found]), "the movement on a map") if route and route.legs else Html("")
    said = issues(route.issues) if route else Html("")
    return page(line(bold(style.movement_sentence(found))), known, quotation(found.provenance), map_of, said)


def area(found: Area) -> Html:
    """Return an area: in a sentence, when, how its shape was made, who says so; with a small map."""
    known = facts(
        [
            ("status", found.status.value),
            ("when", _when(found)),
            ("shape", text(found.shape.built_from) if found.shape else "none"),
            *_source(found),
        ]
    )
    map_of = small_map(Story(areas=[found]), "the area on a map") if found.shape else Html("")
    said = issues(found.shape.issues) if found.shape else Html("")
    return page(line(bold(style.area_sentence(found))), known, quotation(found.provenance), map_of, said)


def incident(found: Incident) -> Html:
    """Return an incident: in a sentence, when, at which places, who says so; with a small map."""
    known = facts([("when", _when(found)), ("at", _places(found.places)), *_source(found)])
    map_of = small_map(Story(incidents=[found]), "the incident on a map")
    return page(line(bold(style.incident_sentence(found))), known, quotation(found.provenance), map_of)


def movement_line(label: str, found: Movement) -> Html:
    """Return a movement as an entry of a list."""
    way = kilometres(found.route.length_m) if found.route and found.route.legs else "no line"
    return _entry(label, style.movement_sentence(found), found.status.value, _when(found), way)


def area_line(label: str, found: Area) -> Html:
    """Return an area as an entry of a list."""
    built = text(found.shape.built_from) if found.shape else "no shape"
    return _entry(label, style.area_sentence(found), found.status.value, _when(found), built)


def incident_line(label: str, found: Incident) -> Html:
    """Return an incident as an entry of a list."""
    return _entry(label, style.incident_sentence(found), _when(found))


def _entry(label: str, sentence: str, *rest: Html | str) -> Html:
    told = " · ".join(part for part in rest if part)
    return line(f"<b>{label}</b>", text(sentence), f'<span style="opacity:0.75">{told}</span>' if told else "")


def _when(found: Movement | Area | Incident) -> Html | str:
    if found.date is None:
        return text(found.date_text) if found.date_text else "date unknown"
    days = found.date.iso().replace("/", " to ")
    return Html(f"{days} ({text(found.date_text)})") if found.date_text else days


def _places(refs: Sequence[PlaceRef]) -> Html | str:
    return Html("; ".join(_place(ref) for ref in refs))


def _place(ref: PlaceRef) -> str:
    if ref.place is None:
        return f"{text(ref.text)} (not known)"
    where = ", ".join(part for part in (ref.place.admin1, ref.place.country) if part)
    known = f"{text(where)}, {style.precision_words(ref.place.precision_m)}" if where else "by coordinates"
    return f"{text(style.place_words(ref))} ({known})"


def _way(route: Route) -> Html | str:
    if not route.legs:
        return "no line"
    hows = ", ".join(dict.fromkeys(leg.how.value for leg in route.legs))
    crossed = "; ".join(text(crossing.name) for crossing in route.crossings)
    return Html(f"{kilometres(route.length_m)}, {hows}{f'; crosses at {crossed}' if crossed else ''}")


def _source(found: Movement | Area | Incident) -> list[tuple[str, Html | str]]:
    claim = found.provenance
    told = "source withheld" if claim.withheld else claim.source or claim.title or claim.report_id
    day = f", {claim.published.isoformat()}" if claim.published else ""
    return [
        ("source", Html(f"{link(claim.url, told)}{day}")),
        ("grade", text(style.grade_words(claim.grade))),
        ("note", text(found.note) if found.note else ""),
        ("by hand", text(style.by_hand_words(claim)) if claim.by_hand else ""),
    ]
