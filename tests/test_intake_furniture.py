from __future__ import annotations

import pytest

from geomap.models import Report
from geomap.reports.intake.furniture import BlockKind, is_headline, kind_of_line
from geomap.reports.intake.story import blocks

LINES = {
    BlockKind.POINTER: [
        "Read more: army storms Kidal",
        "Also read | Convoy reaches Gao",
        "Related: who holds the north",
        "You may also like",
        "Lire aussi : l'armée quitte Kidal",
        "Lea también: el ejército sale de Kidal",
        "Читайте также: армия покинула город",
        "Читайте також: армія залишила місто",
        "İlgili haberler",
        "اقرأ أيضا: الجيش ينسحب من المدينة",
    ],
    BlockKind.FURNITURE: [
        "Share this article",
        "Facebook Twitter WhatsApp Email",
        "Share | Print | Email",
        "We use cookies to improve your experience.",
        "This website uses cookies. Accept all",
        "Sign up for our daily newsletter",
        "Get the day's news delivered to your inbox.",
        "Tags: Mali, army, Gao",
        "Copyright 2021 Example Media",
        "© 2021 Example Media. All rights reserved.",
        "Advertisement",
        "Subscribe to our channel",
        "Partager sur Facebook",
        "Síguenos en Twitter",
        "Подписывайтесь на наш канал",
        "Підписуйтесь на наш канал",
        "Tüm hakları saklıdır",
        "جميع الحقوق محفوظة",
    ],
    BlockKind.BYLINE: [
        "By Ada Okoro",
        "By Ada Okoro and Sékou Traoré in Bamako",
        "Ada Okoro, Senior Correspondent",
        "Reporting by Ada Okoro; Editing by Sékou Traoré",
        "(Additional reporting by Ada Okoro)",
        "Staff Reporter",
        "Par Aminata Diallo",
        "Автор: Ирина Петренко",
    ],
    BlockKind.CAPTION: [
        "This May 3, 2020 file photo shows a base near Gao.",
        "Soldiers near Gao. [Ada Okoro/Reuters]",
        "Photo: soldiers near Gao",
        "A truck near Gao in 2015. (Photo by Ada Okoro/AFP)",
        "Trucks near Gao on Monday. REUTERS/Ada Okoro",
        "Foto: soldados cerca de Gao",
        "Фото: колонна у города",
        "صورة: جنود قرب المدينة",
    ],
    BlockKind.SOCIAL: [
        "BREAKING: army enters Kidal pic.twitter.com/abc123",
        "— Sahel Watch (@sahelwatch) October 21, 2019",
        "#Mali #Kidal",
        "@sahelwatch",
        "https://example.org/status/1",
    ],
    BlockKind.TABLE: [
        "Gao\t120\t30\t14",
        "Kidal | 12 | 40 | 3",
        "Total 2019 1,200 3.4 55 12",
    ],
}
STORY = [
    "Also on Saturday, soldiers left Gao.",
    "Watch towers burned in Gao.",
    "Related clashes hit Kidal.",
    "By Monday the army had left Gao.",
    "By road and river, the men went south",
    "Share prices fell after soldiers left Gao.",
    "More than 30 trucks left Gao.",
    "Print workers marched in Gao.",
    "From Gao the convoy went to Kidal.",
    "Photographs show trucks leaving Gao.",
    "An aerial bombardment hit the base.",
    "On 3 May 2020, 30 trucks and 12 tanks left Gao for Kidal.",
    "Facebook posts showed the convoy near Gao.",
    "Followers of the movement left Gao.",
    "Tagsa fell to the rebels.",
    "Thousands sign up for the army in Gao.",
    "Posted in Gao since May, the brigade left for Kidal.",
    "Our correspondent in Goma says rebels entered the city.",
    "Photo evidence shows that tanks left Gao.",
    "Follow-up attacks hit Gao.",
    "The Radio said 40 men (10 of them wounded) came back.",
]


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in LINES.items() for line in lines])
def test_lines_beside_the_story(kind, line):
    assert kind_of_line(line) is kind


@pytest.mark.parametrize("line", STORY)
def test_sentences_of_the_story_stay(line):
    assert kind_of_line(line) is BlockKind.STORY


def test_an_agency_in_brackets_signs_a_picture_but_at_the_end_the_story():
    line = "Soldiers left Gao on Monday. (AFP)"
    assert kind_of_line(line) is BlockKind.CAPTION
    assert kind_of_line(line, last=True) is BlockKind.STORY


def test_headlines_have_no_point():
    assert is_headline("Army leaves Kidal")
    assert not is_headline("Army leaves Kidal.")
    assert not is_headline("word " * 60)


def kinds(text: str) -> list[tuple[BlockKind, str]]:
    return [(b.kind, text[b.start : b.end].strip()) for b in blocks(Report("x", text))]


def test_headlines_under_related_stories_are_pointers_until_a_sentence_comes():
    text = "Soldiers left Gao.\nRelated stories\nArmy storms Kidal\nRebels take Timbuktu\nThe convoy went on."
    assert [kind for kind, _ in kinds(text)] == [
        BlockKind.STORY, BlockKind.POINTER, BlockKind.POINTER, BlockKind.POINTER, BlockKind.STORY,
    ]  # fmt: skip


def test_paragraphs_that_stand_twice_are_told_once():
    twice = "Soldiers left Gao on Monday and drove towards the border, officials and residents said."
    found = [kind for kind, _ in kinds(f"{twice}\nAll was quiet.\n{twice}\nAll was quiet.")]
    assert found == [BlockKind.STORY, BlockKind.STORY, BlockKind.REPEAT, BlockKind.STORY]


def test_bulleted_notes_run_into_a_paragraph_are_told_apart():
    text = (
        "Soldiers left Gao on Monday. • Join the debate – email letters@example.org • Rebels stayed in Kidal, all said."
    )
    assert kinds(text) == [
        (BlockKind.STORY, "Soldiers left Gao on Monday."),
        (BlockKind.FURNITURE, "Join the debate – email letters@example.org"),
        (BlockKind.STORY, "Rebels stayed in Kidal, all said."),
    ]


def test_credits_and_messages_run_into_a_paragraph_are_cut_off():
    text = (
        "Soldiers left Gao. — Sahel Watch (@sahelwatch) October 21, 2019 The convoy went on. "
        "(Reporting by Ada Okoro; Editing by Sékou Traoré)"
    )
    assert kinds(text) == [
        (BlockKind.STORY, "Soldiers left Gao."),
        (BlockKind.SOCIAL, "— Sahel Watch (@sahelwatch) October 21, 2019"),
        (BlockKind.STORY, "The convoy went on."),
        (BlockKind.BYLINE, "(Reporting by Ada Okoro; Editing by Sékou Traoré)"),
    ]


@pytest.mark.parametrize(
    "piece", ["a\n", "14:32\n", "(", "BEIRUT (", "\t1", "— A (@b) ", "Reporting by ", ". BEI (", "12 "]
)
def test_time_grows_with_the_length_alone(piece):
    from time import process_time

    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        times = []
        for _ in range(3):  # the best of some: other processes take turns
            start = process_time()
            blocks(Report("x", text))
            times.append(process_time() - start)
        return min(times)

    seconds(1_000)
    assert seconds(40_000) < 16 * max(seconds(10_000), 0.01)


@pytest.mark.parametrize("line", ["12\t340\t5600\t7", "***", "— 3 —", "1.5 | 2.7 | 3", "§ 4", "A 7"])
def test_a_line_without_a_word_is_no_story(line: str) -> None:
    assert kind_of_line(line) is BlockKind.FURNITURE


@pytest.mark.parametrize("line", ["Or", "加奥", "غاو", "Го", "गाओ", "On 3 May 40 lorries left."])
def test_a_word_is_a_word_in_any_script(line: str) -> None:
    assert kind_of_line(line) is not BlockKind.FURNITURE
