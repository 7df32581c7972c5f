import csv

import pytest
from records import reading

from geomap import exports
from geomap.exports.csv import without_formulas


def test_csv_reads_back_and_runs_no_formula(tmp_path):
    path = tmp_path / "out.csv"
    exports.write((reading(),), path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["quote"].startswith("'=SUM(A1)")
    assert (rows[0]["from"], rows[0]["to"], rows[0]["date_end"]) == ("Alfa", "Bravo; Charlie", "2020-01-04")
    assert (rows[0]["vehicles"], rows[1]["vehicles"]) == ("12", "")
    assert "geometry" not in rows[0]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_formula_starts_are_quoted(start):
    import pandas as pd

    texts = pd.Series([f"{start}1", f"a{start}", None], dtype="string")
    assert without_formulas(texts).fillna("").tolist() == [f"'{start}1", f"a{start}", ""]
