"""What a GeoPackage holds beside its tables: what they mean, how they are related, how QGIS and others draw them.

All of it is what the standard (OGC 12-128r18, annex F) and its extensions say: ``gpkg_data_columns`` (F.9, Schema),
``gpkg_metadata`` (F.8, Metadata) and ``gpkgext_relations`` (OGC 18-000, Related Tables). ``layer_styles`` is QGIS's.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from geomap.errors import OutputError
from geomap.exports import sld
from geomap.exports.attribution import rights
from geomap.exports.qgis.styles import qml
from geomap.schema import Layer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geomap.exports.gpkg import Table
    from geomap.exports.look import Look
    from geomap.models import Reading

__all__ = ["complete", "meaning"]

_MEANINGS = {
    "movements": "Movements as each report tells them, with the line of each",
    "areas": "Zones: what surely belongs to them",
    "areas_lines": "Areas that are lines: stretches of road, and fronts",
    "areas_possible": "What possibly belongs to an area as well, what surely does included; for drawing, not read back",
    "areas_possible_lines": "What possibly belongs to a stretch or front as well; for drawing, not read back",
    "incidents": "Strikes, shelling, clashes, captures and sightings",
    "places": "Place names of the reports with the places they mean",
    "sources": "The reports that were read",
    "issues": "What could not be read, resolved or drawn",
}

_GEOMETRY = "geom"
"""The name that GDAL gives the column of geometries."""

_SCHEMA_TABLES = """
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
  constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,
  max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
"""
_METADATA_TABLES = """
CREATE TABLE gpkg_metadata (
  id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (
  reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
"""
_RELATION_TABLES = """
CREATE TABLE gpkgext_relations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, base_table_name TEXT NOT NULL, base_primary_column TEXT NOT NULL DEFAULT 'id',
  related_table_name TEXT NOT NULL, related_primary_column TEXT NOT NULL DEFAULT 'id', relation_name TEXT NOT NULL,
  mapping_table_name TEXT NOT NULL UNIQUE);
"""
_MAPPING = """
CREATE VIEW "{view}" AS
  SELECT related.fid AS OGC_FID, base.fid AS base_id, related.fid AS related_id
  FROM sources AS base JOIN "{table}" AS related ON related.report_id = base.report_id;
"""
_STYLE_TABLES = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
  VALUES ('layer_styles', 'attributes', 'layer_styles', 'How QGIS (QML) and others (SLD) draw the tables');
"""
_EXTENSION_TABLE = """
CREATE TABLE IF NOT EXISTS gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
"""
_EXTENSIONS = {
    "gpkg_schema": "http://www.geopackage.org/spec121/#extension_schema",
    "gpkg_metadata": "http://www.geopackage.org/spec121/#extension_metadata",
    "gpkg_related_tables": "http://www.opengis.net/doc/IS/gpkg-rte/1.0",
}


def meaning(table: str) -> str:
    """Return in a sentence what the rows of a table are."""
    return _MEANINGS[table]


def complete(path: Path, tables: Sequence[Table], look: Look, readings: Sequence[Reading]) -> None:
    """Add descriptions, relations, licences and styles to a GeoPackage that has its tables.

    Raises
    ------
    OutputError
        SQLite cannot write the file.
    """
    try:
        with closing(sqlite3.connect(path)) as file, file:
            file.executescript(_EXTENSION_TABLE)
            _describe(file, tables)
            _add_licences(file, tables, rights(readings))
            _relate(file, tables)
            _add_styles(file, tables, look)
    except sqlite3.Error as error:
        raise OutputError(f"cannot write {path.name} ({error}); choose another file or disk") from error


def _register(file: sqlite3.Connection, extension: str, *names: str) -> None:
    rows = [(name, extension, _EXTENSIONS[extension], "read-write") for name in names]
    file.executemany("INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, ?)", rows)


def _describe(file: sqlite3.Connection, tables: Sequence[Table]) -> None:
    """Say what each column means."""
    file.executescript(_SCHEMA_TABLES)
    _register(file, "gpkg_schema", "gpkg_data_columns", "gpkg_data_column_constraints")
    rows = [(table.name, column.name, column.meaning) for table in tables for column in table.columns]
    file.executemany("INSERT INTO gpkg_data_columns (table_name, column_name, description) VALUES (?, ?, ?)", rows)


def _add_licences(file: sqlite3.Connection, tables: Sequence[Table], metadata: str) -> None:
    """Say under which licences the data are that the tables were made with, as QGIS keeps and shows it."""
    file.executescript(_METADATA_TABLES)
    _register(file, "gpkg_metadata", "gpkg_metadata", "gpkg_metadata_reference")
    file.execute(
        "INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'http://mrcc.com/qgis.dtd', 'text/xml', ?)", [metadata]
    )
    told = "INSERT INTO gpkg_metadata_reference (reference_scope, table_name, md_file_id) VALUES (?, ?, 1)"
    file.execute(told, ("geopackage", None))
    file.executemany(told, [("table", table.name) for table in tables])


def _relate(file: sqlite3.Connection, tables: Sequence[Table]) -> None:
    """Relate each row to its source, by the id of the report.

    The mapping tables are views, so that they hold for what a person edits, adds or deletes as well; by ``OGC_FID``
    GDAL knows their rows.
    """
    file.executescript(_RELATION_TABLES)
    _register(file, "gpkg_related_tables", "gpkgext_relations")
    for table in tables:
        if table.layer is Layer.SOURCES:
            continue
        view = f"sources_{table.name}"
        file.execute(_MAPPING.format(view=view, table=table.name))
        file.execute(
            "INSERT INTO gpkgext_relations (base_table_name, base_primary_column, related_table_name, "
            "related_primary_column, relation_name, mapping_table_name) VALUES ('sources', 'fid', ?, 'fid', ?, ?)",
            (table.name, "features" if table.kind else "attributes", view),
        )
        _register(file, "gpkg_related_tables", view)
        file.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES (?, 'attributes', ?, ?)",
            (view, view, f"Which rows of {table.name} were read in which source"),
        )


def _add_styles(file: sqlite3.Connection, tables: Sequence[Table], look: Look) -> None:
    file.executescript(_STYLE_TABLES)
    for table in tables:
        names = [column.name for column in table.columns]
        drawn = qml(table.name, table.layer, look, geometry=table.kind, names=names)
        file.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
            "styleQML, styleSLD, useAsDefault, description, owner) VALUES ('', '', ?, ?, 'geomap', ?, ?, 1, ?, '')",
            (table.name, _GEOMETRY if table.kind else "", drawn, sld.style(table.name, look), meaning(table.name)),
        )
