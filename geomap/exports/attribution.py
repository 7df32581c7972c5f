"""Under which licences the data are with which lines, areas and places were made, for files that carry it along."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.models import Reading

__all__ = ["notices", "rights"]


def notices(readings: Sequence[Reading]) -> list[str]:
    """Return the notice of each data set that may have gone into the readings, and of each way by another router."""
    from geomap.datasets import sources

    shipped = (f"{source.attribution} ({source.licence})" for source in sources())
    return list(dict.fromkeys([*shipped, *_asked(readings)]))


def _asked(readings: Sequence[Reading]) -> Iterator[str]:
    for reading in readings:
        for movement in reading.movements:
            for leg in movement.route.legs if movement.route else ():
                if leg.notice:
                    yield leg.notice


def rights(readings: Sequence[Reading]) -> str:
    """Return the notices as metadata of QGIS (QMD), the form in which it keeps and shows them."""
    from lxml import etree

    from geomap import __version__

    root = etree.Element("qgis", version="3.22.0")
    told = {
        "identifier": "geomap",
        "type": "dataset",
        "title": "Movements, areas and incidents as reports tell them",
        "abstract": (
            "Read from reports by rules; each row has the words it was read from and its source. Lines are as sure as "
            "the column how says: reported, inferred (the shortest way by road), schematic (only the ends are known). "
            f"Made with geomap {__version__}."
        ),
    }
    for name, text in told.items():
        etree.SubElement(root, name).text = text
    for notice in notices(readings):
        etree.SubElement(root, "rights").text = notice
    etree.SubElement(
        root, "license"
    ).text = "The words of reports belong to their publishers; data as said under rights."
    return str(etree.tostring(root, encoding="unicode", pretty_print=True))
