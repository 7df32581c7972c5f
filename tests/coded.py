"""Made-up rows of tables of coded events, in the columns of those who publish such tables."""

from __future__ import annotations

from geomap.models import Place, PlaceRef

ACLED_COLUMNS = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
    "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location "
    "latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
).split()


def acled_row(**cells: object) -> dict[str, object]:
    """A clash between two groups near a town, as ACLED would code it; cells are changed by name."""
    row = dict.fromkeys(ACLED_COLUMNS, "") | {
        "event_id_cnty": "SYR1",
        "event_date": "2019-10-12",
        "year": "2019",
        "time_precision": "1",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "QSD: Syrian Democratic Forces",
        "inter1": "Rebel group",
        "actor2": "Military Forces of Turkey (2016-)",
        "inter2": "External/Other forces",
        "iso": "760",
        "country": "Syria",
        "admin1": "Al Hasakeh",
        "location": "Tal Bir",
        "latitude": "36.65",
        "longitude": "40.37",
        "geo_precision": "1",
        "source": "Border Monitor; Plain Post",
        "notes": "On 12 October 2019, two forces fought over the grain silos of Tal Bir.",
        "fatalities": "2",
    }
    return row | cells


def rows_of(*rows: dict[str, object]) -> list[tuple[str, dict[str, object]]]:
    """Rows with the lines they stand on, under a header."""
    return [(f"line {n}", row) for n, row in enumerate(rows, 2)]


SYRIA = Place("user:syria", "Syria", 38.5, 35.0, "SY", feature="A.PCLI", precision_m=444_000.0)
TURKEY = Place("user:turkey", "Turkey", 35.0, 39.0, "TR", feature="A.PCLI", precision_m=800_000.0)
HASAKAH = Place("user:hasakah", "Hasakah", 40.8, 36.4, "SY", feature="A.ADM1", precision_m=152_000.0)
TOWN = Place("user:tal-bir", "Tal Bir", 40.37, 36.65, "SY", precision_m=3_000.0)

_KNOWN = {
    "Syria": SYRIA,
    "Turkey": TURKEY,
    "Al Hasakeh province, Syria": HASAKAH,
    "Al Hasakah province, Syria": HASAKAH,
    "Tal Bir, Al Hasakeh, Syria": TOWN,
}


def resolve(name: str) -> PlaceRef:
    """The places these rows name, as a gazetteer would find them."""
    place = _KNOWN.get(name)
    return PlaceRef(name, place, "only place of that name" if place else "no place of that name is known")


GDELT_COLUMNS = tuple(
    (
        "globaleventid sqldate monthyear year fractiondate actor1code actor1name actor1countrycode "
        "actor1knowngroupcode actor1ethniccode actor1religion1code actor1religion2code actor1type1code "
        "actor1type2code actor1type3code actor2code actor2name actor2countrycode actor2knowngroupcode "
        "actor2ethniccode actor2religion1code actor2religion2code actor2type1code actor2type2code actor2type3code "
        "isrootevent eventcode eventbasecode eventrootcode quadclass goldsteinscale nummentions numsources "
        "numarticles avgtone actor1geo_type actor1geo_fullname actor1geo_countrycode actor1geo_adm1code "
        "actor1geo_lat actor1geo_long actor1geo_featureid actor2geo_type actor2geo_fullname actor2geo_countrycode "
        "actor2geo_adm1code actor2geo_lat actor2geo_long actor2geo_featureid actiongeo_type actiongeo_fullname "
        "actiongeo_countrycode actiongeo_adm1code actiongeo_lat actiongeo_long actiongeo_featureid dateadded sourceurl"
    ).split()
)
"""The 58 columns of a daily file of GDELT 1.0."""


def gdelt_row(**cells: object) -> dict[str, object]:
    """An air strike, as GDELT would code it from an article; cells are changed by name."""
    row = dict.fromkeys(GDELT_COLUMNS, "") | {
        "globaleventid": "880000001",
        "sqldate": "20191012",
        "actor1name": "TURKEY",
        "actor1countrycode": "TUR",
        "actor2name": "SYRIA",
        "eventcode": "195",
        "eventbasecode": "195",
        "eventrootcode": "19",
        "nummentions": "8",
        "numsources": "2",
        "numarticles": "7",
        "actiongeo_type": "4",
        "actiongeo_fullname": "Tal Bir, Al Hasakah, Syria",
        "actiongeo_countrycode": "SY",
        "actiongeo_lat": "36.65",
        "actiongeo_long": "40.37",
        "dateadded": "20191013",
        "sourceurl": "https://www.post.example/strike-on-tal-bir",
    }
    return row | cells


def ged_row(**cells: object) -> dict[str, object]:
    """Fighting between a government and a group, as UCDP would code it; cells are changed by name."""
    return {
        "id": "401", "type_of_violence": "1", "conflict_name": "Syria: Government", "side_a": "Government of Syria",
        "side_b": "IS", "source_office": "Plain Post", "source_date": "2019-10-14",
        "source_headline": "Fighting near Tal Bir", "where_prec": "1", "where_coordinates": "Tal Bir town",
        "adm_1": "Al Hasakeh", "adm_2": "Tal Bir district", "latitude": "36.65", "longitude": "40.37",
        "country": "Syria", "date_prec": "1", "date_start": "2019-10-12 00:00:00.000",
        "date_end": "2019-10-12 00:00:00.000", "best": "5", "low": "3", "high": "9",
    } | cells  # fmt: skip
