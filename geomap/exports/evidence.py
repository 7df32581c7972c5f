"""Evidence sheets: each claim with its quote, who says so, where, when and how sure, to hand to an editor or a lawyer.

One is Markdown, to be read as it is or rendered; the other CSV, with a row for each claim and below them rows for the
sources, for what stayed open, and for the data and the program that were used: the first column tells which.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from geomap import __version__
from geomap.exports.claims import HOW, claims_of, data_sets, digest, names, notices
from geomap.exports.editing import clean
from geomap.exports.markdown import escaped, linked
from geomap.features import issues_of
from geomap.models import Area, Incident
from geomap.tables.formulas import neutral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geomap.exports.claims import Claim
    from geomap.models import PlaceRef, Reading

    Row = dict[str, str | float]

__all__ = ["write", "write_csv"]

_FACTS = (
    "who", "what", "from", "by way of", "to", "where", "date", "dated by", "line", "shape", "said by", "publisher",
    "author", "title", "address", "published", "grade", "confidence of the reading", "read by", "by hand",
    "also told in", "told differently", "open", "note",
)  # fmt: skip
_COLUMNS = (
    "record", "number", "kind", "says", "quote",
    *_FACTS[:7],
    *(f"{end}{name}" for end in ("from_", "to_", "") for name in ("lat", "lon", "precision_m")),
    *_FACTS[7:], "licence", "sha256", "start", "end", "id", "report_id",
)  # fmt: skip

_INTRODUCTION = f"""\
Each claim below is what one report says, with its words. That a claim stands here does not say that it is true: the
grade and the speaker tell what it rests on.

A place has the radius that surely holds it. Days are as the report allows them; where it names none, none is given.

How the line of a movement was obtained: {"; ".join(f"{how.value}: {means}" for how, means in HOW.items())}.

Grades are those of the NATO Admiralty system: a letter for the source, a figure for the claim. F6 says that nobody has
judged."""


def write(readings: Sequence[Reading], path: Path, *, keep_text: bool) -> None:
    """Write the sheet in Markdown; with the reports' texts at its end where they are kept."""
    claims = claims_of(readings)
    blocks = [
        "# Evidence sheet",
        f"{_counted(len(claims), 'claim')} from {_counted(len(readings), 'report')}, written by geomap {__version__}.",
        _INTRODUCTION,
        "## Claims",
        *(block for claim in claims for block in _claim(claim)),
        "## Sources",
        *_sources(readings),
        "## What could not be read, resolved or drawn",
        _listed([f"{escaped(one.report_id or '')}: {escaped(one.message)}" for r in readings for one in issues_of(r)]),
        "## Data",
        *_data(claims),
        *(_texts(readings) if keep_text else ()),
    ]
    path.write_text("\n\n".join(block for block in blocks if block) + "\n", encoding="utf-8", newline="")


def _claim(claim: Claim) -> Iterator[str]:
    yield f"### {claim.number}. {escaped(claim.facts['says'])}"
    if claim.provenance.quote:
        yield f"> {escaped(claim.provenance.quote)}"
    lines = [_fact(name, claim.facts[name]) for name in _FACTS if name in claim.facts]
    lines.append(_fact("record", f"{claim.item.id} of report {claim.provenance.report_id}{_span(claim)}"))
    yield _listed(lines)


def _span(claim: Claim) -> str:
    start, end = claim.provenance.start, claim.provenance.end
    return f", characters {start} to {end} of its text" if end > start else ""


def _fact(name: str, told: str) -> str:
    return f"**{name[0].upper()}{name[1:]}:** {linked(told) if name == 'address' else escaped(told)}"


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines) or "Nothing."


def _sources(readings: Sequence[Reading]) -> Iterator[str]:
    lines = []
    for report in (reading.report for reading in readings):
        published = report.published_at or report.published
        parts = [
            f"**{escaped(report.id)}:** {escaped(names(report))}",
            f"published {published.isoformat()}" if published else "day of publication not known",
            *([linked(report.url)] if report.url else []),
            *([f"language {escaped(report.lang)}"] if report.lang else []),
            *([f"text as read: {len(report.text):,} characters, SHA-256 {shown}"] if (shown := digest(report)) else []),
        ]
        lines.append(", ".join(parts))
    yield _listed(lines)


def _data(claims: Sequence[Claim]) -> Iterator[str]:
    lines = [
        f"**{escaped(source.title)}**, {escaped(source.version)}, {escaped(source.licence)}: "
        f"{escaped(source.attribution)}{f', {linked(source.url)}' if source.url else ''}"
        for source in data_sets(claims)
    ]
    yield "Places, roads and borders come from these data sets."
    yield _listed([*lines, *map(escaped, notices(claims))])


def _texts(readings: Sequence[Reading]) -> Iterator[str]:
    yield "## Texts of the reports"
    for report in (reading.report for reading in readings if reading.report.text):
        yield f"### {escaped(report.id)}"
        yield "\n>\n".join(f"> {line}" for part in report.text.splitlines() if (line := escaped(part)))


def write_csv(readings: Sequence[Reading], path: Path, *, keep_text: bool) -> None:  # noqa: ARG001
    """Write the sheet as CSV, in UTF-8 with a byte order mark; no text is run as a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, [column.replace(" ", "_") for column in _COLUMNS], lineterminator="\n")
        table.writeheader()
        for row in _rows(readings):
            table.writerow(
                {name: neutral(clean(told)) if isinstance(told, str) else told for name, told in row.items()}
            )


def _rows(readings: Sequence[Reading]) -> Iterator[Row]:
    claims = claims_of(readings)
    for claim in claims:
        yield _claim_row(claim)
    for report in (reading.report for reading in readings):
        told: dict[str, str | None] = {
            "says": names(report), "publisher": report.source, "author": report.author, "title": report.title,
            "address": report.url, "published": report.published.isoformat() if report.published else None,
            "sha256": digest(report),
        }  # fmt: skip
        row: Row = {"record": "source", "report_id": report.id}
        yield row | {name: text for name, text in told.items() if text}
    for issue in (issue for reading in readings for issue in issues_of(reading)):
        yield {"record": "issue", "kind": issue.stage, "open": issue.message, "report_id": issue.report_id or ""}
    for source in data_sets(claims):
        yield {
            "record": "data", "says": f"{source.title}, {source.version}", "publisher": source.attribution,
            "address": source.url, "licence": source.licence,
        }  # fmt: skip
    for notice in notices(claims):
        yield {"record": "data", "says": notice}
    yield {"record": "program", "says": f"geomap {__version__}"}


def _claim_row(claim: Claim) -> Row:
    item, provenance = claim.item, claim.provenance
    what = "area" if isinstance(item, Area) else "incident" if isinstance(item, Incident) else "movement"
    row: Row = {"record": "claim", "number": claim.number, "kind": f"{what}: {item.kind.value}"}
    row |= {name.replace(" ", "_"): told for name, told in claim.facts.items()}
    row |= {"quote": provenance.quote, "id": item.id, "report_id": provenance.report_id}
    if provenance.end > provenance.start:
        row |= {"start": provenance.start, "end": provenance.end}
    if isinstance(item, Incident):
        return row | _spot("", item.places)
    return row if isinstance(item, Area) else row | _spot("from_", item.origin) | _spot("to_", item.destination)


def _spot(end: str, refs: Sequence[PlaceRef]) -> Row:
    """Return where the first place that is known lies, in degrees, and the radius that surely holds it, in metres."""
    place = next((ref.place for ref in refs if ref.place), None)
    if place is None:
        return {}
    return {f"{end}lat": place.lat, f"{end}lon": place.lon, f"{end}precision_m": place.precision_m}


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
