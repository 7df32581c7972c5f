"""Files that are written whole or not at all."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["replacing", "write_text"]


@contextmanager
def replacing(path: Path | str) -> Iterator[Path]:
    """Yield a path to write to; when the block ends well, that file takes the place of `path`.

    Raises
    ------
    OutputError
        The file cannot be written there; what stood there before is untouched.
    """
    target = Path(path).resolve()
    if target.exists() and not target.is_file():
        raise OutputError(f"{path} is no ordinary file; name a file to write to")
    if not target.parent.is_dir():
        raise OutputError(f"the folder {target.parent} does not exist; create it, or write elsewhere")
    try:
        # beside the target, since a file can only take another's place on the same disk
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".geomap-") as folder:
            draft = Path(folder) / target.name
            yield draft
            draft.replace(target)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        # Windows lets no file take the place of one that is open
        open_elsewhere = isinstance(error, PermissionError) and target.is_file()
        do = "close it if another program has it open, or choose" if open_elsewhere else "choose"
        raise OutputError(f"cannot write {path} ({error.strerror or error}); {do} another file or folder") from error


def write_text(path: Path | str, text: str) -> None:
    """Write a text file in UTF-8, with the line ends as they are in `text`.

    Raises
    ------
    OutputError
        The file cannot be written there; what stood there before is untouched.
    """
    with replacing(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="")
