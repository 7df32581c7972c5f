"""JSON Lines: one object per report, the form that other programs read (`geomap.serialize`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geomap.models import Reading

__all__ = ["write"]


def write(readings: Sequence[Reading], path: Path, *, keep_text: bool) -> None:
    """Write one line of JSON per report."""
    from geomap.serialize import dumps, reading_record

    lines = "".join(f"{dumps(reading_record(reading, keep_text=keep_text))}\n" for reading in readings)
    path.write_text(lines, encoding="utf-8", newline="")
