"""`Shown`: how a record shows itself in a notebook."""

from __future__ import annotations

__all__ = ["Shown"]


class Shown:
    """A record that a notebook shows as `geomap.views` draws it.

    Records are the lowest room, and views stand on maps and routes. The one way up is here, and it is taken when a
    notebook asks: a record costs nothing more to make, and nobody has to register anything for it to be shown.
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Return the record as HTML without scripts, for notebooks, also those that are not trusted."""
        from geomap.views import html

        return html(self)
