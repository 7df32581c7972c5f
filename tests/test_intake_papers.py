from __future__ import annotations

from geomap.reports.intake.papers import running_text

LINE = "The column left the base on Monday morning and drove along the river to the"


def test_lines_are_joined_to_paragraphs():
    text = running_text(
        [f"{LINE}\nborder town, where it stopped for the night, said the residents of the to-\nwn.\n{LINE}\nend."]
    )
    assert text.split("\n\n") == [
        f"{LINE} border town, where it stopped for the night, said the residents of the town.",
        f"{LINE} end.",
    ]


def test_a_hyphen_of_the_word_itself_before_a_capital_stays():
    assert "Ras al- Ain" in running_text(
        [f"{LINE} town Ras al-\nAin, which lies at the border of the two countries, they said."]
    )


def test_headers_footers_and_page_numbers_are_left_out():
    ends = {1: "sea.\nAll was quiet.", 2: "hills.\nIt rained.", 3: "town.\nNobody slept."}
    pages = [f"Daily Bulletin No. {n}\n{LINE}\n{end}\nPage {n} of 3\nwww.example.org" for n, end in ends.items()]
    text = running_text(pages)
    assert "Bulletin" not in text
    assert "Page" not in text
    assert "example" not in text
    assert all(line in text for end in ends.values() for line in end.split("\n"))


def test_a_paragraph_goes_on_over_the_page():
    assert running_text([f"{LINE}\n1", "2\nborder."]) == f"{LINE} border."


def test_what_stands_on_one_page_alone_is_no_header():
    assert running_text([f"Soldiers leave\n{LINE} end."]).startswith("Soldiers leave\n\nThe column")


def test_no_pages_are_no_text():
    assert running_text([]) == ""
    assert running_text(["", " \n"]) == ""
