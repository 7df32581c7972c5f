"""The restated stories keep the facts that make the map."""

from datetime import date
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[1] / "seeds"

FACTS = {
    "2019-01-11-rmeilan-convoy": [
        "Thursday night", "Syrian Observatory for Human Rights", "10 armored vehicles", "Rmeilan", "Iraq",
        "Sean Ryan", "signed", "AFP", "Erdogan", "on Sunday",
    ],
    "m4-highway-and-ayn-issa-camp": [
        "on Sunday ordered", "1,000", "CNN", "785", "Ayn Issa", "M4", "30 to 35 kilometers", "safe zone",
        "Ministry of Defense", "130,000", "Esper", "On Saturday", "YPG", "SDF", "10,000",
    ],
    "kobani-road-meeting": [
        "between Tabqa and Kobani", "Qamishli", "Manbij", "30 km", "safe zone", "last Monday", "Ruptly",
        "could not be established",
    ],
    "convoys-to-ain-al-asad": [
        "on Saturday", "Ain al-Asad", "al-Maalomah", "160 km", "Baghdad", "December 29, 2019", "1,000", "2,000",
        "Parnell", "has not commented",
    ],
}  # fmt: skip


def test_there_is_one_file_a_story():
    assert {path.stem for path in SEEDS.iterdir()} == set(FACTS)


@pytest.mark.parametrize("name", FACTS)
def test_facts_are_kept(name):
    text = " ".join((SEEDS / f"{name}.md").read_text(encoding="utf-8").split())
    assert [fact for fact in FACTS[name] if fact not in text] == []


@pytest.mark.parametrize("name", FACTS)
def test_header_is_read_and_no_date_invented(name):
    from geomap.models import PlaceRef
    from geomap.reports.intake.load import load

    loaded = load([SEEDS / f"{name}.md"], resolve=PlaceRef)
    (report,) = loaded.reports
    assert loaded.issues == ()
    assert (report.id, report.lang) == (name, "en")
    assert report.title
    assert report.published == (date(2019, 1, 11) if name.startswith("2019-01-11") else None)


def test_what_the_map_shows():
    """The map of the four stories, as far as a reader would miss anything that went."""
    from geomap.pipeline import build

    scene = build(SEEDS)
    ends = {
        (" ".join(ref.text for ref in m.origin), " ".join(ref.text for ref in m.destination))
        for reading in scene.readings
        for m in reading.movements
    }
    told = {("Rmeilan", "Iraq"), ("Syria", "Ain al-Asad"), ("Kobani", ""), ("", "Kobani"), ("", "Qamishli Manbij")}
    assert told <= ends
    assert {name for pair in ends - told for name in pair} <= {"", "Syria", "northeastern Syria", "the country"}
    incidents = [(i.kind.value, ref.text) for reading in scene.readings for i in reading.incidents for ref in i.places]
    assert sorted(incidents) == [("sighting", "the highway between Tabqa and Kobani"), ("strike", "Ayn Issa")]
    kinds = sorted(area.kind.value for reading in scene.readings for area in reading.areas)
    assert kinds == ["highway_stretch", "safe_zone", "safe_zone"]
    zones = [a.status.value for r in scene.readings for a in r.areas if a.kind.value == "safe_zone"]
    assert zones == ["planned", "planned"]
    assert [issue.message for issue in scene.issue_records if issue.stage == "resolve"] == []
