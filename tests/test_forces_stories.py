"""Films, novels and games are told from news."""

import pytest

from geomap.reports.forces.stories import is_made_up
from geomap.reports.parsing.nlp import load_parser


@pytest.mark.parametrize(
    "sentence",
    [
        "In the film, a squad of Australian soldiers crosses the river and captures Lae.",
        "In the final episode, the rebels enter Bogota.",
        "The novel follows a platoon that retreats from Huambo to Luena.",
        "The sitcom opens with a coup in Lima.",
    ],
)
def test_what_a_work_tells_is_made_up(sentence: str) -> None:
    assert is_made_up(load_parser()(sentence)[:])


@pytest.mark.parametrize(
    "sentence",
    [
        "In the film, posted on Monday, Islamist fighters enter Marawi.",
        "Soldiers seized copies of the film and entered the cinema in Cusco.",
        "Troops entered the town where the film was shot.",
        "The army opened the road to Luena.",
    ],
)
def test_what_only_speaks_of_one_is_not(sentence: str) -> None:
    assert not is_made_up(load_parser()(sentence)[:])
