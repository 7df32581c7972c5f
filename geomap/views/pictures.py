"""Small maps: what a record is, on the ground of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.maps.ground import basemap
from geomap.maps.notices import notices
from geomap.maps.still import picture
from geomap.maps.view import view_with_margin
from geomap.views.markup import Html, image, small

if TYPE_CHECKING:
    from geomap.maps.payload import Story

__all__ = ["small_map"]

_WIDTH = 560
"""Pixels, as wide as a notebook's output beside a table of contents."""
_BUDGET = 8_000
"""Characters of the ground's lines: an eighth of a page's, for a picture that nobody draws nearer."""


def small_map(story: Story, words: str) -> Html:
    """Return a story as a small map with the notices of its data; empty where it has nothing to draw.

    Parameters
    ----------
    story
        What is drawn.
    words
        What the picture is called for those who do not see it.
    """
    ready = story.ready()
    bounds = ready.bounds()
    if bounds is None:
        return Html("")
    ground = basemap.clip(view_with_margin(bounds), focus=ready.focus(), budget=_BUDGET)
    drawn = picture.svg(ready, ground, width=_WIDTH)
    return Html(image(drawn, words) + small(" · ".join(notices(ground, ready))))
