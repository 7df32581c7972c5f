"""What a report says of depth, side, line and ends of a zone, in the words of many wars; and what it leaves alone."""

from datetime import date

import pytest

from geomap.errors import InputError
from geomap.gazetteer import Gazetteer
from geomap.geometry.areas import shape
from geomap.geometry.geodesy import area_m2
from geomap.models import Area, AreaKind, Range, Report
from geomap.reports.read import read
from geomap.reports.sizes import depth_of, length_of, width_of


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def areas(text: str, gazetteer: Gazetteer) -> tuple[Area, ...]:
    return read(Report("test", text, published=date(2024, 3, 15)), gazetteer).areas


def only(text: str, gazetteer: Gazetteer) -> Area:
    found = areas(text, gazetteer)
    assert len(found) == 1, [(a.kind, a.text) for a in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "low_km", "high_km"),
    [
        ("a zone 20 km deep along the frontier", 20, 20),
        ("a strip of land up to 8 km deep", 0, 8),
        ("a buffer zone of at least 15 kilometres on the Ukrainian side", 15, 22.5),
        ("a belt between 5 and 10 km wide", 5, 10),
        ("a 30- to 35-km deep security zone", 30, 35),
        ("three kilometres either side of the road", 3, 3),
        ("four kilometers to the north and four kilometers to the south of the road", 4, 4),
        ("an exclusion zone of 12 nautical miles around the island", 22.224, 22.224),
        ("a zone within 10 km of the ceasefire line", 10, 10),
        ("the zone reaches no more than 500 metres into Lebanon", 0, 0.5),
        ("weapons were pulled back 15 km on each side", 15, 15),
        ("a 2-mile-deep buffer zone", 3.218688, 3.218688),
    ],
)
def test_depths(text: str, low_km: float, high_km: float) -> None:
    found = depth_of(text)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low_km * 1000, high_km * 1000))


@pytest.mark.parametrize(
    "text",
    [
        "a town 5 km from the zone",
        "5 km north of Goma they set up a buffer zone",
        "the buffer zone was 15 km away",
        "they walked 20 km to a safe zone",
        "a stretch of the zone 180 km long",
        "a 98-kilometre (61-mile) area stretching from one town to the other",
        "a convoy came within 10 km",
    ],
)
def test_other_lengths_are_no_depths(text: str) -> None:
    assert depth_of(text) is None


def test_widths_and_lengths() -> None:
    assert width_of("a corridor 2 km wide") == Range(2000, 2000)
    assert width_of("a 10-kilometre-wide corridor") == Range(10_000, 10_000)
    assert width_of("a corridor 2 km long") is None
    assert length_of("25 km of the road") == Range(25_000, 25_000)
    assert length_of("within 25 km of the road") is None
    assert length_of("a safe zone in the 98-km area stretching from A to B") == Range(98_000, 98_000)


@pytest.mark.parametrize(
    ("text", "border", "km"),
    [
        ("A 2-kilometre demilitarised zone on either side of the Ethiopian-Eritrean border was agreed.", "ER ET", 2),
        ("Thailand and Cambodia agreed on a demilitarised zone 5 km deep on both sides of the Thai-Cambodian border.",
         "KH TH", 5),
        ("Colombia and Venezuela agreed on a 20-km security strip on either side of their common border.", "CO VE", 20),
        ("Seoul proposed a no-fly zone 20 km on either side of the Military Demarcation Line.", "KP KR", 20),
        ("The security zone would reach 15 km deep into Chad and Sudan along the Chad-Sudan border.", "SD TD", 15),
        ("Troops may not enter a zone 3 km deep on each side of the Armenia-Azerbaijan border.", "AM AZ", 3),
        ("Peru and Ecuador set up a demilitarized zone, 10 km on both sides of the Peru-Ecuador border.", "EC PE", 10),
        ("India and China keep a buffer zone of 1.5 km on each side of the India-China border.", "CN IN", 1.5),
        ("A buffer zone ten kilometres deep on each side of the border between Sudan and South Sudan was declared.",
         "SD SS", 10),
        ("Kuwait asked for a zone 5 km wide on either side of the Iraq-Kuwait border.", "IQ KW", 5),
    ],
)  # fmt: skip
def test_zones_on_both_sides_of_a_border(text: str, border: str, km: float, gazetteer: Gazetteer) -> None:
    plan = only(text, gazetteer).plan
    assert (" ".join(sorted(plan.border or ())), plan.both_sides, plan.side) == (border, True, None)
    assert plan.depth_m == Range(km * 1000, km * 1000)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Both sides agreed on a buffer zone 5 km deep inside Moldova along the Moldova-Ukraine border.", "MD"),
        ("Both sides of the conflict want a buffer zone 8 km deep in Mali along the Mali-Niger border.", "ML"),
        ("Saudi Arabia wants a demilitarised zone 20 km deep on the Yemeni side of the Saudi-Yemeni border.", "YE"),
        ("Pakistan has closed a strip 5 km wide along the Afghan-Pakistani border inside Pakistani territory.", "PK"),
        ("The junta set up a buffer zone 30 to 40 km deep inside Mali along the Mali-Niger border.", "ML"),
        ("Peacekeepers patrol a buffer zone 10 km deep north of the Blue Line.", "LB"),
        (
            "Rwandan troops occupy a strip between 5 and 10 km deep in eastern Congo along the Congo-Rwanda border.",
            "CD",
        ),
        ("Kenya will clear a security strip 5 km deep on its own side of the Kenya-Somalia border.", "KE"),
        ("Turkey holds a buffer zone 15 km deep south of the Turkish-Syrian border.", "SY"),
        ("Turkey declared a security zone 2 km deep north of the Turkish-Syrian border.", "TR"),
        ("Uganda's army cleared a belt 15 to 20 kilometres deep inside Congo along the Uganda-Congo border.", "CD"),
        ("Kigali maintains a buffer zone of some 10 km on the Congolese side of the border.", "CD"),
        ("The army will fence off a security zone 1 km deep along the Tajik-Afghan border on the Tajik side.", "TJ"),
        ("Vietnam keeps a buffer zone 3 km deep on the Vietnamese side of the border with China.", "VN"),
    ],
)
def test_zones_on_one_side_of_a_border(text: str, side: str, gazetteer: Gazetteer) -> None:
    plan = only(text, gazetteer).plan
    assert (plan.side, plan.both_sides) == (side, False)
    assert side in (plan.border or ())


@pytest.mark.parametrize(
    ("text", "line", "both", "bearing"),
    [
        ("Hezbollah must leave a 20-km buffer zone south of the Litani River.", "Litani River", False, 180.0),
        ("The government declared a security zone 10 km on each side of the White Nile.", "White Nile", True, None),
        ("In Syria a security corridor reaches 6 km deep to the north and 6 km deep to the south of the M4 highway.",
         "M4", True, None),
        ("The army declared a security zone 3 km either side of the road between Goma and Sake.",
         "the road between Goma and Sake", True, None),
        ("Kyiv wants a demilitarised zone 30 km deep east of the Dnipro River.", "Dnipro River", False, 90.0),
        ("Colombia's army closed a strip 2 km wide along the road from Cali to Popayan.",
         "the road from Cali to Popayan", False, None),
        ("China built posts in a buffer zone 4 km deep along the Line of Actual Control.",
         "Line of Actual Control", False, None),
        ("The rebels left a zone of 10 km on each side of the line of contact in Donetsk.", "line of contact", True,
         None),
        ("Iraq may not fly in the no-fly zone north of the 36th parallel in Iraq.", "36th parallel", False, 0.0),
        ("The junta set up a military zone 5 km deep on both sides of the Salween in Myanmar.", "Salween", True, None),
    ],
)  # fmt: skip
def test_zones_along_lines_that_are_no_borders(
    text: str, line: str, both: bool, bearing: float | None, gazetteer: Gazetteer
) -> None:
    plan = only(text, gazetteer).plan
    assert plan.line is not None
    assert (plan.line.text, plan.both_sides, plan.bearing) == (line, both, bearing)
    assert plan.border is None


def test_a_line_that_no_data_knows_is_not_invented(gazetteer: Gazetteer) -> None:
    plan = only("China built posts in a buffer zone 4 km deep along the Line of Actual Control.", gazetteer).plan
    assert plan.line is not None
    assert plan.line.place is None


@pytest.mark.parametrize(
    ("text", "kind", "ends"),
    [
        ("The front line runs from Kupiansk through Svatove to Kreminna.", "front", "Kupiansk Svatove Kreminna"),
        ("The front line stretches from Hodeidah through Taiz to Marib.", "front", "Hodeidah Taiz Marib"),
        ("The frontline now passes through Sake, Minova and Kalehe.", "front", "Sake Minova Kalehe"),
        ("The line of contact ran from Debaltseve via Horlivka to Donetsk.", "front", "Debaltseve Horlivka Donetsk"),
        ("The front line today stretches from Kherson via Orikhiv and Velyka Novosilka to Bakhmut.", "front",
         "Kherson Orikhiv Velyka Novosilka Bakhmut"),
        ("The front line between Sake and Kibumba has not moved.", "front", "Sake Kibumba"),
        ("A humanitarian corridor linking Sloviansk with Dnipro was opened.", "safe_zone", "Sloviansk Dnipro"),
        ("A humanitarian corridor from Mariupol to Zaporizhzhia was opened on Friday.", "safe_zone",
         "Mariupol Zaporizhzhia"),
        ("Aid agencies asked for a humanitarian corridor between Goma and Bukavu.", "safe_zone", "Goma Bukavu"),
        ("A 10-kilometre-wide corridor from Daraa to Sweida is held by the army.", "control", "Daraa Sweida"),
        ("The army opened a supply corridor between Khartoum and Omdurman.", "control", "Khartoum Omdurman"),
        ("Rebels cut the land corridor from Mekelle to Adigrat.", "control", "Mekelle Adigrat"),
        ("The sides agreed on humanitarian corridors from Aleppo to Idlib.", "safe_zone", "Aleppo Idlib"),
    ],
)  # fmt: skip
def test_fronts_and_corridors_reach_from_place_to_place(text: str, kind: str, ends: str, gazetteer: Gazetteer) -> None:
    area = only(text, gazetteer)
    assert (area.kind.value, " ".join(ref.text for ref in area.plan.ends)) == (kind, ends)
    if kind != "front" and len(area.plan.ends) == 2:
        assert area.plan.line is not None


@pytest.mark.parametrize(
    "text",
    [
        "An economic corridor from Kashgar to Gwadar is being built.",
        "The wildlife corridor between Nairobi and Mombasa helps elephants.",
        "Laos opened a special economic zone 20 km deep along the Laos-China border.",
        "Nurses on the front line between Leeds and York are tired.",
        "A free-trade zone on both sides of the Mexico-Guatemala border was agreed.",
        "Diplomats met in the corridor on their way from Geneva to Vienna.",
        "The army patrols a stretch of the road near Mopti.",
    ],
)
def test_corridors_and_zones_of_peace_are_left_alone(text: str, gazetteer: Gazetteer) -> None:
    assert areas(text, gazetteer) == ()


@pytest.mark.parametrize(
    ("text", "line", "bearing", "region"),
    [
        ("The SDF holds everything east of the Euphrates in Syria.", "Euphrates", 90.0, None),
        ("The opposition holds the countryside north of the M4 in Syria's Idlib province.", "M4", 0.0, "Idlib"),
        ("Ukraine controls all territory west of the Dnipro River.", "Dnipro River", 270.0, None),
        ("The RSF controls the area west of the White Nile in Sudan.", "White Nile", 270.0, None),
        (
            "The Taliban hold the land south of the Helmand River in Helmand province.",
            "Helmand River",
            180.0,
            "Helmand",
        ),
    ],
)
def test_land_on_one_side_of_a_line(
    text: str, line: str, bearing: float, region: str | None, gazetteer: Gazetteer
) -> None:
    area = only(text, gazetteer)
    assert area.kind is AreaKind.CONTROL
    assert area.plan.line is not None
    assert (area.plan.line.text, area.plan.bearing) == (line, bearing)
    assert (area.plan.region.text if area.plan.region else None) == region


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Turkish-backed factions hold the land between the M4 highway and the Turkish border in northern Syria.",
         ["M4", "the Turkish border"]),
        ("The Houthis hold the land between the Saudi border and the road from Saada to Hajjah in Yemen.",
         ["the Saudi border", "the road from Saada to Hajjah"]),
        ("Israel keeps the area between the Litani River and the Lebanon-Israel border under its control.", []),
        ("Lebanon's army controls the area between the Litani River and the Lebanon-Israel border.",
         ["Litani River", "the Lebanon-Israel border"]),
    ],
)  # fmt: skip
def test_land_between_two_lines(text: str, lines: list[str], gazetteer: Gazetteer) -> None:
    found = areas(text, gazetteer)
    assert [ref.text for area in found for ref in area.plan.between] == lines
    for ref in (ref for area in found for ref in area.plan.between):
        assert ref.place is not None
        assert ref.place.course is not None or ref.place.feature in {"H.STM", "R.RD"}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Rebels control the area between Kidal, Tessalit and Aguelhok in northern Mali.", "Kidal Tessalit Aguelhok"),
        ("The army holds the triangle between Raqqa, Tabqa and Ain Issa.", "Raqqa Tabqa Ain Issa"),
        ("The M23 occupies the land between Goma, Sake and Rutshuru.", "Goma Sake Rutshuru"),
    ],
)
def test_land_amid_places(text: str, places: str, gazetteer: Gazetteer) -> None:
    plan = only(text, gazetteer).plan
    assert " ".join(ref.text for ref in plan.between) == places


@pytest.mark.parametrize(
    ("text", "region", "without"),
    [
        ("The SDF controls all of Raqqa province except Tabqa.", "Raqqa", "Tabqa"),
        ("The Arakan Army holds all of Rakhine State except Sittwe, Kyaukphyu and Manaung.", "Rakhine",
         "Sittwe Kyaukphyu Manaung"),
        ("The M23 controls the whole of North Kivu apart from Beni.", "North Kivu", "Beni"),
        ("The RSF holds North Darfur with the exception of El Fasher.", "North Darfur", "El Fasher"),
        ("The SDF controls Hasakah province.", "Hasakah", ""),
    ],
)  # fmt: skip
def test_a_region_without_what_is_left_out_of_it(text: str, region: str, without: str, gazetteer: Gazetteer) -> None:
    plan = only(text, gazetteer).plan
    assert plan.region is not None
    assert plan.region.text.startswith(region)
    assert " ".join(ref.text for ref in plan.without) == without


@pytest.mark.parametrize(
    ("text", "line", "km"),
    [
        ("The army reopened 12 km of the Maiduguri–Damaturu road.", "the Maiduguri–Damaturu road", 12),
        ("Militants hold a 40 km stretch of the Maiduguri-Damaturu highway.", "the Maiduguri-Damaturu highway", 40),
        ("Rebels hold a 15 km stretch of the road between Goma and Rutshuru.", "the road between Goma and Rutshuru",
         15),
        ("Insurgents cut a 40-kilometre section of the highway linking Mopti with Douentza.",
         "the highway linking Mopti with Douentza", 40),
        ("Rebels control 25 km of the road between Bambari and Bria.", "the road between Bambari and Bria", 25),
        ("Troops cleared 30 km of the road from Palma to Mueda of mines.", "the road from Palma to Mueda", 30),
        ("The RSF controls the road from Nyala to El Geneina.", "the road from Nyala to El Geneina", None),
        ("The guerrillas cut the Cali-Popayan road for 12 km.", "the Cali-Popayan road", 12),
        ("The highway between Kandahar and Kabul is under Taliban control.", "The highway between Kandahar and Kabul",
         None),
        ("The Tabqa–Raqqa road is controlled by the SDF.", "The Tabqa–Raqqa road", None),
    ],
)  # fmt: skip
def test_stretches_of_roads_without_a_number(text: str, line: str, km: float | None, gazetteer: Gazetteer) -> None:
    area = only(text, gazetteer)
    assert area.kind is AreaKind.HIGHWAY_STRETCH
    assert area.plan.line is not None
    assert area.plan.line.text == line
    assert area.plan.line.place is not None
    assert area.plan.length_m == (Range(km * 1000, km * 1000) if km else None)


@pytest.mark.parametrize(
    "text",
    [
        "The convoy drove 12 km of the Maiduguri–Damaturu road before dark.",
        "The Raqqa–Tabqa road is 40 km long.",
        "The ministry controls the tolls on the road from Nyala to El Geneina.",
        "Government forces hold Kordofan's capital.",
        "Everything east of the river was calm, the SDF said.",
        "The area between hope and despair is held by nobody.",
    ],
)
def test_roads_and_land_that_nobody_holds(text: str, gazetteer: Gazetteer) -> None:
    assert areas(text, gazetteer) == ()


@pytest.mark.parametrize(
    ("text", "kind", "least_km2", "most_km2"),
    [
        ("The sides agreed on a demilitarised zone 2 km deep on both sides of the Thai-Cambodian border.", "Polygon",
         2000, 4000),
        ("The army declared a security zone 3 km either side of the road between Goma and Sake.", "Polygon", 30, 300),
        ("A humanitarian corridor from Goma to Rutshuru was opened on Friday.", "Polygon", 60, 300),
        ("Rebels control the area between Kidal, Tessalit and Aguelhok in northern Mali.", "Polygon", 3000, 12_000),
        ("The SDF controls all of Raqqa province except Tabqa.", "Polygon", 17_000, 21_000),
        ("The SDF holds everything east of the Euphrates in Syria.", "Polygon", 40_000, 60_000),
        ("The front line runs from Kupiansk through Svatove to Kreminna.", "LineString", 0, 0),
        ("The army reopened 12 km of the Maiduguri–Damaturu road.", "LineString", 0, 0),
        ("The RSF controls the road from Nyala to El Geneina.", "LineString", 0, 0),
    ],
)  # fmt: skip
def test_what_is_read_is_drawn(text: str, kind: str, least_km2: float, most_km2: float, gazetteer: Gazetteer) -> None:
    drawn = shape(only(text, gazetteer).plan)
    assert drawn.geometry.geom_type.removeprefix("Multi") == kind
    assert least_km2 <= area_m2(drawn.geometry) / 1e6 <= most_km2


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("China built posts in a buffer zone 4 km deep along the Line of Actual Control.", "Line of Actual Control"),
        ("Korea's armies left a demilitarised zone 4 km wide along the Korean border.", "which side"),
    ],
)
def test_what_is_not_told_is_not_drawn(text: str, match: str, gazetteer: Gazetteer) -> None:
    with pytest.raises(InputError, match=match):
        shape(only(text, gazetteer).plan)
