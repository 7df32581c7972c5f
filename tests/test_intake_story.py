from geomap.models import Report
from geomap.reports.intake.story import BlockKind, blocks


def texts(text: str, body_start: int = 0) -> list[str]:
    parts = blocks(Report("test", text, body_start=body_start))
    return [text[b.start : b.end] for b in parts if b.kind is BlockKind.STORY]


def test_lines_are_paragraphs_unless_an_editor_wrapped_them() -> None:
    assert texts("Troops left Gao\nfor Niamey.\n\nAll was quiet.") == ["Troops left Gao\nfor Niamey.", "All was quiet."]
    assert texts("A headline\nTroops left Gao.\nAll was quiet.") == ["A headline", "Troops left Gao.", "All was quiet."]


def test_the_header_is_left_out() -> None:
    text = "---\npublished: 2024-01-01\n---\n\nTroops left Gao."
    assert texts(text, body_start=text.index("Troops")) == ["Troops left Gao."]


def test_pointers_to_other_stories_are_left_out() -> None:
    assert texts("Troops left Gao.\nRead more: army storms Kidal\nShare this story!") == ["Troops left Gao."]
    glued = "Also on example.org Army storms Kidal (VIDEO)Officials regard the north as lost." + " More." * 60
    assert texts(glued)[0].startswith("Officials regard")


def test_a_sentence_that_only_begins_like_a_pointer_stays() -> None:
    for line in ("Also on Saturday, troops left Gao.", "Watch towers burned in Gao.", "Related clashes hit Kidal."):
        assert texts(line) == [line]


def test_captions_are_marked() -> None:
    text = "Troops left Gao.\nThis May 3, 2020 file photo shows a base. (AP)\nAn aerial bombardment hit the base."
    assert [b.kind is BlockKind.CAPTION for b in blocks(Report("test", text))] == [False, True, False]


def test_one_endless_line_is_cut_after_sentences() -> None:
    assert max(len(t) for t in texts("word " * 20_000)) <= 5_000
    parts = texts("Troops left Gao. " * 1_000)
    assert all(part.rstrip().endswith(".") for part in parts)
    assert "".join(parts) == "Troops left Gao. " * 1_000
