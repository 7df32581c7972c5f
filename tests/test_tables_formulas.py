import pytest

from geomap.tables.formulas import neutral, original


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_runs_begins_with_an_apostrophe(start):
    assert neutral(f"{start}1+1") == f"'{start}1+1"
    assert neutral(f"a{start}1") == f"a{start}1"


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "'Charlie' is unknown", "'", "", "1-2", "-5", "'-5'"])
def test_a_text_comes_back_as_it_was(text):
    assert original(neutral(text)) == text


def test_a_text_that_was_never_neutral_keeps_its_apostrophe():
    assert original("'Ain Issa") == "'Ain Issa"
