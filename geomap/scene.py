"""A scene: everything that was read from a set of reports, ready to be drawn, looked through and saved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.care import NOTHING, Care

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopandas import GeoDataFrame

    from geomap.maps.webmap import Map
    from geomap.models import Event, Issue, Reading

__all__ = ["Scene"]


@dataclass(frozen=True)
class Scene:
    """Readings in input order, and what could not be loaded.

    The GeoDataFrames are made anew at each access, in EPSG:4326; their columns are those of `geomap.schema`.
    """

    readings: tuple[Reading, ...]
    load_issues: tuple[Issue, ...] = ()
    """Files that could not be read at all."""
    care: Care = NOTHING
    """What was kept back, or made coarser, on request."""

    @property
    def issues(self) -> tuple[Issue, ...]:
        """All that could not be read, resolved or drawn, in input order."""
        from geomap.features import issues_of

        return self.load_issues + tuple(issue for reading in self.readings for issue in issues_of(reading))

    @property
    def events(self) -> tuple[Event, ...]:
        """Movements as all reports together tell them, in the order of their first telling."""
        from geomap.linking.events import events_of

        return events_of(self.readings)

    @property
    def movements(self) -> GeoDataFrame:
        """Movements as each report tells them, one a row, with their routes; one event told twice shares `event`."""
        from geomap import features

        return features.movements(self.readings)

    @property
    def areas(self) -> GeoDataFrame:
        """Zones and stretches of road, one a row, with their shapes."""
        from geomap import features

        return features.areas(self.readings)

    @property
    def incidents(self) -> GeoDataFrame:
        """Strikes, shelling, clashes and sightings, one a row."""
        from geomap import features

        return features.incidents(self.readings)

    @property
    def places(self) -> GeoDataFrame:
        """Place names of the reports with the places they mean."""
        from geomap import features

        return features.places(self.readings)

    def map(
        self,
        *,
        title: str | None = None,
        tiles: Any = None,
        symbols: str | None = None,
        affiliations: Mapping[str, str] | None = None,
    ) -> Map:
        """Return the scene as an interactive map, which Jupyter shows and any folium layer can be added to.

        Parameters
        ----------
        title
            Headline; made from the actors where it is None.
        tiles
            Further grounds, from a network or a local archive, as in :class:`geomap.Map`; None stays offline.
        symbols, affiliations
            Military symbols, and whose side actors are on, as in :class:`geomap.Map`.
        """
        from geomap.maps.webmap import Map

        return Map.from_readings(
            self.readings,
            title=title,
            issues=self.load_issues,
            tiles=tiles,
            symbols=symbols,
            affiliations=affiliations,
            care=self.care,
        )

    def save(
        self,
        path: str | Path,
        *,
        title: str | None = None,
        tiles: Any = None,
        symbols: str | None = None,
        affiliations: Mapping[str, str] | None = None,
    ) -> Path:
        """Write the map as one HTML file that needs no network, and return its path; the options are those of `map`.

        Raises
        ------
        OutputError
            The file cannot be written; what stood there before is untouched.
        """
        from geomap.files import write_text

        page = self.map(title=title, tiles=tiles, symbols=symbols, affiliations=affiliations)
        write_text(path, page.get_root().render())
        return Path(path)

    def export(self, path: str | Path) -> Path:
        """Write the scene as the suffix says (jsonl, geojson, gpkg, kml, parquet, csv), and return its path.

        Raises
        ------
        InputError
            The suffix is not known.
        OutputError
            The file cannot be written; what stood there before is untouched.
        """
        from geomap.exports import write

        write(self.readings, path)
        return Path(path)

    def _repr_html_(self) -> str:
        """Return the map, as a notebook shows it."""
        return str(self.map()._repr_html_())
