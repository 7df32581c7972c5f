"""Which event of a sentence a time belongs to, and which events are history."""

from datetime import date

import pytest
from spacy.tokens import Span, Token

from geomap.models import Interval
from geomap.reports.nlp import load_parser
from geomap.reports.times.dates import find_times
from geomap.reports.times.dating import goes_on, is_background, narrated_day, time_of

FRIDAY = date(2019, 1, 11)


def parsed(sentence: str, word: str) -> tuple[Token, Span]:
    doc = load_parser()(sentence)
    return next(t for t in doc if t.text == word), doc[:]


def when(sentence: str, word: str) -> str | None:
    token, span = parsed(sentence, word)
    found = time_of(token, span, find_times(sentence, FRIDAY))
    return found.interval.iso() if found and found.interval else None


@pytest.mark.parametrize(
    ("expected", "word", "sentence"),
    [
        ("2019-01-10", "withdrew", "Chadian troops withdrew from Kidal on Thursday."),
        ("2019-01-08", "entered", "On Tuesday the column entered Goma and hoisted a flag."),
        ("2019-01-08", "hoisted", "On Tuesday the column entered Goma and hoisted a flag."),
        ("2019-01-10", "began", "The governor said the retreat began Thursday night."),
        ("2019-01-10", "retreat", "The governor said the retreat began Thursday night."),
        ("2019-01-09", "left", "A second column that had left Juba for Bor on Wednesday hit a mine."),
        ("2019-01-04", "drove", "Bria changed hands last Friday when militia units drove in from the north."),
        (
            "2019-01-06",
            "seized",
            "The brigade seized the port of Sirte, its last goal, on Sunday, the ministry announced.",
        ),
        ("2018-12-01/2018-12-31", "taking", "In December the army advanced far to the east, taking Bambari."),
        ("2019-01-08", "captured", "On Wednesday a mayor said Sinaloa marines captured Culiacan on Tuesday."),
        ("2019-01-09", "travelling", "A convoy travelling from Kalay to Falam was ambushed on Wednesday."),
        ("2019-01-09", "left", "Border guards took up positions in Khiam on Wednesday as a brigade left it."),
        ("2019-01-07", "clear", "On Monday the army launched an operation to clear the forest."),
        ("2019-01-09", "leave", "They are due on Wednesday to leave Lyman."),
        ("2019-01-07", "leave", "They had been ordered to leave Lyman on Monday."),
    ],
)
def test_the_time_of_an_event(expected: str, word: str, sentence: str) -> None:
    assert when(sentence, word) == expected


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("left", "The ministry said on Saturday that the convoy had left Gao."),
        ("left", "The convoy has left Gao, the ministry said on Saturday."),
        ("left", "A spokesman told reporters on Monday that the last units left Agadez."),
        ("entered", "On Monday, the general confirmed that his men entered Beni."),
        ("retake", "The army wants to retake the villages captured by rebels last year."),
        ("withdrew", "They withdrew under the ceasefire agreed on Tuesday."),
        ("entered", "Soldiers entered the market, where a bomb had killed ten people on Sunday."),
        ("entered", "The men who entered Kismayo were killed on Wednesday."),
        ("advance", "Thursday's raid comes as loyalists advance on Taiz."),
        ("crossed", "Troops crossed into Sudan."),
        ("withdraw", "Both sides agreed on Tuesday to withdraw from Hodeidah."),
        ("withdraw", "The president ordered on Sunday to withdraw all troops from Bor."),
        ("pull", "The minister resigned on Thursday over the decision to pull troops out of Mali."),
        ("pull", "The decision to pull forces out of Gao follows a phone call on Monday."),
        ("pushing", "The rebels seized Bunagana on Monday and are now pushing towards Rutshuru."),
    ],
)
def test_the_time_of_something_else_is_left_alone(word: str, sentence: str) -> None:
    assert when(sentence, word) is None


def test_the_next_sentence_counts_from_the_day_told_last() -> None:
    sentence = "The loss of Vuhledar on Tuesday opens the way north, analysts said on Thursday."
    _, span = parsed(sentence, "loss")
    assert narrated_day(span, find_times(sentence, FRIDAY)) == Interval(date(2019, 1, 8), date(2019, 1, 8))


@pytest.mark.parametrize(
    ("word", "mover", "sentence", "expected"),
    [
        ("fled", "militants", "The militants fled eastwards.", True),
        ("drove", "They", "They drove on to Saraqeb.", True),
        ("taken", "wounded", "The wounded were taken to Olenivka.", True),
        ("moved", "Fifty", "Fifty of them moved to Aden.", True),
        ("drove", "convoy", "A second convoy drove past Qamishli.", False),
        ("pushed", "Infantry", "Infantry pushed towards Sake.", False),
        ("crossed", "soldiers", "The soldiers have crossed into Rwanda.", False),
        ("fled", "militants", "The militants from Baidoa fled eastwards.", False),
        ("leave", "They", "They will leave Aden.", False),
    ],
)
def test_a_sentence_that_goes_on_with_the_one_before(word: str, mover: str, sentence: str, expected: bool) -> None:
    token, span = parsed(sentence, word)
    assert goes_on(token, next(t for t in span if t.text == mover)) is expected


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("captured", "Rebels captured the town in 2012."),
        ("captured", "Rebels captured the town last October."),
        ("held", "Since 2012 they had held the hills round Sinjar."),
        ("withdrew", "The brigade previously withdrew from Kutum."),
        ("entered", "They entered Grozny during the earlier war."),
        ("moved", "Troops moved into Abyei during the previous offensive."),
        ("crossed", "The army had crossed the river two years ago."),
    ],
)
def test_what_is_told_as_history(word: str, sentence: str) -> None:
    token, span = parsed(sentence, word)
    found = time_of(token, span, find_times(sentence, FRIDAY))
    assert is_background(token, found.interval if found else None, FRIDAY)


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("captured", "Rebels captured the town last month."),
        ("captured", "Rebels captured the town in the last days of December."),
        ("captured", "Rebels had captured the town on Tuesday."),
        ("advancing", "They have been advancing on Taiz since Sunday."),
        ("withdrew", "The brigade withdrew from Kutum."),
        ("entered", "They entered Grozny after the attack."),
    ],
)
def test_what_is_told_as_news(word: str, sentence: str) -> None:
    token, span = parsed(sentence, word)
    found = time_of(token, span, find_times(sentence, FRIDAY))
    assert not is_background(token, found.interval if found else None, FRIDAY)
