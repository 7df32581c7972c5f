"""The first page of the documentation, gone through in order in an empty folder."""

import csv
import re
import shlex
import sys
from pathlib import Path

from click.testing import CliRunner

import geomap
from geomap.cli import main

DOCS = Path(__file__).parents[1] / "docs"
sys.path.insert(0, str(DOCS / "_hooks"))

import gallery  # noqa: E402


def test_the_first_page_holds(tmp_path, monkeypatch):
    """Its blocks are gone through in order, with the corrections that it tells made in between."""
    monkeypatch.chdir(tmp_path)
    page = DOCS / "index.md"
    for name, text in gallery.files_of(page).items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    told = re.findall(r"^geomap (?:map|extract) .*$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(told) == 5
    for line in told:
        done = CliRunner().invoke(main, shlex.split(line)[1:])
        assert done.exit_code == 0, done.output
        assert "left out" not in done.output
        if line.endswith("first.csv"):
            correct(Path("first.csv"))
    scene = geomap.Scene.from_file("first.gpkg")
    (zone,) = scene.areas.itertuples()
    assert (zone.depth_m, zone.side) == (10_000, "KR")
    assert set(zone.corrected.split("; ")) >= {"depth_m", "side"}
    proposed = geomap.build("reports/").areas.geometry.iloc[0]
    assert zone.geometry.intersection(proposed).area < 0.05 * proposed.area  # on the other side of the border
    moves = scene.movements.set_index("from_text")
    assert moves.loc["Seoul", ["vehicles", "corrected"]].tolist() == [25, "vehicles"]
    assert moves.index.tolist() == ["Seoul", "Wonju"]  # Tuesday's row was deleted


def correct(path):
    """Change the table as the first page says."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["layer"] == "areas":
            row |= {"side": "KR", "depth_m": "10000"}
        elif row["vehicles"] == "20":
            row["vehicles"] = "25"
    kept = [row for row in rows if row.get("to") != "Gangneung"]
    assert len(kept) == len(rows) - 1
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(kept)
