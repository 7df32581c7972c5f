"""Grades that a user's table of sources gives to claims."""

from dataclasses import replace
from pathlib import Path

import pytest

from geomap.errors import InputError
from geomap.grades import graded, load_grades
from geomap.models import Movement, Provenance, Reading, Report

TABLE = """Source,Grade,Remark
Example News;example.org,c3,regional daily
Sahel Monitor,B,
"""
CLAIM = Provenance("r1", "Example News", None, None, None, "They left.", 0, 10)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "sources.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("claim", "grade"),
    [
        (CLAIM, "C3"),
        (replace(CLAIM, source="EXAMPLE  news"), "C3"),
        (replace(CLAIM, source=None, url="https://www.example.org/a/1"), "C3"),
        (replace(CLAIM, attributed_to="the Sahel Monitor"), "B6"),
        (replace(CLAIM, attributed_to="residents"), "C3"),
        (replace(CLAIM, source="Other Daily"), "F6"),
    ],
)
def test_who_says_so_counts_before_who_prints_it(claim: Provenance, grade: str, table: Path) -> None:
    assert load_grades(table).of(claim) == grade


def test_all_claims_of_a_reading_are_graded_but_those_graded_by_hand(table: Path) -> None:
    movements = tuple(
        Movement(str(n), claim, "left", None, None) for n, claim in enumerate([CLAIM, replace(CLAIM, grade="A1")])
    )
    found = graded(Reading(Report("r1", "They left."), movements=movements), load_grades(table))
    assert [m.provenance.grade for m in found.movements] == ["C3", "A1"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,grade\nX,A1\n", "needs source and grade"),
        ("source,grade\nX,Z9\n", "line 2: grade 'Z9'"),
        ("", "needs source and grade"),
    ],
)
def test_what_is_wrong_with_a_table_is_said(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "sources.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_grades(path)


def test_a_missing_table_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_grades(tmp_path / "none.csv")
