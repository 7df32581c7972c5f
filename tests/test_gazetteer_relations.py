"""Phrases of many wars that tell where a place lies to others, and phrases that only look like them."""

import re
import time

import pytest

from geomap.gazetteer.relations import Anchor, Relation, RelationKind, find_relations, parse_relation

K = RelationKind


def names_of(relation: Relation) -> list[str]:
    """The plain names a relation is told by, those of its inner relation in place of a compound anchor."""
    return [n for a in relation.anchors for n in (names_of(a.relation) if a.relation else [a.text])]


@pytest.mark.parametrize(
    ("text", "kind", "names", "km", "bearing"),
    [
        ("160 km west of Baghdad", K.OFFSET, ["Baghdad"], 160, 270.0),
        ("about 30 miles southwest of Raqqa", K.OFFSET, ["Raqqa"], 48.28, 225.0),
        ("20km NNE of Goma", K.OFFSET, ["Goma"], 20, 22.5),
        ("40 kilometers to the north-west of Timbuktu", K.OFFSET, ["Timbuktu"], 40, 315.0),
        ("60 nautical miles (111 km) south-west of Hodeidah", K.OFFSET, ["Hodeidah"], 111.12, 225.0),
        ("15 km from the Turkish border", K.OFFSET, ["Turkish"], 15, None),
        ("20 km north of the M4", K.OFFSET, ["M4"], 20, 0.0),
        ("50 km inside Ethiopia", K.INSIDE, ["Ethiopia"], 50, None),
        ("within 5 km of the Pokrovsk–Kostiantynivka road", K.WITHIN, ["Pokrovsk", "Kostiantynivka"], 5, None),
        ("in a 10-km radius of Stepanakert", K.WITHIN, ["Stepanakert"], 10, None),
        ("12 nautical miles off Mogadishu", K.OFFSHORE, ["Mogadishu"], 22.224, None),
        ("off the coast of Hodeidah", K.OFFSHORE, ["Hodeidah"], None, None),
        ("off the Libyan coast", K.OFFSHORE, ["Libyan"], None, None),
        ("between Tal Tamr and Ain Issa", K.BETWEEN, ["Tal Tamr", "Ain Issa"], None, None),
        ("halfway between Wau and Juba", K.HALFWAY, ["Wau", "Juba"], None, None),
        ("midway from Addis Ababa to Mekelle", K.HALFWAY, ["Addis Ababa", "Mekelle"], None, None),
        ("the Syrian–Turkish border", K.BORDER, ["Syrian", "Turkish"], None, None),
        ("the border between Rwanda and Uganda", K.BORDER, ["Rwanda", "Uganda"], None, None),
        ("the border with Turkey", K.BORDER, ["Turkey"], None, None),
        ("the Kenyan border with Somalia", K.BORDER, ["Kenyan", "Somalia"], None, None),
        ("near the border between Sudan and Chad", K.NEAR, ["Sudan", "Chad"], None, None),
        ("the Turkish border near Kobani", K.STRETCH, ["Turkish", "Kobani"], None, None),
        ("east of the Euphrates", K.SIDE, ["Euphrates"], None, 90.0),
        ("to the north of Tripoli, Lebanon", K.SIDE, ["Tripoli, Lebanon"], None, 0.0),
        ("the west bank of the Dnipro", K.BANK, ["Dnipro"], None, 270.0),
        ("the outskirts of Bangui", K.OUTSKIRTS, ["Bangui"], None, None),
        ("the eastern outskirts of Bakhmut", K.OUTSKIRTS, ["Bakhmut"], None, 90.0),
        ("Kupiansk's northern outskirts", K.OUTSKIRTS, ["Kupiansk"], None, 0.0),
        ("the approaches to Kramatorsk", K.APPROACHES, ["Kramatorsk"], None, None),
        ("Hasakah countryside", K.COUNTRYSIDE, ["Hasakah"], None, None),
        ("the northern countryside of Aleppo", K.COUNTRYSIDE, ["Aleppo"], None, 0.0),
        ("in the north of Mali", K.PART, ["Mali"], None, 0.0),
        ("the eastern districts of Khartoum", K.PART, ["Khartoum"], None, 90.0),
        ("the road from Goma to Rutshuru", K.ROAD, ["Goma", "Rutshuru"], None, None),
        ("along the Damascus–Aleppo highway", K.ROAD, ["Damascus", "Aleppo"], None, None),
        ("at the junction of the M4 and M5", K.JUNCTION, ["M4", "M5"], None, None),
        ("a village near Kupiansk", K.NEAR, ["Kupiansk"], None, None),
        ("160 KM WEST OF BAGHDAD", K.OFFSET, ["BAGHDAD"], 160, 270.0),
        ("3 km south of 36.9, 38.35", K.OFFSET, ["36.9, 38.35"], 3, 180.0),
    ],
)
def test_a_phrase_is_taken_apart(
    text: str, kind: RelationKind, names: list[str], km: float | None, bearing: float | None
) -> None:
    found = parse_relation(text)
    assert found is not None
    assert (found.kind, names_of(found), found.bearing) == (kind, names, bearing)
    assert found.distance is None if km is None else found.distance.high_m == pytest.approx(km * 1000, rel=1e-3)


@pytest.mark.parametrize(
    "text",
    [
        "between January and March", "north of 50 fighters", "30 km of road", "5 km race", "the border", "West Bank",
        "the Turkish border guards", "the Nasib border crossing", "Al-Asad airbase", "Tripoli, Lebanon",
        "between Monday and Friday", "close to 300", "around midnight", "within 24 hours of it", "60 km/h", "",
        "Hasakah province", "northern Aleppo", "between 5 and 10", "north of the", "Sidi Barrani", "near", "🙂",
    ],
)  # fmt: skip
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert parse_relation(text) is None


@pytest.mark.parametrize(
    ("text", "subject", "kind"),
    [
        ("Ain al-Asad, 160 km west of Baghdad", "Ain al-Asad", K.OFFSET),
        ("Rmeilan 20 km west of Baghdad", "Rmeilan", K.OFFSET),
        ("Sake (25 km west of Goma)", "Sake", K.OFFSET),
        ("Kobani, a town 30 km east of the Euphrates", "Kobani", K.OFFSET),
        ("Palma, on the border with Tanzania", "Palma", K.BORDER),
        ("Tasil lies between Daraa and Quneitra", "Tasil", K.BETWEEN),
    ],
)
def test_a_name_beside_the_phrase_is_its_subject(text: str, subject: str, kind: RelationKind) -> None:
    found = parse_relation(text)
    assert found is not None
    assert found.subject is not None
    assert (found.subject.text, found.kind) == (subject, kind)


@pytest.mark.parametrize(
    ("words", "sector"),
    [("west", 22.5), ("southwest", 22.5), ("south-southwest", 11.25), ("due west", 11.25), ("SSW", 11.25)],
)
def test_a_wind_is_as_wide_as_it_is_written(words: str, sector: float) -> None:
    found = parse_relation(f"30 km {words} of Kidal")
    assert found is not None
    assert found.sector == sector


def test_sides_of_rivers_are_told_by_hand() -> None:
    found = parse_relation("the left bank of the Dnipro")
    assert found is not None
    assert (found.kind, found.hand, found.bearing) == (K.BANK, "left", None)


@pytest.mark.parametrize(("word", "approximate"), [("about", True), ("some", True), ("nearly", True), ("", False)])
def test_about_is_kept(word: str, approximate: bool) -> None:
    found = parse_relation(f"{word} 30 km from Gao")
    assert found is not None
    assert found.approximate is approximate


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text whose names are written in square brackets, without these, and where the names stand."""
    spans, plain = [], ""
    for part in re.split(r"(\[.*?\])", text):
        if part.startswith("["):
            spans.append((len(plain), len(plain) + len(part) - 2))
        plain += part.strip("[]")
    return plain, spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "They advanced from [Raqqa] to 20 km north of the road from [Tabqa] to [Ayn Issa].",
            [(K.OFFSET, "20 km north of the road from Tabqa to Ayn Issa", None)],
        ),
        ("[Kobani], a town 30 km east of the [Euphrates].", [(K.OFFSET, "30 km east of the Euphrates", "Kobani")]),
        ("[Sake] (25 km west of [Goma]) fell to M23.", [(K.OFFSET, "25 km west of Goma", "Sake")]),
        ("[Marib], 120 km east of [Sanaa], the capital", [(K.OFFSET, "120 km east of Sanaa", "Marib")]),
        (
            "The base, which lies some 160 km (100 miles) to the west of [Baghdad], is large.",
            [(K.OFFSET, "some 160 km (100 miles) to the west of Baghdad", None)],
        ),
        (
            "Clashes near the [Ethiopian]-[Eritrean] border and in the eastern outskirts of [Bakhmut].",
            [
                (K.NEAR, "near the Ethiopian-Eritrean border", None),
                (K.OUTSKIRTS, "the eastern outskirts of Bakhmut", None),
            ],
        ),
        (
            "Fighting on the [Syrian]-[Iraqi] border near [al-Qaim] and in [Hajin] near [Abu Kamal].",
            [(K.STRETCH, "the Syrian-Iraqi border near al-Qaim", None), (K.NEAR, "near Abu Kamal", None)],
        ),
        ("The convoy stopped between [Bunia] and [Beni].", [(K.BETWEEN, "between Bunia and Beni", None)]),
        ("a ship 60 miles south-west of [Hodeidah]", [(K.OFFSET, "60 miles south-west of Hodeidah", None)]),
        ("Troops hold the left bank of the [Dnipro River].", [(K.BANK, "the left bank of the Dnipro River", None)]),
        ("[Palma], 30 km from the [Tanzanian] border", [(K.OFFSET, "30 km from the Tanzanian border", "Palma")]),
        (
            "[Rann], a town on the border with [Cameroon], fell.",
            [(K.BORDER, "the border with Cameroon", "Rann")],
        ),
        ("It lay 10 km off [Suva].", [(K.OFFSHORE, "10 km off Suva", None)]),
    ],
)  # fmt: skip
def test_relations_in_sentences(text: str, expected: list[tuple[RelationKind, str, str | None]]) -> None:
    plain, spans = marked(text)
    found = find_relations(plain, spans)
    assert [(r.kind, r.text, r.subject.text if r.subject else None) for r in found] == expected
    for relation in found:
        assert plain[relation.start : relation.end] == relation.text
        for anchor in (*relation.anchors, *([relation.subject] if relation.subject else [])):
            assert isinstance(anchor, Anchor)
            assert plain[anchor.start : anchor.end] == anchor.text


@pytest.mark.parametrize(
    "words",
    [
        *(f"{near} [Goma]" for near in ("near to", "close to", "not far from", "next to", "adjacent to", "around")),
        *(f"in the {noun} of [Goma]" for noun in ("vicinity", "area", "hinterland", "environs", "surroundings")),
        *(f"the northern {noun} of [Goma]" for noun in ("edge", "fringes", "gates", "entrances", "quarters", "half")),
        *(f"the {noun} of [Lake Kivu]" for noun in ("shores", "western bank", "eastern side")),
        *(f"the {road} from [Goma] to [Sake]" for road in ("supply line", "axis", "route", "freeway")),
        *(f"the {noun} of [N1] and [N2]" for noun in ("crossroads", "interchange", "meeting point")),
        "NE of [Goma]", "SOUTH OF [Goma]", "midway between [Goma] and [Sake]", "the frontier with [Rwanda]",
        "where [N1] crosses [N2]", "off the coast of [Palma]", "rural [Goma]", "[Goma] periphery",
    ],
)  # fmt: skip
def test_every_way_to_say_it_is_found_also_between_stops(words: str) -> None:
    plain, spans = marked(f"They left. Then, {words} (a town): fighting.")
    assert len(find_relations(plain, spans)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "It went on between January and March 2024 in [Kobani].",
        "It lies north of 50 fighters in [Kobani], they said.",
        "A copy of East of Eden and 30 km of road; west of the border of reason; a 5 km race in [Goma].",
        "Fighting between the army and rebels in [Tigray] went on.",
        "[Turkish] border guards shot at them near dawn.",
        "They left [Raqqa]; east of there nothing moved.",
        "More than 20 km of pipeline was laid in [Libya].",
    ],
)
def test_sentences_that_tell_of_no_such_place(text: str) -> None:
    plain, spans = marked(text)
    assert find_relations(plain, spans) == ()


def test_long_and_hostile_texts_are_read_in_time() -> None:
    started = time.perf_counter()
    assert parse_relation("20 km north of " + "a and b " * 2000) is None
    assert find_relations("20 km north of " * 2000, ()) == ()
    text = "within 5 km of Goma and between Goma and Goma " * 200
    spans = [(m.start(), m.end()) for m in re.finditer("Goma", text)]
    assert len(find_relations(text, spans)) == 400
    assert time.perf_counter() - started < 5.0
