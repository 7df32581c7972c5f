"""A file of OpenStreetMap data in parts of a few megabytes, each of which osmium reads as a file of its own.

That bounds the memory that a file of any size takes, shows how far the reading is, and finds a file that breaks off
before anything is read. Only the sizes of the blocks are read here (https://wiki.openstreetmap.org/wiki/PBF_Format):
four bytes with the size of a header, the header with the kind and size of the block, and the block. Files in other
formats are one part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from osmium.io import File, FileBuffer

__all__ = ["SUFFIXES", "Part", "parts_of"]

SUFFIXES = (".pbf", ".osm", ".osm.gz", ".osm.bz2", ".opl", ".opl.gz", ".opl.bz2", ".o5m")
PART_BYTES = 4 << 20
_LARGEST_HEADER = 64 << 10
"""The format's own limit on the header of a block."""


@dataclass(frozen=True, slots=True)
class Part:
    """A run of blocks with the file's header before it, or a whole file."""

    path: Path
    size: int
    """Bytes."""
    start: int = 0
    head: int | None = None
    """Size in bytes of the file's first block, which says how to read the others; None for a whole file."""
    block: int = 0
    """Size in bytes of the part's own first block."""

    def opened(self) -> File | FileBuffer:
        """Return the part as osmium takes it."""
        return self._opened(self.size)

    def beginning(self) -> File | FileBuffer:
        """Return the first block of the part as osmium takes it."""
        return self._opened(self.block)

    def _opened(self, size: int) -> File | FileBuffer:
        from osmium.io import File, FileBuffer

        if self.head is None:
            return File(str(self.path))
        with self.path.open("rb") as file:
            head = file.read(self.head)
            file.seek(self.start)
            return FileBuffer(head + file.read(size), "pbf")


def parts_of(path: Path) -> tuple[Part, ...]:
    """Return the parts of a file in order.

    Raises
    ------
    InputError
        It is empty, breaks off, or is no OpenStreetMap data by its name or its first bytes.
    """
    try:
        total = path.stat().st_size
        if not total:
            raise InputError(f"{path} is empty; download it again")
        with path.open("rb") as file:
            head = _block(file, path, total)
            if head is None and path.name.lower().endswith(".pbf"):
                raise InputError(f"{path} is no PBF file, in spite of its name; download it again")
            if head is not None:
                return tuple(_runs(file, path, total, head))
    except OSError as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{path} cannot be read ({error.strerror or error})") from error
    if not path.name.lower().endswith(SUFFIXES):
        raise InputError(f"{path} is no OpenStreetMap data; give an extract such as syria-latest.osm.pbf")
    return (Part(path, total),)


def _runs(file: BinaryIO, path: Path, total: int, head: int) -> list[Part]:
    """Return the parts of a PBF file whose first block takes `head` bytes."""
    parts: list[Part] = []
    start = end = head
    block = 0
    while end < total:
        file.seek(end)
        size = _block(file, path, total)
        if size is None:
            raise InputError(f"{path} is damaged at byte {end:,}; download it again")
        block = block or size
        end += size
        if end > total:
            raise InputError(f"{path} breaks off: its last block lacks {end - total:,} bytes; download it again")
        if end - start >= PART_BYTES or end == total:
            parts.append(Part(path, end - start, start, head, block))
            start, block = end, 0
    return parts


def _block(file: BinaryIO, path: Path, total: int) -> int | None:
    """Return how many bytes the block at the file's position takes with its header; None where there is none."""
    first = file.tell() == 0
    sized = file.read(4)
    size = int.from_bytes(sized, "big")
    if len(sized) < 4 or not 0 < size <= _LARGEST_HEADER:
        return None
    header = file.read(size)
    kind = b"OSMHeader" if first else b"OSMData"
    if len(header) < size or not header.startswith(bytes([0x0A, len(kind)]) + kind):
        return None
    data = _field(header, 2 + len(kind))
    if data is None:
        return None
    if first and 4 + size + data > total:
        raise InputError(f"{path} breaks off in its first block; download it again")
    return 4 + size + data


def _field(header: bytes, at: int) -> int | None:
    """Return the size of the data, field 3, from a block's header; before it may stand bytes for others, field 2."""
    while at < len(header):
        key = header[at]
        value, at = _varint(header, at + 1)
        if key == 0x18:
            return value
        if key != 0x12:
            return None
        at += value
    return None


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of seven bits a byte, the lowest first, and where it ends."""
    value = shift = 0
    while at < len(data):
        value |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
        if data[at - 1] < 0x80:
            break
    return value, at
