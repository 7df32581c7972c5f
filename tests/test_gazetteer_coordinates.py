"""Coordinates in all writings that reports, maps and spreadsheets use."""

import pytest

from geomap.errors import InputError
from geomap.gazetteer.coordinates import read


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("33.8, 42.4", 33.8, 42.4),
        ("33.8,42.4", 33.8, 42.4),
        ("33.8 42.4", 33.8, 42.4),
        ("33.8;42.4", 33.8, 42.4),
        ("33.8 / 42.4", 33.8, 42.4),
        ("33,8; 42,4", 33.8, 42.4),
        ("33,8 42,4", 33.8, 42.4),
        ("33,8, 42,4", 33.8, 42.4),
        ("34,38", 34.0, 38.0),
        ("-33.45, -70.66", -33.45, -70.66),
        ("−33.45, −70.66", -33.45, -70.66),
        ("+50.45 +30.52", 50.45, 30.52),
        ("(50.45, 30.52)", 50.45, 30.52),
        ("[50.45, 30.52]", 50.45, 30.52),
        ("@50.45,30.52", 50.45, 30.52),
        ("geo:50.45,30.52", 50.45, 30.52),
        ("50.45°, 30.52°", 50.45, 30.52),
        ("N33.8 E42.4", 33.8, 42.4),
        ("N 33.8, E 42.4", 33.8, 42.4),
        ("33.8N 42.4E", 33.8, 42.4),
        ("33.8° N, 42.4° E", 33.8, 42.4),
        ("42.4E 33.8N", 33.8, 42.4),
        ("E42.4 N33.8", 33.8, 42.4),
        ("1.67 south, 29.22 east", -1.67, 29.22),
        ("1.67S 29.22E", -1.67, 29.22),
        ("S1 40 12 E29 13 30", -1.67, 29.225),
        ("33°48'N 42°26'E", 33.8, 42.433333),
        ("33°48′10″N, 42°26′28″E", 33.802778, 42.441111),
        ("33° 48’ 10.5” N 42° 26’ 28.1” E", 33.802917, 42.441139),
        ("33º48'10''N 42º26'28''E", 33.802778, 42.441111),
        ("33°48.167'N 42°26.467'E", 33.802783, 42.441117),
        ("33d48m10sN 42d26m28sE", 33.802778, 42.441111),
        ("33-48-10N 042-26-28E", 33.802778, 42.441111),
        ("334810N 0422628E", 33.802778, 42.441111),
        ("3348N 04226E", 33.8, 42.433333),
        ("33:48:10N 42:26:28E", 33.802778, 42.441111),
        ("0°30'S 29°0'E", -0.5, 29.0),
        ("33°48'10\", 42°26'28\"", 33.802778, 42.441111),
        ("lat 33.8 lon 42.4", 33.8, 42.4),
        ("lat: 33.8, lon: 42.4", 33.8, 42.4),
        ("lat=33.8&lng=-42.4", 33.8, -42.4),
        ("Longitude 42.4, Latitude 33.8", 33.8, 42.4),
        ("48,595° с.ш. 38,0° в.д.", 48.595, 38.0),
        ("48.595 пн. ш. 38.001 сх. д.", 48.595, 38.001),
        ("٣٣٫٨، ٤٢٫٤", 33.8, 42.4),
        ("۳۴٫۳۱، ۴۷٫۰۶", 34.31, 47.06),
        ("٣٣٫٨ شمالا ٤٢٫٤ شرقا", 33.8, 42.4),
        ("90, 180", 90.0, 180.0),
        ("-90, -180", -90.0, -180.0),
        ("0, 0", 0.0, 0.0),
    ],
)
def test_a_writing_is_read(text, lat, lon):
    place = read(text)
    assert (place.lat, place.lon) == pytest.approx((lat, lon), abs=2e-6)


@pytest.mark.parametrize(
    ("text", "lat", "lon", "precision_m"),
    [
        ("31UDQ 48251 11932", 48.858, 2.2945, 100),
        ("31U DQ 482 119", 48.858, 2.2945, 100),
        ("31UDQ4811", 48.858, 2.2945, 800),
        ("18SUJ 23371 06519", 38.8895, -77.0353, 100),
        ("56H LH 3491 5207", -33.8568, 151.2153, 100),
    ],
)
def test_a_military_grid_reference_is_read(text, lat, lon, precision_m):
    """The Eiffel Tower, the Washington Monument and the Sydney Opera House."""
    place = read(text)
    assert (place.lat, place.lon) == pytest.approx((lat, lon), abs=0.011)
    assert place.precision_m == pytest.approx(precision_m, rel=0.15)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "12", "12 34", "1991", "2019 10", "12:30", "7 October 2023", "10.5 km", "M4 5",
        "Highway 4, 12", "1, 2, 3", "1.5S -3E", "-1.5 S 3 E",
        "33.8, 42.4, 100", "33.8", "33.8,", ", 42.4", "33.8,, 42.4", "nan, nan", "inf, 3", "1e5, 3", "0x10, 3",
        "33.8.1, 42.4", "T-72, T-90", "Kilometre 60.5 Nord", "E 40", "S-300 N-500", "5N 6", "1 2 3 4 5 6 7", "², ³",
        "①, ②",         "-, -", "N, E", "°, °", "33.8, 42.4 north of Hit", "Sector 33.8, 42.4", "9" * 70,
        "33.8, 42.4" + " " * 100 + "x", "4th Division, 42nd Brigade", "15 Khordad", "1.5 million", "37SDB",
    ],
)  # fmt: skip
def test_other_texts_are_no_coordinates(text):
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("133.8, 42.4", "other way round"),
        ("95, 10", "latitude 95 lies beyond 90"),
        ("-90.1, 10", "beyond 90"),
        ("10, 195", "longitude 195 beyond 180"),
        ("10, -180.5", "beyond 180"),
        ("142.4E 93.8N", "beyond 90"),
        ("200, 300", "beyond 90"),
        ("33°60'N 42°26'E", "60 minutes"),
        ("33°48'75\"N 42°26'28\"E", "60 minutes"),
        ("33N 42N", "one of N and S"),
        ("E33 W42", "one of N and S"),
        ("61SDB 12345 67890", "no square"),
    ],
)
def test_a_position_that_cannot_be_is_an_error(text, words):
    with pytest.raises(InputError, match=words):
        read(text)


@pytest.mark.parametrize(
    ("text", "precision_m"),
    [("34, 38", 55_598), ("33.8, 42.4", 5_560), ("33.80, 42.40", 556), ("33.8, 42.412", 5_560),
     ("33.8001, 42.4001", 100), ("33°48'N 42°26'E", 927), ("33°48'10\"N 42°26'28\"E", 100)],
)  # fmt: skip
def test_the_digits_written_tell_the_precision(text, precision_m):
    assert read(text).precision_m == pytest.approx(precision_m, abs=1)


@pytest.mark.parametrize(
    "text",
    ["33.8, 42.4", "33.80 42.40", "1.5S 3E", "34,38", "33°48'N 42°26'W", "S0 30 E29 0", "33°48'10.5\"N 42°26'28\"E",
     "31UDQ 48251 11932", "31UDQ4811", "٣٣٫٨، ٤٢٫٤", "-0.5, -0.25"],
)  # fmt: skip
def test_the_identity_reads_as_the_same_place(text):
    place = read(text)
    assert read(place.id.removeprefix("coordinates:")) == place
    assert read(place.name) == place
