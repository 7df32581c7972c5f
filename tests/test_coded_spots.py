"""Places of coded events."""

from coded import HASAKAH, SYRIA, TURKEY, acled_row, resolve, rows_of

from geomap.reports.coded.acled import read_acled
from geomap.reports.coded.spots import COUNTRY, REGION, Spots


def test_each_name_is_looked_up_once_and_each_place_made_once():
    asked = []

    def counting(name):
        asked.append(name)
        return resolve(name)

    rows = [acled_row(event_id_cnty=f"SYR{n}", geo_precision=str(1 + n % 3)) for n in range(300)]
    incidents = read_acled(rows_of(*rows), "t", "t.csv", counting).incidents
    assert len(asked) == len(set(asked))
    assert len({id(incident.places[0]) for incident in incidents}) == 3


def test_an_area_across_the_antimeridian_holds_points_on_both_sides():
    from dataclasses import replace

    from geomap.models import PlaceRef

    chukotka = replace(HASAKAH, name="Chukotka", lon=178.0, lat=67.0, precision_m=500_000.0)
    spots = Spots(lambda name: PlaceRef(name, chukotka, ""))
    found = spots.region("Chukotka", REGION, (-175.0, 66.0), asked=["Chukotka"], reason="")
    assert found.place == chukotka


def test_a_country_is_not_taken_for_a_province_nor_the_other_way_round():
    spots = Spots(resolve)
    assert spots.region("Syria", REGION, None, asked=["Syria"], reason="") is None
    assert spots.region("Syria", COUNTRY, None, asked=["Turkey province", "Syria"], reason="").place == SYRIA
    assert spots.country_of("Turkey") == TURKEY.country
    assert spots.country_of("Atlantis") is None
    assert spots.country_of("") is None
