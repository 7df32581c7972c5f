"""GeoNames' country dumps: from a server on this machine, and row by row."""

import pytest
from dumps import row, zipped
from service import Reply

from geomap.errors import InputError, ServiceError
from geomap.gazetteer.own.downloads import download_dump, read_dump
from geomap.network import Pacing

TEXT = (
    row(9001, "Tall Ḩamīs", 36.79, 41.22, population=350, alternates="Tal Hamis,Tall Hamis,تل حميس,tl hmys,TLH")
    + row(9002, "Al Mabrūkah", 36.61, 39.62, alternates="http://en.wikipedia.org/wiki/x,Mabrouka")
    + row(9003, "Sadd Tishrīn", 36.38, 38.18, "S.DAM")
    + row(9004, "Madrasat al Wahdah", 36.38, 38.18, "S.SCH")
    + row(9005, "Nāḩiyat Tall Ḩamīs", 36.8, 41.2, "A.ADM3")
    + row(9006, "Jabal Sinjār", 36.35, 41.8, "T.MTS", admin1="00")
    + row(9007, "Tall Ḩassān Qadīm", 36.35, 41.8, "P.PPLH")
)


@pytest.fixture
def read(tmp_path):
    def call(content, name="SY.txt", **choice):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_dump(path, "SY", source="geonames-sy", **choice)

    return call


@pytest.mark.parametrize(
    ("content", "name"),
    [(TEXT, "SY.txt"), (zipped(TEXT), "SY.zip"), (zipped(TEXT), "dump")],
    ids=["text", "archive", "unnamed"],
)
def test_a_dump_holds_what_reports_may_name(read, content, name):
    found = read(content, name)
    assert [entry.id for entry in found.entries] == [f"geonames:{number}" for number in (9001, 9002, 9003, 9005, 9006)]
    assert (found.bad, found.notes) == ((), ())


def test_a_row_becomes_a_place(read):
    town, farm, dam, unit, mountains = read(TEXT).entries
    assert (town.name, town.lat, town.lon) == ("Tall Hamis", 36.79, 41.22)
    assert (town.country, town.admin1_code, town.feature, town.population) == ("SY", "SY.02", "P.PPL", 350)
    assert town.source == "geonames-sy"
    assert town.local_name == "تل حميس"
    assert town.names == {"Tall Ḩamīs", "Tal Hamis", "Tall Hamis", "تل حميس"}
    assert farm.names == {"Al Mabrūkah", "Mabrouka"}
    assert dam.precision_m == 2000
    assert unit.precision_m > dam.precision_m
    assert mountains.admin1_code is None


def test_small_towns_can_be_left_out_and_other_places_stay(read):
    kept = {entry.name for entry in read(TEXT, least_population=1000).entries}
    assert kept == {"Sadd Tishrin", "Nahiyat Tall Hamis", "Jabal Sinjar"}


def test_bad_rows_are_listed_and_the_others_kept(read):
    good = "".join(row(number, f"Qaryat {number}", 36, 40) for number in range(1, 1001))
    found = read(good + row(5001, "Nowhere", 96.5, 40) + row(5002, "Neither", 36, "east") + "5003\tCut\tCut\n")
    assert len(found.entries) == 1000
    assert [(issue.report_id, issue.message.partition(":")[0]) for issue in found.bad] == [
        ("SY.txt", "row 1001"), ("SY.txt", "row 1002"), ("SY.txt", "row 1003"),
    ]  # fmt: skip
    messages = " ".join(issue.message for issue in found.bad)
    for words in ("lat '96.5' lies outside -90 to 90", "lon 'east' is no number", "has 3 columns"):
        assert words in messages


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        ("", "SY.txt", "is empty"),
        ("name,lat,lon\nRaqqa,35.9,39.0\n", "SY.csv", "no GeoNames dump"),
        (b"\xff\xfe\x00\x01" * 300, "SY.txt", "not in UTF-8"),
        (zipped(TEXT)[:-60], "SY.zip", "damaged or cut short"),
        (zipped(TEXT, "IQ")[:400], "SY.zip", "damaged or cut short"),
        (row(1, "Mosul", 36.3, 43.1, country="IQ") * 20, "SY.txt", "is in 'IQ', not in 'SY'"),
    ],
    ids=["empty", "csv", "bytes", "cut", "half", "country"],
)
def test_what_is_no_dump(read, content, name, words):
    with pytest.raises(InputError, match=words):
        read(content, name)


def test_a_damaged_archive_is_found_out(read):
    archive = bytearray(zipped(TEXT * 50))
    middle = len(archive) // 2
    archive[middle : middle + 20] = bytes(20)
    with pytest.raises(InputError, match="damaged or cut short"):
        read(bytes(archive), "SY.zip")


def test_an_archive_of_other_files(read, tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        archive.writestr("a.txt", "")
        archive.writestr("b.txt", "")
    with pytest.raises(InputError, match=r"holds a\.txt, b\.txt"):
        read((tmp_path / "many.zip").read_bytes(), "SY.zip")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (row("12a", "X", 36, 40), "geonameid '12a'"),
        (row("", "X", 36, 40), "geonameid ''"),
        (row(1, "X", 36, 40, population="9" * 400), "population '999"),
        (row(1, "X", 36, 40, population="many"), "population 'many'"),
        (row(1, " ", 36, 40), "has no name"),
    ],
    ids=["letters", "no-id", "endless", "words", "nameless"],
)
def test_cells_that_cannot_be(read, line, words):
    (issue,) = read("".join(row(number, "Qarya", 36, 40) for number in range(100)) + line).bad
    assert issue.message.startswith("row 101: ")
    assert words in issue.message


def test_no_file(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_dump(tmp_path / "SY.zip", "SY", source="geonames-sy")


def test_a_dump_is_downloaded_by_country(service, tmp_path):
    service.says(Reply(zipped(TEXT)))
    got = download_dump("sy", tmp_path / "SY.zip", url=f"{service.url}/export/dump/")
    assert service.requests[0].path == "/export/dump/SY.zip"
    assert got.size == (tmp_path / "SY.zip").stat().st_size
    assert len(read_dump(tmp_path / "SY.zip", "SY", source="geonames-sy").entries) == 5


def test_a_country_without_a_dump(service, tmp_path):
    service.says(Reply(b"<html>Not Found</html>", status=404))
    with pytest.raises(InputError, match="no dump of 'QQ'"):
        download_dump("QQ", tmp_path / "QQ.zip", url=service.url)


@pytest.mark.parametrize(
    "body",
    [b"<!DOCTYPE html><title>Log in to the hotel</title>", b"", zipped(TEXT)[:90]],
    ids=["page", "nothing", "half"],
)
def test_a_page_in_place_of_the_archive(service, tmp_path, body):
    service.says(Reply(body))
    with pytest.raises(ServiceError, match="no whole zip archive"):
        download_dump("SY", tmp_path / "SY.zip", url=service.url, pacing=Pacing(retries=0))
