from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from importlib.resources import files

import pytest

from geomap.errors import InputError
from geomap.reports.intake.load import load

ARABIC = "انسحب رتل من المدرعات من بلدة الرميلان يوم الخميس باتجاه الحدود العراقية. " * 6
RUSSIAN = "Колонна бронетехники вышла из города в четверг вечером и двинулась к границе. " * 6


def messages(loaded) -> str:
    return "\n".join(issue.message for issue in loaded.issues)


def test_text_keeps_its_header_and_tells_where_the_story_begins(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(b" date 2021-03-04 A column left Mopti.\r\nIt went north.\r\n")
    (report,) = load([file]).reports
    assert report.text == file.read_text()
    assert report.text[report.body_start :].startswith("A column left")
    assert (report.id, report.published) == ("a", date(2021, 3, 4))


def test_front_matter_gives_the_facts(tmp_path):
    text = '---\npublished: 2022-05-06\npublisher: "Paper"\ntitle: A: b\nlanguage: en-GB\nother: 1\n---\nStory: here.\n'
    (tmp_path / "b.md").write_text(text)
    (report,) = load([tmp_path / "b.md"]).reports
    assert report.text == text
    assert text[report.body_start :] == "Story: here.\n"
    facts = (report.source, report.title, report.lang, report.published)
    assert facts == ("Paper", "A: b", "en", date(2022, 5, 6))


def test_key_lines_are_a_header_but_a_story_with_a_colon_is_not(tmp_path):
    (tmp_path / "c.txt").write_text("Published: 6 May 2022\nSource: Wire\n\nTroops moved.")
    (tmp_path / "d.txt").write_text("Breaking: troops moved.\nSource: none.")
    first, second = load([tmp_path]).reports
    assert (first.published, first.source) == (date(2022, 5, 6), "Wire")
    assert first.text[first.body_start :].strip() == "Troops moved."
    assert (second.body_start, second.source) == (0, None)


@pytest.mark.parametrize("day", ["2019-13-45", "3/4/2019", "May 2019"])
def test_a_day_that_is_none_is_an_issue(tmp_path, day):
    (tmp_path / "a.txt").write_text(f"Published: {day}\n\nTroops moved.")
    loaded = load([tmp_path])
    assert loaded.reports[0].published is None
    assert day in messages(loaded)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
def test_encodings_of_arabic(tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes(ARABIC.encode(encoding))
    assert load([tmp_path]).reports[0].text == ARABIC


def test_a_guessed_encoding_is_right_and_said(tmp_path):
    (tmp_path / "a.txt").write_bytes(RUSSIAN.encode("cp1251"))
    loaded = load([tmp_path])
    assert loaded.reports[0].text == RUSSIAN
    assert "cp1251" in messages(loaded)


def test_bad_files_are_issues_and_the_good_one_is_kept(tmp_path):
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 50)
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "broken.json").write_text('{"text": ')
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    (tmp_path / "good.txt").write_text("Troops moved.")
    loaded = load([tmp_path, tmp_path / "missing.txt", str(tmp_path / "*.none")])
    assert [r.id for r in loaded.reports] == ["good"]
    said = messages(loaded)
    for file, reason in (
        ("binary.txt", "not text"),
        ("empty.txt", "empty"),
        ("broken.json", "no JSON"),
        ("broken.docx", "no readable Word document"),
        ("missing.txt", "does not exist"),
        ("*.none", "matches no file"),
    ):
        assert any(file in line and reason in line for line in said.splitlines()), (file, reason)
    assert all(issue.stage == "load" for issue in loaded.issues)


def test_json_lines_keep_ids_and_spans_and_name_the_bad_line(tmp_path):
    lines = [
        json.dumps(
            {"id": "x/1", "text": "Goma fell.", "published": "2025-01-27", "toponyms": [{"start": 0, "end": 4}]}
        ),
        "{broken",
        json.dumps({"id": 7, "title": "no text"}),
        json.dumps({"text": "Second."}),
    ]
    (tmp_path / "r.jsonl").write_text("\n".join(lines))
    loaded = load([tmp_path])
    assert [(r.id, r.text, r.spans) for r in loaded.reports] == [
        ("x/1", "Goma fell.", ((0, 4),)),
        ("r-4", "Second.", None),
    ]
    assert "line 2" in messages(loaded)
    assert "line 3" in messages(loaded)


def test_json_list_object_and_csv_with_text(tmp_path):
    (tmp_path / "a.json").write_text('[{"id": "1", "text": "One."}, {"id": "2", "text": "Two."}]')
    (tmp_path / "b.json").write_text('{"text": "Three."}')
    (tmp_path / "c.csv").write_text('id,text,source\n9,"Four, quoted.",Wire\nbad,row,with,more,cells\n')
    loaded = load([tmp_path])
    assert [(r.id, r.text) for r in loaded.reports] == [
        ("1", "One."),
        ("2", "Two."),
        ("b", "Three."),
        ("9", "Four, quoted."),
    ]
    assert "line 3" in messages(loaded)


def test_html_gives_the_article_and_its_facts(tmp_path):
    story = "The convoy left the base on Monday and drove to the border town, officials said. " * 8
    page = (
        '<!DOCTYPE html><html lang="en"><head><title>Convoy leaves</title>'
        '<meta property="og:site_name" content="Daily"><meta property="article:published_time" content="2020-02-03">'
        f'</head><body><script>alert("no")</script><article><h1>Convoy leaves</h1><p>{story}</p></article></body>'
    )
    (tmp_path / "p.html").write_text(page)
    (report,) = load([tmp_path]).reports
    assert "The convoy left the base" in report.text
    assert "alert" not in report.text
    assert (report.source, report.published, report.lang) == ("Daily", date(2020, 2, 3), "en")


def word(path, title: str, *paragraphs: str) -> None:
    document = pytest.importorskip("docx").Document()
    document.core_properties.title = title
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))


def pdf(path, title: str, *pages: tuple[str, ...]) -> None:
    """Write a PDF with a page for each tuple of lines."""
    pypdf = pytest.importorskip("pypdf")
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    writer.add_metadata({"/Title": title})
    face = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in face.items()})
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        content = DecodedStreamObject()
        shown = " ".join(f"({line}) Tj 0 -16 Td" for line in lines)
        content.set_data(f"BT /F1 12 Tf 72 770 Td {shown} ET".encode("ascii"))
        page[NameObject("/Contents")] = writer._add_object(content)
    writer.write(str(path))


def test_word_gives_its_paragraphs_and_title(tmp_path):
    word(
        tmp_path / "a.docx",
        "Column leaves",
        "Published: 2023-04-05",
        "",
        f"A column left Mopti. {ARABIC}",
        "It turned.",
    )
    loaded = load([tmp_path])
    (report,) = loaded.reports
    assert (report.id, report.title, report.published) == ("a", "Column leaves", date(2023, 4, 5))
    assert report.text[report.body_start :].strip().split("\n") == [f"A column left Mopti. {ARABIC}", "It turned."]
    assert loaded.issues == ()


def test_the_day_a_document_was_made_is_no_day_of_publication(tmp_path):
    # python-docx and pypdf both note the time of making.
    word(tmp_path / "a.docx", "", "Troops moved.")
    pdf(tmp_path / "b.pdf", "", ("Troops moved.",))
    assert [(r.title, r.published) for r in load([tmp_path]).reports] == [(None, None), (None, None)]


def test_pdf_gives_the_text_of_all_pages_and_its_title(tmp_path):
    first = ("Published: 2023-04-05", "Source: Wire", "", "A column left Mopti on Monday.")
    pdf(tmp_path / "a.pdf", "Column leaves", first, ("It reached Gao.",))
    loaded = load([tmp_path])
    (report,) = loaded.reports
    assert (report.id, report.title, report.source) == ("a", "Column leaves", "Wire")
    assert report.published == date(2023, 4, 5)
    assert report.text[report.body_start :].split() == "A column left Mopti on Monday. It reached Gao.".split()
    assert loaded.issues == ()


def test_a_pdf_is_known_by_its_first_bytes(tmp_path):
    pdf(tmp_path / "a.pdf", "", ("Troops moved.",))
    (report,) = load(["-"], stdin=io.BytesIO((tmp_path / "a.pdf").read_bytes())).reports
    assert report.text.strip() == "Troops moved."


def test_a_pdf_without_text_says_what_to_do(tmp_path):
    pdf(tmp_path / "a.pdf", "Scan", ())
    loaded = load([tmp_path])
    assert not loaded.reports
    assert "text recognition" in messages(loaded)


def test_same_names_get_their_folder(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(folder)
    (tmp_path / "one" / "b.txt").write_text("b")
    assert [r.id for r in load([tmp_path]).reports] == ["one/a", "b", "two/a"]


def test_a_file_named_twice_is_read_once(tmp_path):
    (tmp_path / "a.txt").write_text("Troops moved.")
    assert len(load([tmp_path / "a.txt", tmp_path, str(tmp_path / "*.txt")]).reports) == 1


def test_folders_pass_over_other_formats_aloud(tmp_path):
    (tmp_path / "a.txt").write_text("Troops moved.")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden").write_text("x")
    loaded = load([tmp_path])
    assert "photo.png" in messages(loaded)
    assert "hidden" not in messages(loaded)


@pytest.mark.parametrize(
    ("data", "expected"),
    [(b"Troops moved.", ["stdin"]), (b'{"id": "q", "text": "T."}\n{"id": "r", "text": "U."}\n', ["q", "r"])],
)
def test_standard_input(data, expected):
    assert [r.id for r in load(["-"], stdin=io.BytesIO(data)).reports] == expected


def test_a_huge_text_is_cut_with_an_issue(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Troops moved north. " * 2_500_000)
    loaded = load([tmp_path])
    assert len(loaded.reports[0].text) == 250_000
    assert "49,750,000 left out" in messages(loaded)


def test_a_file_too_large_for_memory_is_an_issue(tmp_path, monkeypatch):
    monkeypatch.setattr("geomap.reports.intake.load.LARGEST_FILE", 20)
    (tmp_path / "a.txt").write_text("Troops moved north, said all.")
    (tmp_path / "b.txt").write_text("Troops moved.")
    loaded = load([tmp_path])
    assert [r.id for r in loaded.reports] == ["b"]
    assert "29 bytes" in messages(loaded)
    assert "split it" in messages(load(["-"], stdin=io.BytesIO(b"Troops moved north, said all.")))


def test_a_folder_of_many_files_with_bad_ones_among_them(tmp_path):
    for n in range(600):
        (tmp_path / f"{n:04}.txt").write_bytes(b"Troops moved." if n % 3 else bytes(range(256)))
    loaded = load([tmp_path])
    assert (len(loaded.reports), len(loaded.issues)) == (400, 200)


def test_a_map_among_the_reports_is_left_out_aloud(tmp_path):
    mark = '<meta name="generator" content="geomap">'
    assert mark in files("geomap.maps").joinpath("assets/page.html").read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text("Troops moved.")
    (tmp_path / "map.html").write_text(
        f"<!DOCTYPE html><html><head>{mark}</head><body><p>{'Troops moved. ' * 30}</p></body>"
    )
    loaded = load([tmp_path])
    assert [r.id for r in loaded.reports] == ["a"]
    assert "map made by geomap" in messages(loaded)


def test_authors_and_moments_of_all_formats(tmp_path):
    (tmp_path / "a.txt").write_text("Author: Ada Okoro\nPublished: 2021-05-11T23:30:00+03:00\n\nTroops moved.")
    line = {"text": "Troops moved.", "author": "Ada Okoro", "published": "2021-05-11T23:30:00+03:00"}
    (tmp_path / "b.jsonl").write_text(json.dumps(line))
    (tmp_path / "c.csv").write_text("text,author,published\nTroops moved.,Ada Okoro,2021-05-11T23:30:00+03:00\n")
    for report in load([tmp_path]).reports:
        assert (report.author, report.published) == ("Ada Okoro", date(2021, 5, 11))
        assert report.published_at.isoformat() == "2021-05-11T23:30:00+03:00"


def test_the_author_of_a_document_is_a_person_and_no_program(tmp_path):
    word(tmp_path / "a.docx", "", "Troops moved.")
    document = pytest.importorskip("docx").Document()
    document.core_properties.author = "Ada Okoro"
    document.core_properties.created = datetime(2021, 5, 12, tzinfo=UTC)
    document.add_paragraph("Troops moved.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Gao", "12"
    document.save(str(tmp_path / "b.docx"))
    loaded = load([tmp_path])
    assert [r.author for r in loaded.reports] == [None, "Ada Okoro"]
    assert loaded.reports[1].text.split("\n") == ["Troops moved.", "Gao | 12"]
    assert loaded.reports[1].published is None
    assert "made on 2021-05-12" in messages(loaded)


def test_a_damaged_pdf_page_does_not_stop_the_others(tmp_path, monkeypatch):
    pypdf = pytest.importorskip("pypdf")
    pdf(tmp_path / "a.pdf", "", ("A column left Mopti.",), ("It reached Gao.",))
    extract, calls = pypdf.PageObject.extract_text, []

    def fail_once(page):
        calls.append(page)
        if len(calls) == 1:
            raise ZeroDivisionError("odd font")
        return extract(page)

    monkeypatch.setattr(pypdf.PageObject, "extract_text", fail_once)
    loaded = load([tmp_path])
    assert loaded.reports[0].text == "It reached Gao."
    assert "page 1 cannot be read" in messages(loaded)


def test_no_input_is_an_error():
    with pytest.raises(InputError, match="no input"):
        load([])
