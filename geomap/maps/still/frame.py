"""The sheet that the still picture is drawn on: degrees to pixels, paths of few characters, room for names."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from html import escape
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.maps.mercator import ordinate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from geomap.maps.view import Bounds

    Points = NDArray[np.float64]
    Box = tuple[float, float, float, float]

__all__ = ["HALO", "WIDTH", "Frame", "Labels", "path", "text", "width_of", "written"]

WIDTH, LEAST_HEIGHT, MOST_HEIGHT = 960, 480, 800
MARGIN_PX = 70.0
"""Pixels round the story, for names."""
LEAST_DEG = 0.5
HALO = 'stroke="#F4F1EA" stroke-width="3" paint-order="stroke"'
"""For the group of all names: a seam of the land's colour round letters and dots."""
MOST_LAT = 84.0
LONGEST = 48
"""Characters of a name; longer ones are cut."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Frame:
    """Degrees to pixels in Web Mercator."""

    west: float
    top: float
    scale: float
    """Pixels of a degree of longitude."""
    height: int
    width: int = WIDTH

    @classmethod
    def of(cls, bounds: Bounds, width: int = WIDTH) -> Frame:
        """Return the frame that shows a box of west, south, east, north in degrees as large as it can.

        Letters, dots and lines of a narrower one keep their size.
        """
        west, south, east, north = bounds
        low, high = ordinate(np.clip([south, north], -MOST_LAT, MOST_LAT)).tolist()
        across, up = max(LEAST_DEG, east - west), max(LEAST_DEG, high - low)
        least, most = (limit * width / WIDTH for limit in (LEAST_HEIGHT, MOST_HEIGHT))
        scale = min((width - 2 * MARGIN_PX) / across, (most - 2 * MARGIN_PX) / up)
        height = round(min(most, max(least, up * scale + 2 * MARGIN_PX)))
        middle = ((west + east) / 2, (low + high) / 2)
        return cls(middle[0] - width / 2 / scale, middle[1] + height / 2 / scale, scale, height, width)

    def pixels(self, points: Points) -> Points:
        """Return lon, lat in degrees as x, y in pixels."""
        height = (self.top - ordinate(np.clip(points[:, 1], -89.0, 89.0))) * self.scale
        return np.column_stack([(points[:, 0] - self.west) * self.scale, height])

    def spot(self, lon: float, lat: float) -> tuple[int, int]:
        """Return the whole pixel of a position."""
        ((x, y),) = np.rint(self.pixels(np.array([[lon, lat]]))).astype(int).tolist()
        return x, y

    def holds(self, x: float, y: float) -> bool:
        """Whether a pixel lies on the sheet."""
        return 0 <= x <= self.width and 0 <= y <= self.height

    def drawn(self, shapes: NDArray[np.object_], tolerance: float) -> NDArray[np.object_]:
        """Return shapes in EPSG:4326 as shapes in pixels: cut to the sheet and a little round it, and simplified."""
        pixels = shapely.simplify(shapely.transform(shapes, self.pixels), tolerance, preserve_topology=False)
        cut = shapely.clip_by_rect(pixels, -8.0, -8.0, self.width + 8.0, self.height + 8.0)
        parts: NDArray[np.object_] = shapely.get_parts(shapely.get_parts(cut))
        return parts

    def metres_px(self, y: float) -> float:
        """Return how many metres a pixel stands for at a height of the sheet; the equator is 40,075,017 m long."""
        height = self.top - y / self.scale
        return 40_075_017 / 360 / self.scale / math.cosh(math.radians(height))


def path(points: Points, *, closed: bool = False) -> str:
    """Return pixels as an SVG path of relative steps; empty where all fall on one pixel."""
    whole = np.rint(points[:, :2]).astype(int)
    steps = np.diff(whole, axis=0)
    steps = steps[steps.any(axis=1)]
    if len(steps) < (2 if closed else 1):
        return ""
    told = " ".join(map(str, steps.ravel().tolist())).replace(" -", "-")
    return f"M{whole[0, 0]} {whole[0, 1]}l{told}{'z' if closed else ''}"


def text(value: str) -> str:
    """Return any text as what XML can hold."""
    short = value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"
    return escape(_NO_XML.sub("\ufffd", short))


def written(x: float, y: float, words: str, *, size: float, fill: str, anchor: str = "start", more: str = "") -> str:
    """Return a text element; `more` are further attributes, and the halo is that of `HALO`."""
    at = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size:g}" fill="{fill}"{at}{more}>{text(words)}</text>'


@dataclass(slots=True)
class Labels:
    """What is taken on the sheet, so that no name covers another."""

    frame: Frame
    taken: list[Box] = field(default_factory=list)
    lines: list[Box] = field(default_factory=list)
    """What the story's lines take: names of the story that have no other room may lie over it."""

    def take(self, box: Box) -> None:
        """Keep a box free of names."""
        self.taken.append(box)

    def free(self, wanted: Box, *, over_lines: bool = False) -> bool:
        """Whether a box lies wholly on the sheet and covers nothing, but perhaps a line."""
        left, top, right, bottom = wanted
        if left < 3 or top < 3 or right > self.frame.width - 3 or bottom > self.frame.height - 3:
            return False
        boxes = self.taken if over_lines else chain(self.taken, self.lines)
        return not any(left < box[2] and box[0] < right and top < box[3] and box[1] < bottom for box in boxes)

    def beside(
        self, spot: tuple[float, float], size: tuple[float, float], gap: float, *, over_lines: bool = False
    ) -> tuple[float, float, str] | None:
        """Return anchor point and `text-anchor` of the first free side of a spot, its box taken, or None."""
        (x, y), (width, height) = spot, size
        sides = (
            (x + gap, y - height / 2, "start"),
            (x - gap - width, y - height / 2, "end"),
            (x - width / 2, y - gap - height, "middle"),
            (x - width / 2, y + gap, "middle"),
            (x + 0.7 * gap, y + 0.4 * gap, "start"),
            (x + 0.7 * gap, y - 0.4 * gap - height, "start"),
            (x - 0.7 * gap - width, y + 0.4 * gap, "end"),
            (x - 0.7 * gap - width, y - 0.4 * gap - height, "end"),
        )
        for left, top, anchor in sides:
            box = (left - 2, top, left + width + 2, top + height)
            if self.free(box, over_lines=over_lines):
                self.take(box)
                return {"start": left, "end": left + width, "middle": x}[anchor], top, anchor
        return None

    def name(
        self,
        x: float,
        y: float,
        lines: Iterable[tuple[str, float, str, str]],
        *,
        gap: float = 8,
        over_lines: bool = False,
    ) -> str:
        """Return a name beside a spot: lines of words, size, colour and further attributes; empty without room."""
        rows = list(lines)
        wide = max(width_of(words, size) * (1.08 if "bold" in more else 1) for words, size, _, more in rows)
        place = self.beside((x, y), (wide, sum(size + 2 for _, size, _, _ in rows)), gap, over_lines=over_lines)
        if place is None:
            return ""
        at, top, anchor = place
        made = []
        for words, size, fill, more in rows:
            made.append(written(at, top + size - 1, words, size=size, fill=fill, anchor=anchor, more=more))
            top += size + 2
        return "".join(made)


def width_of(words: str, size: float) -> float:
    """Return about how wide words are in pixels: the scripts of East Asia are twice as wide as others."""
    return sum(1.0 if "\u2e80" <= letter <= "\uffef" else 0.56 for letter in words[:LONGEST]) * size
