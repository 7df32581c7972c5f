"""GeoParquet: all layers in one table, the column ``layer`` tells which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.errors import OutputError
from geomap.exports.layers import one_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geomap.models import Reading

__all__ = ["write"]


def write(readings: Sequence[Reading], path: Path, *, keep_text: bool) -> None:
    """Write one table.

    Raises
    ------
    OutputError
        pyarrow is not installed.
    """
    table = one_table(readings, keep_text=keep_text)
    try:
        table.to_parquet(path, index=False)
    except ImportError as error:
        raise OutputError("GeoParquet needs pyarrow: pip install 'geomap[tables]'") from error
