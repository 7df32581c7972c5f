"""Which event of a sentence a time belongs to, and which events are history."""

from datetime import date

import pytest
from spacy.tokens import Span, Token

from geomap.models import Interval
from geomap.reports.parsing.nlp import load_parser
from geomap.reports.times.dates import TimeExpression, find_times
from geomap.reports.times.dating import deed_day, goes_on, is_background, narrated_day, time_of
from geomap.reports.times.sequence import trip_time

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
        ("2019-01-05", "captured", "The marines launched a raid on Thursday and captured Bangar on Saturday."),
        ("2019-01-06", "left", "The unit left the farms it held outside the town of Ituango on Sunday."),
        ("2019-01-07", "withdrew", "The post has been empty since Monday, when the garrison withdrew."),
        ("2019-01-05/2019-01-11", "taken", "They have taken six hamlets since the raid began on Saturday."),
        ("2019-01-05", "seized", "Somali troops backed by allied forces on Saturday night seized Goobweyn."),
        ("2019-01-06", "walked", "Rebels who took Sake last week walked into Goma unopposed on Sunday."),
        (
            "2019-01-10/2019-01-11",
            "flown",
            "Commandos were flown to Kunduz overnight after gunmen broke into the city.",
        ),
        ("2019-01-09", "moving", "Pictures taken on Wednesday showed tanks moving to Tiksi."),
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
        ("preparing", "The guard took Mora on Monday and is reported to be preparing for a push on Waza."),
        ("taking", "The brigade reached the coast on Sunday after taking Lamu."),
        ("massing", "Having marched through Loja on Sunday, they are massing men near Tumbes."),
        ("push", "The junta left Falam on Sunday and announced a push to Tonzang."),
        ("sent", "The navy, which lost a boat last month, said on Monday it had sent marines to Pemba."),
        ("fled", "He said help had come from Bor on Monday and that the gunmen had fled to Pibor."),
        ("surrounded", "The rebels surrounded Bor and had not entered it by Sunday."),
        ("broke", "Commandos were flown to Kunduz overnight after gunmen broke into the city."),
        ("crossed", "Deserters crossed into Uganda and will be sent back on Friday."),
        ("crossed", "The garrison fell on Sunday and most of its men have since crossed into Chad."),
    ],
)
def test_the_time_of_something_else_is_left_alone(word: str, sentence: str) -> None:
    assert when(sentence, word) is None


@pytest.mark.parametrize(
    ("expected", "word", "sentence"),
    [
        ("2019-01-04", "fled", "Marines entered Jolo on Tuesday, four days after the gunmen fled."),
        ("2019-01-08", "quit", "Gunmen entered Jolo on Tuesday, hours after the marines quit the town."),
        ("2019-01-05", "taking", "A day after taking Buni, rebels reached the town of Gujba on Sunday."),
        ("2019-01-09", "entered", "The patrol entered Ansongo two days after the mayor left it on Monday."),
        ("2019-01-06", "left", "A week before they entered Suakin on Sunday, cadets left Kassala shortly after dawn."),
        (None, "taking", "Three days after taking Buni, rebels reached the town of Gujba."),
        (None, "fled", "Marines entered Jolo on Tuesday, some days after the gunmen fled."),
    ],
)
def test_one_event_counted_from_another(expected: str | None, word: str, sentence: str) -> None:
    assert when(sentence, word) == expected


@pytest.mark.parametrize(
    ("first", "second", "on_the_way", "expected"),
    [
        ("2019-01-07", "2019-01-08", True, "2019-01-07/2019-01-08"),
        ("2019-01-08", "2019-01-07", True, "2019-01-07/2019-01-08"),
        ("2019-01-07", "2019-01-08", False, "2019-01-08"),
        ("2018-11-01/2018-11-30", "2019-01-08", True, "2019-01-08"),
        ("2019-01-07", None, True, "2019-01-07"),
        (None, "2019-01-08", False, "2019-01-08"),
        (None, None, True, None),
    ],
)
def test_the_time_of_two_steps_of_one_trip(
    first: str | None, second: str | None, on_the_way: bool, expected: str | None
) -> None:
    times = [TimeExpression(0, 1, "x", Interval.parse(t)) if t else None for t in (first, second)]
    joined = trip_time(*times, on_the_way=on_the_way)
    assert (joined and joined.interval and joined.interval.iso()) == expected


def test_the_next_sentence_counts_from_the_day_told_last() -> None:
    sentence = "The loss of Vuhledar on Tuesday opens the way north, analysts said on Thursday."
    _, span = parsed(sentence, "loss")
    assert narrated_day(span, find_times(sentence, FRIDAY)) == Interval(date(2019, 1, 8), date(2019, 1, 8))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Gunmen attacked the village of Kautikari on Tuesday, killing six people.", "2019-01-08"),
        ("A mosque in Sokoto was burnt down on Thursday night.", "2019-01-10"),
        ("The two sides agreed on Tuesday that Aden would be left.", None),
        ("The mayor said on Tuesday that Aden was calm.", None),
        ("Aden has been besieged since Tuesday.", None),
        ("The dam was in rebel hands on Tuesday.", None),
        ("Fighting broke out in 2015.", None),
    ],
)
def test_a_deed_has_a_day_to_go_on_with(sentence: str, expected: str | None) -> None:
    _, span = parsed(sentence, ".")
    day = deed_day(span, find_times(sentence, FRIDAY))
    assert (day and day.iso()) == expected


@pytest.mark.parametrize(
    ("word", "mover", "sentence", "expected"),
    [
        ("fled", "militants", "The militants fled eastwards.", True),
        ("drove", "They", "They drove on to Saraqeb.", True),
        ("taken", "wounded", "The wounded were taken to Olenivka.", True),
        ("moved", "Fifty", "Fifty of them moved to Aden.", True),
        ("went", "Others", "Others went to Shabwa.", True),
        ("retreated", "militants", "The militants who had besieged Bor then retreated across the river.", True),
        ("retreated", "militants", "The militants who had besieged Bor retreated across the river.", False),
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
