"""CSV: all layers in one table without shapes, the column ``layer`` tells which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.exports.layers import days_as_text, one_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pandas import Series

    from geomap.models import Reading

__all__ = ["without_formulas", "write"]


def write(readings: Sequence[Reading], path: Path, *, keep_text: bool) -> None:  # noqa: ARG001
    """Write one table in UTF-8, days in ISO 8601."""
    table = days_as_text(one_table(readings)).drop(columns="geometry")
    for name, values in table.select_dtypes("string").items():
        table[name] = without_formulas(values)
    table.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def without_formulas(texts: Series) -> Series:
    """Return texts that no spreadsheet runs as a formula: OWASP, "CSV Injection"."""
    return texts.str.replace(r"^(?=[=+\-@\t\r])", "'", regex=True)
