"""`Map`: a folium map that tells movements, areas and incidents in one file that needs no network."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self, cast
from urllib.parse import urlsplit

import folium
from branca.element import Element
from folium.map import FitBounds, FitOverlays
from folium.template import Template

from geomap.care import NOTHING
from geomap.errors import InputError
from geomap.linking.events import events_of
from geomap.maps import hosts, style
from geomap.maps.additions import Additions
from geomap.maps.checking import LONG, SHORT, with_own_ids
from geomap.maps.ground import basemap
from geomap.maps.layers import Drawn, DrawnLayer
from geomap.maps.page import Page
from geomap.maps.payload import Story
from geomap.maps.still import picture
from geomap.maps.still.frame import WIDTH
from geomap.maps.symbols import asked_affiliations
from geomap.maps.texts import fit
from geomap.maps.tiles import HeldTiles, hosts_of_layer, layers_of
from geomap.maps.view import view_with_margin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from branca.element import Figure

    from geomap.care import Care
    from geomap.maps.view import Bounds
    from geomap.models import Issue, Reading

__all__ = ["Map"]


_DEEPEST = 18  # the zoom at which a pixel is half a metre; clusters of markers ask for an end


class Map(Additions, folium.Map):
    """A folium map with a clock, a legend that filters, a list, cards with sources, and an offline ground.

    Whatever folium or one of its plugins draws can be added with ``add_child`` or ``add_to``; what such a
    layer loads from a network is allowed for in the page's content security policy, and the page says so.

    Parameters
    ----------
    title
        Headline of the page; made from the actors where it is None.
    tiles
        Further grounds beside the offline one: the name of an ``xyzservices`` provider, a provider, a URL with ``{z}``,
        ``{x}`` and ``{y}``, the path of an .mbtiles or .pmtiles archive of pictures, or several in a list. Tiles of an
        archive are written into the page, as far as its view needs them. Those on a network are asked for only
        when the reader switches them on; the page says whom they are asked from.
    tiles_on
        Whether tiles show from the start; None shows those of archives alone.
    colours
        Colour by actor name, written ``#RRGGBB``, such as ``{"SDF": "#BB661F"}``, instead of the six standard slots.
    symbols
        ``"app6"``: military symbols of APP-6 and MIL-STD-2525 beside movements and at bases; None: none.
    affiliations
        Whose side actors are on, such as ``{"SDF": "friend"}``, for the frames of the symbols: pending, unknown,
        assumed friend, friend, neutral, suspect or hostile. No report is taken for it; others have the unknown frame.
    scope
        Sentences on what the map covers, for its About panel.
    as_of
        Last day the map speaks for; None takes the last day found in the records.
    hide_sources
        Publishers, authors, titles or ids of reports that the file does not name; it keeps the day and the grade of
        what they tell, and leaves out the quoted words. A name that no report has is an error when the map is made.
    keep_quotes
        Keep the quoted words of hidden sources, without their names.
    **options
        Further options of `folium.Map`, such as ``location`` and ``zoom_start``.

    Raises
    ------
    InputError
        Tiles cannot be used, a colour is not written ``#RRGGBB``, symbols or an affiliation are not known, or another
        CRS than web Mercator is asked for.
    """

    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <div class="folium-map" id={{ this.get_name()|tojson }} ></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        {% if this.is_in_page %}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
            center: {{ this.location|tojson }}, crs: L.CRS.{{ this.crs }}, ...{{ this.options|tojavascript }}
        });
        {% for layer in this.objects_to_stay_in_front %}
        {{ this.get_name() }}.on("overlayadd", () => {{ layer.get_name() }}.bringToFront());
        {% endfor %}
        {% else %}
        var {{ this.get_name() }} = {{ this.apart() }};
        {% endif %}
        {% endmacro %}
        """
    )

    def __init__(
        self,
        *,
        title: str | None = None,
        tiles: Any = None,
        tiles_on: bool | None = None,
        colours: Mapping[str, str] | None = None,
        symbols: str | None = None,
        affiliations: Mapping[str, str] | None = None,
        scope: str | None = None,
        as_of: date | None = None,
        hide_sources: Iterable[str] = (),
        keep_quotes: bool = False,
        **options: Any,
    ) -> None:
        settings: dict[str, Any] = {"zoom_snap": 0.25, "zoom_control": False, "attribution_control": False} | options
        if settings.get("crs", "EPSG3857") != "EPSG3857":
            raise InputError(f"crs {settings['crs']!r} is not drawn; maps are in web Mercator, EPSG3857")
        deepest = settings.pop("max_zoom", _DEEPEST)
        super().__init__(tiles=None, **settings)
        self.options["max_zoom"] = deepest
        self.default_js: list[tuple[str, str]] = []  # Leaflet is inlined by the page
        self.default_css: list[tuple[str, str]] = []
        self._start_story(
            Story(colours=style.checked_colours(colours or {}), hidden=tuple(hide_sources), keep_quotes=keep_quotes)
        )
        self.affiliations = asked_affiliations(symbols, affiliations)
        self.given_title = title
        self.scope = fit(scope, LONG) if scope else None
        self.as_of = as_of
        self.fitted = "location" not in options
        self.is_in_page = False
        self.allowed: dict[str, tuple[str, ...]] = {}
        self._page = Page(self)
        self._page.add_child(self)
        for drawn in Drawn:
            self.add_child(DrawnLayer(drawn))
        self._tiles = layers_of(tiles, self._bounds, on=tiles_on)
        for layer in self._tiles:
            self.add_child(layer)

    @classmethod
    def from_readings(
        cls,
        readings: Sequence[Reading],
        *,
        title: str | None = None,
        issues: Iterable[Issue] = (),
        tiles: Any = None,
        tiles_on: bool | None = None,
        colours: Mapping[str, str] | None = None,
        symbols: str | None = None,
        affiliations: Mapping[str, str] | None = None,
        scope: str | None = None,
        as_of: date | None = None,
        hide_sources: Iterable[str] = (),
        keep_quotes: bool = False,
        care: Care = NOTHING,
    ) -> Self:
        """Return a map of everything in the readings, in their order; a movement that several tell of is drawn once.

        Parameters
        ----------
        readings
            One per report, with movements and areas already traced.
        title, tiles, tiles_on, colours, symbols, affiliations, scope, as_of, hide_sources, keep_quotes
            As for the class.
        issues
            Issues met outside the readings, such as files that could not be loaded.
        care
            What was kept back of the readings, to be told in the About panel.
        """
        page = cls(
            title=title,
            tiles=tiles,
            tiles_on=tiles_on,
            colours=colours,
            symbols=symbols,
            affiliations=affiliations,
            scope=scope,
            as_of=as_of,
            hide_sources=hide_sources,
            keep_quotes=keep_quotes,
        )
        page.story.care = care
        readings = with_own_ids(readings)
        events = {event.lead.id: event for event in events_of(readings)}
        for reading in readings:
            leads = (events[m.id].lead for m in reading.movements if m.id in events)
            page.add_reading(replace(reading, movements=tuple(leads)))
        page.story.events.update(events)
        for issue in issues:
            page.add_issue(issue)
        return page

    def allow(self, directive: str, *sources: str) -> Self:
        """Let layers load what the page cannot find out by itself; return the map.

        The page finds scripts, styles, tiles, pictures and data whose addresses stand in what is added. A script that
        puts an address together has to be helped: ``m.allow("connect-src", "https://api.example")``.

        Parameters
        ----------
        directive, sources
            In the words of a content security policy.

        Raises
        ------
        InputError
            One of them would end its rule.
        """
        for text in (directive, *sources):
            if not re.fullmatch(r"[^\s;,]+", text):
                raise InputError(f"{text!r} is no directive or source of a content security policy")
        self.allowed[directive] = (*self.allowed.get(directive, ()), *sources)
        return self

    @property
    def is_fitted(self) -> bool:
        """Whether the page first shows the whole story, or what the user chose."""
        chosen = any(isinstance(child, FitBounds | FitOverlays) for child in self._children.values())
        return self.fitted and not chosen

    @property
    def has_additions(self) -> bool:
        """Whether the user has added anything that folium renders."""
        own = (child for child in self._children.values() if not isinstance(child, DrawnLayer))
        return bool(next(own, None) or self.allowed or self._page.has_additions)

    @property
    def drawn_names(self) -> set[str]:
        """The names in folium's tree of the layers that the page draws."""
        drawn = [child for child in self._children.values() if isinstance(child, DrawnLayer)]
        return {part.get_name() for layer in drawn for part in (layer, *layer._children.values())}

    def render(self, **kwargs: Any) -> str:
        """Render into the page; another figure that the map was put into gets the whole page in a frame."""
        root = cast("Figure", self.get_root())
        if self.is_in_page:
            self._render_layers(**kwargs)
        elif root is not self._page:
            root.html.add_child(Element(hosts.frame(self._page.render(), title=self.title)), name=self.get_name())
        return ""

    def _render_layers(self, **kwargs: Any) -> None:
        """Render what is added; where tiles are, there is a control to switch them, the user's or one of ours."""
        for layer in self._children.values():
            if isinstance(layer, HeldTiles):
                layer.take()
        own = None
        kinds = {kind for child in self._children.values() for kind in type(child).__mro__}
        if kinds & {folium.TileLayer, HeldTiles} and folium.LayerControl not in kinds:
            own = folium.LayerControl()
            own._id = "tiles"  # the same bytes on each saving
            self.add_child(own)
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        if own:
            del self._children[own.get_name()]

    @property
    def hosts_of_tiles_off(self) -> set[str]:
        """The hosts that are asked only when the reader switches tiles on."""
        off = [layer for layer in self._tiles if isinstance(layer, folium.TileLayer) and not layer.show]
        return {urlsplit(host).netloc for layer in off for host in hosts_of_layer(layer)}

    @property
    def tile_issues(self) -> list[Issue]:
        """What of archives of tiles is not in the page."""
        held = (layer for layer in self._children.values() if isinstance(layer, HeldTiles))
        return [issue for layer in held for issue in layer.issues()]

    def picture(self, *, bounds: Iterable[float] | None = None, width: int = WIDTH) -> str:
        """Return the map as a picture in SVG, without scripts: for articles, and for several side by side.

        Parameters
        ----------
        bounds
            West, south, east and north in degrees of what is to be seen, as in ``scene.movements.total_bounds``; None
            takes all that is drawn. Pictures with the same bounds can be compared.
        width
            In pixels. Letters of a narrower picture are as large, and it has room for fewer names.

        Raises
        ------
        InputError
            The bounds are no box of four numbers.
        """
        story = self._story.ready()
        seen = story.bounds() if bounds is None else cast("Bounds", tuple(map(float, bounds)))
        if seen is not None and (len(seen) != 4 or not all(map(math.isfinite, seen)) or seen[1] > seen[3]):
            raise InputError(f"bounds {seen} are no box; give west, south, east, north in degrees")
        ground = basemap.clip(view_with_margin(seen), focus=story.focus())
        return picture.svg(story, ground, view=seen, as_of=self.as_of, width=width)

    def apart(self) -> str:
        """Return the script that shows the page for a host that runs the parts of a folium map by itself."""
        bounds = self._bounds() or (-180.0, -58.0, 180.0, 80.0)
        return hosts.apart(self._page.latest or self._page.render(), bounds)

    def _bounds(self) -> Bounds | None:
        """Return the box of what can be shown, in degrees."""
        return self._story.ready().bounds()

    def _get_self_bounds(self) -> list[list[float | None]]:
        box = self._bounds()
        if box is None:
            return [[None, None], [None, None]]
        west, south, east, north = box
        return [[south, west], [north, east]]

    @property
    def title(self) -> str:
        """Headline of the page, plain text."""
        if self.given_title:
            return fit(self.given_title, SHORT)
        told = self._story.told_of()
        names = [actor.name for actor in self._story.actors()]
        if not names:
            return f"{told}, as reported"
        shown = names[:2]
        more = " and others" if len(names) > len(shown) else ""
        return f"{told} of {', '.join(shown)}{more}, as reported"
