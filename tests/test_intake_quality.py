from __future__ import annotations

import pytest

from geomap.models import Report
from geomap.reports.intake.quality import oddities

TEXT = "A column of tanks left the town of Kahramanmaraş on Monday and drove to Bogotá, said officials. " * 20


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TEXT.upper(), "in capitals"),
        (TEXT.replace(".", "").replace(",", ""), "hardly any ends of sentences"),
        (TEXT.encode().decode("cp1252", "replace"), "UTF-8 that was taken for another"),
        (TEXT.replace("ş", "\ufffd"), "20 characters were damaged"),
        (" ".join(w.replace("o", "0").replace("l", "|") for w in TEXT.split()), "recognised from a picture"),
        ("\n".join(f"{n} {n * 37} {n * n} 2019" for n in range(200)), "figures"),
    ],
    ids=["capitals", "endless", "mojibake", "damaged", "recognised", "table"],
)
def test_what_is_odd_is_told(text, words):
    issues = oddities(Report("r", text))
    assert any(words in issue.message for issue in issues)
    assert {(issue.stage, issue.report_id) for issue in issues} == {("read", "r")}


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "NATO AND UN TROOPS LEAVE",
        "Колонна вышла из города в четверг вечером и двинулась к границе, сообщили жители. " * 10,
        "انسحب رتل من المدرعات من البلدة يوم الخميس باتجاه الحدود. " * 10,
        "At 14:32 on 3 May 2021, 120 men of the 3rd Brigade (30 vehicles) left by road A4. " * 8,
        "Tel.: 01 23 45 67",
    ],
)
def test_plain_texts_are_not_odd(text):
    assert oddities(Report("r", text)) == ()


def test_the_header_is_not_looked_at():
    header = "TITLE: " + "CAPITALS " * 100 + "\n"
    assert oddities(Report("r", header + TEXT, body_start=len(header))) == ()
