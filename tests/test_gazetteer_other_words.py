"""Words that are no names of places."""

import pytest

from geomap.gazetteer.other_words import why_not_respelled


@pytest.mark.parametrize(
    "name", ["Monday", "late Thursday", "MONDAY", "понедельник", "الخميس", "çarşamba", "Leopards 2"]
)
def test_days_and_names_with_numbers_are_not_respelled(name):
    assert why_not_respelled(name)


@pytest.mark.parametrize("name", ["Hezbollah", "hezbollah", "al Shabaab", "PKK", "Peshmerga"])
def test_forces_are_not_respelled(name):
    assert "force" in why_not_respelled(name)


@pytest.mark.parametrize("name", ["Kisagnani", "Camp Monday", "General Rocca", "7alab", "Port Sudn", "", "!!"])
def test_other_names_may_be_wrong_spellings(name):
    assert why_not_respelled(name) is None
