"""The page inside other pages: a notebook's output, another figure, an app that takes folium maps apart."""

from __future__ import annotations

import base64
import json
from html import escape
from importlib import resources

from geomap.maps.packing import deflated

__all__ = ["apart", "frame", "notebook"]

_FILL = "position:absolute;left:0;top:0;width:100%;height:100%;border:0"
_LINE = "height:24px;line-height:24px;font-size:12px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis"
_PICTURE = "width:100%;height:calc(100% - 24px)"


def frame(page: str, *, title: str) -> str:
    """Return the page in a frame that fills what it is put in."""
    return f'<iframe srcdoc="{escape(page)}" title="{escape(title)}" style="{_FILL}" allowfullscreen></iframe>'


def notebook(page: str, still: str, *, title: str, width: str, height: str) -> str:
    """Return the page in a frame, over a picture of the map.

    A notebook that is not trusted takes the frame out and leaves the picture with a line that says so; neither asks for
    trust. The page is deflated, so that a saved notebook is not larger than the page's own file; until it is unpacked,
    and where no script runs, the frame is empty and the picture shows through.

    Parameters
    ----------
    page, still
        The page as HTML, and the picture as SVG.
    title
        What the frame and the picture are called for those who do not see them.
    width, height
        CSS lengths.
    """
    source = f"data:image/svg+xml;base64,{base64.b64encode(still.encode('utf-8')).decode()}"
    return (
        f'<div style="position:relative;width:{escape(width)};height:{escape(height)};overflow:hidden">'
        f'<div style="{_LINE}">{escape(title)}. A picture: trust the notebook, or run it, to use the map.</div>'
        f'<img src="{source}" alt="{escape(title)}: a picture; trust the notebook to use the map" style="{_PICTURE}">'
        f"{frame(_packed(page), title=title)}</div>"
    )


def _packed(page: str) -> str:
    """Return a page that is deflated and unpacks itself."""
    return (
        f'<script type="application/octet-stream" id="geomap-page">{deflated(page.encode("utf-8"))}</script>'
        f"<script>{_script('unpack.js')}</script>"
    )


def apart(page: str, bounds: tuple[float, float, float, float]) -> str:
    """Return an expression of JavaScript that shows the page in a frame and is a stand-in for its map.

    For hosts that run the scripts of a folium map on a page of their own. In base64 nothing of the page looks like a
    name that such a host would replace.

    Parameters
    ----------
    page
        The page as HTML.
    bounds
        West, south, east, north in degrees, for the host to know until the page is there.
    """
    script = _script("standin.js")
    packed = base64.b64encode(page.encode("utf-8")).decode()
    west, south, east, north = bounds
    return f"({script.strip().rstrip(';')})({json.dumps(packed)}, {south}, {west}, {north}, {east})"


def _script(name: str) -> str:
    return resources.files("geomap.maps").joinpath("assets", "apart", name).read_text(encoding="utf-8")
