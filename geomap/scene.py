"""A scene: everything that was read from a set of reports, ready to be drawn, looked through and saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.care import NOTHING, Care
from geomap.errors import InputError
from geomap.given import day_of
from geomap.windows import Window, days_told, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from geopandas import GeoDataFrame
    from lonboard import Map as LonboardMap
    from movingpandas import TrajectoryCollection
    from pydeck import Deck

    from geomap.gazetteer import Gazetteer
    from geomap.geometry.roads.servers import Router
    from geomap.given import Day
    from geomap.maps.webmap import Map
    from geomap.models import Area, Event, Incident, Issue, Movement, Reading, Report
    from geomap.windows import Clock

__all__ = ["Scene"]


@dataclass(frozen=True, repr=False)
class Scene:
    """What a set of reports tells: frames to look through, a map, files, and parts of itself by day and by actor.

    `movements`, `areas`, `incidents`, `places`, `issues` and `sources` are GeoDataFrames in EPSG:4326, made anew at
    each access; `geomap.schema.SCHEMA` says what each column means. The records they are made of are in `readings`.
    The length of a scene is the number of its movements, areas and incidents. A scene is never changed: `until`,
    `since`, `between` and `by_actor` return others.

    Examples
    --------
    >>> from datetime import date
    >>> import geomap
    >>> scene = geomap.build([
    ...     geomap.Report("a", "A convoy left Rmeilan for Iraq on Thursday.", published=date(2019, 1, 11)),
    ...     geomap.Report("b", "Turkish forces shelled Tell Rifaat on Monday.", published=date(2019, 10, 15)),
    ... ])
    >>> scene
    <Scene: 2 reports, 1 movement, 0 areas, 1 incident, 0 issues, 2019-01-10 to 2019-10-14>
    >>> scene.until("2019-09-30")
    <Scene: 2 reports, 1 movement, 0 areas, 0 incidents, 0 issues, 2019-01-10>
    >>> scene.by_actor("Turkey").incidents["places"].tolist()
    ['Tell Rifaat']
    """

    readings: tuple[Reading, ...]
    """One per report, in input order."""
    load_issues: tuple[Issue, ...] = ()
    """Files that could not be read at all."""
    care: Care = NOTHING
    """What was kept back, or made coarser, on request."""

    @classmethod
    def from_file(cls, path: str | Path, *, gazetteer: Gazetteer | None = None, router: Router | None = None) -> Scene:
        """Return the scene of a table: one that :meth:`export` wrote, with what a person has corrected of it since.

        Rows that nobody touched come back as they were. Where places or limits were corrected, lines are traced and
        shapes built anew; each such record names the columns in `Provenance.by_hand`. Tables that a person prepared
        are read too, and so are tables of ACLED, GDELT and UCDP GED. What is wrong with a row is an issue.

        Parameters
        ----------
        path
            A ``.csv``, ``.xlsx``, ``.geojson``, ``.gpkg``, ``.parquet``, ``.kml`` or ``.yaml`` file.
        gazetteer
            Where names are looked up; None takes the shipped one.
        router
            Who is asked for ways by road, as in :func:`geomap.build`.

        Raises
        ------
        InputError
            The file cannot be read, is of another kind, or holds nothing that can be drawn.

        Examples
        --------
        >>> import tempfile
        >>> from pathlib import Path
        >>> import geomap
        >>> table = Path(tempfile.mkdtemp()) / "moves.csv"
        >>> _ = table.write_text("from,to,actor,date\\nRmeilan,Iraq,United States,2019-01-10\\n")
        >>> geomap.Scene.from_file(table)
        <Scene: 1 report, 1 movement, 0 areas, 0 incidents, 0 issues, 2019-01-10>
        """
        from geomap.drawing import drawn, resolver
        from geomap.gazetteer import Gazetteer
        from geomap.reports.coded.tables import read
        from geomap.tables.corrections import by_hand
        from geomap.tables.reading import read_file

        places = gazetteer or Gazetteer()
        table = read_file(Path(path), resolver(places), reader=read)
        readings = table.readings
        if any(True for _ in by_hand(readings)):
            from geomap.linking.events import link_movements

            readings = link_movements(readings)
        return cls(tuple(drawn(reading, router) for reading in readings), (*places.issues, *table.issues))

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports, in input order; each shows its text in a notebook."""
        return tuple(reading.report for reading in self.readings)

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

    @property
    def issues(self) -> GeoDataFrame:
        """What could not be read, resolved or drawn, one a row, in input order; `issue_records` has the records."""
        from geomap import features

        return features.issues(self.readings, loading=self.load_issues)

    @property
    def sources(self) -> GeoDataFrame:
        """Reports, one a row: publisher, title, address, day; without their texts, which `reports` has."""
        from geomap import features

        return features.sources(self.readings)

    @property
    def issue_records(self) -> tuple[Issue, ...]:
        """What could not be read, resolved or drawn, as records."""
        from geomap.features import issues_of

        return self.load_issues + tuple(issue for reading in self.readings for issue in issues_of(reading))

    @property
    def events(self) -> tuple[Event, ...]:
        """Movements as all reports together tell them, in the order of their first telling."""
        from geomap.linking.events import events_of

        return events_of(self.readings)

    @property
    def actors(self) -> tuple[str, ...]:
        """Who moves, moves along, acts or has an area, in the order of first telling; `by_actor` takes these names."""
        names = (name for item in self._items() for name in _actors_of(item))
        return tuple(dict.fromkeys(names))

    @property
    def days(self) -> tuple[date, ...]:
        """Days on which something begins or ends, in order; what tells no day has that of its publication.

        Steps for time: ``[scene.until(day).map() for day in scene.days]``.
        """
        return days_told(self.readings)

    def until(self, day: Day, *, clock: Clock = "event", undated: bool = True) -> Scene:
        """Return what happened up to a day, it included, or with ``clock="report"`` what was known by then.

        Parameters
        ----------
        day
            Such as ``"2019-10-14"``.
        clock
            ``event``: an item counts by its days, and stays where any of them is in time; one whose report tells no
            day counts by the day of publication. Reports stay, also those of which nothing is left. ``report``: all
            counts by the day of publication, and a report that was not yet there goes with all that it tells. A
            movement that several reports tell of is then as those that remain tell it.
        undated
            Whether to keep what has no day to count by.

        Raises
        ------
        InputError
            It is no day, or no clock.
        """
        return self._within(Window(until=day_of(day), clock=clock, undated=undated))

    def since(self, day: Day, *, clock: Clock = "event", undated: bool = True) -> Scene:
        """Return what happened from a day on, it included; the parameters and errors are those of `until`."""
        return self._within(Window(since=day_of(day), clock=clock, undated=undated))

    def between(self, first: Day, last: Day, *, clock: Clock = "event", undated: bool = True) -> Scene:
        """Return what happened from one day to another, both included; the rest is as for `until`.

        Raises
        ------
        InputError
            A day is none, or they are in the wrong order.
        """
        return self._within(Window(day_of(first), day_of(last), clock, undated))

    def by_actor(self, *names: str) -> Scene:
        """Return what the named do or have, also together with others, and the reports that tell of it.

        Parameters
        ----------
        *names
            Of `actors`, in any case.

        Raises
        ------
        InputError
            Nobody in the scene has one of the names, or none is given; the message lists who there is.
        """
        known = {name.casefold(): name for name in self.actors}
        strange = [name for name in names if name.casefold() not in known]
        if strange or not names:
            asked = " and ".join(map(repr, strange)) or "nobody"
            raise InputError(f"{asked} is no actor of this scene; there are: {', '.join(self.actors) or 'none'}")
        wanted = {known[name.casefold()] for name in names}

        def theirs(item: Movement | Area | Incident) -> bool:
            return not wanted.isdisjoint(_actors_of(item))

        found = (
            replace(
                reading,
                movements=tuple(filter(theirs, reading.movements)),
                areas=tuple(filter(theirs, reading.areas)),
                incidents=tuple(filter(theirs, reading.incidents)),
            )
            for reading in self.readings
        )
        return replace(self, readings=tuple(r for r in found if r.movements or r.areas or r.incidents))

    def map(
        self,
        *,
        title: str | None = None,
        tiles: Any = None,
        colours: Mapping[str, str] | None = None,
        symbols: str | None = None,
        affiliations: Mapping[str, str] | None = None,
        scope: str | None = None,
        as_of: date | None = None,
    ) -> Map:
        """Return the scene as an interactive map, which Jupyter shows and any folium layer can be added to.

        Parameters
        ----------
        title
            Headline; made from the actors where it is None.
        tiles
            Further grounds, from a network or a local archive, as in :class:`geomap.Map`; None stays offline.
        colours, symbols, affiliations, scope, as_of
            Colours by actor, military symbols, whose side actors are on, what the map covers, and the last day it
            speaks for, as in :class:`geomap.Map`.
        """
        from geomap.maps.webmap import Map

        return Map.from_readings(
            self.readings,
            title=title,
            issues=self.load_issues,
            tiles=tiles,
            colours=colours,
            symbols=symbols,
            affiliations=affiliations,
            scope=scope,
            as_of=as_of,
            care=self.care,
        )

    def save(
        self,
        path: str | Path,
        *,
        title: str | None = None,
        tiles: Any = None,
        colours: Mapping[str, str] | None = None,
        symbols: str | None = None,
        affiliations: Mapping[str, str] | None = None,
        scope: str | None = None,
        as_of: date | None = None,
    ) -> Path:
        """Write the map as one HTML file that needs no network, and return its path; the options are those of `map`.

        Raises
        ------
        OutputError
            The file cannot be written; what stood there before is untouched.
        """
        from geomap.files import write_text

        page = self.map(
            title=title,
            tiles=tiles,
            colours=colours,
            symbols=symbols,
            affiliations=affiliations,
            scope=scope,
            as_of=as_of,
        )
        write_text(path, page.get_root().render())
        return Path(path)

    def export(self, path: str | Path, *, overwrite: bool = False) -> Path:
        """Write the scene as the suffix says (csv, xlsx, gpkg, geojson, kml, parquet, jsonl, md …); return its path.

        Parameters
        ----------
        path
            The file, of one of the formats of `geomap.exports.Format`.
        overwrite
            Replace whatever is there, corrections by hand included.

        Raises
        ------
        InputError
            The suffix is not known.
        OutputError
            The file cannot be written, or holds corrections that the scene does not have; what stood there before is
            untouched.
        """
        from geomap.exports import write

        write(self.readings, path, overwrite=overwrite)
        return Path(path)

    def to_trajectories(self) -> TrajectoryCollection:
        """Return the movements that happened on told days from one spot to another as movingpandas' trajectories.

        A report tells days, no hours: each trip is taken to leave as its first day begins and to arrive as its last one
        ends, at a steady pace along its line. :func:`geomap.interop.trajectories.trajectories` tells what is left out.

        Raises
        ------
        InputError
            There is no such movement, or movingpandas is not installed: ``pip install 'geomap[interop]'``.
        """
        from geomap.interop.trajectories import trajectories

        return trajectories(self.events)

    def to_lonboard(self, **options: Any) -> LonboardMap:
        """Return a map of lonboard, for tens of thousands of items; the options are those of `lonboard.Map`.

        It has a layer each for areas, movements and incidents, and no ground unless a ``basemap`` is given.

        Raises
        ------
        InputError
            There is nothing to draw, or lonboard is not installed: ``pip install 'geomap[interop]'``.
        """
        from geomap.interop.deck import lonboard_map

        return lonboard_map(self.readings, **options)

    def to_pydeck(self, **options: Any) -> Deck:
        """Return a deck of pydeck, for tens of thousands of items; the options are those of `pydeck.Deck`.

        It has a layer each for areas, movements and incidents, and no ground unless a ``map_provider`` is given; the
        script of deck.gl comes from a network when it is shown.

        Raises
        ------
        InputError
            There is nothing to draw, or pydeck is not installed: ``pip install 'geomap[interop]'``.
        """
        from geomap.interop.deck import pydeck_deck

        return pydeck_deck(self.readings, **options)

    def __len__(self) -> int:
        return sum(1 for _ in self._items())

    def __repr__(self) -> str:
        counts = [
            (len(self.readings), "report"),
            *((sum(len(getattr(r, f"{word}s")) for r in self.readings), word) for word in _ITEMS),
            (len(set(self.issue_records)), "issue"),
        ]
        parts = [f"{number:,} {word}{'' if number == 1 else 's'}" for number, word in counts]
        if days := self.days:
            parts.append(" to ".join(day.isoformat() for day in dict.fromkeys((days[0], days[-1]))))
        return f"<Scene: {', '.join(parts)}>"

    def _repr_html_(self) -> str:
        """Return the map, as a notebook shows it; an overview where it would be empty, or too much for a notebook."""
        if 0 < len(self) <= _MOST_SHOWN:
            return str(self.map()._repr_html_())
        from geomap.views.overviews import overview

        return overview(self.readings, self.issue_records, title=repr(self).strip("<>"))

    def _items(self) -> Iterator[Movement | Area | Incident]:
        for reading in self.readings:
            yield from reading.movements
            yield from reading.areas
            yield from reading.incidents

    def _within(self, window: Window) -> Scene:
        return replace(self, readings=within(self.readings, window))


_MOST_SHOWN = 5_000
"""Items that a notebook shows as a map unasked: ten thousand are 3 MB in each copy of the notebook."""
_ITEMS = ("movement", "area", "incident")


def _actors_of(item: Movement | Area | Incident) -> tuple[str, ...]:
    return tuple(name for name in (item.actor, *getattr(item, "co_actors", ())) if name)
