from xml.etree import ElementTree as ET

from records import readings

from geomap import exports

KML = "{http://www.opengis.net/kml/2.2}"


def test_kml_has_time_spans_and_shows_text_as_text(tmp_path):
    path = tmp_path / "out.kml"
    exports.write(readings(), path)
    root = ET.parse(path).getroot()
    marks = list(root.iter(f"{KML}Placemark"))
    assert len(marks) == 11
    assert marks[0].findtext(f"{KML}name") == "Germany · convoy · Alfa · Bravo; Charlie"
    assert marks[0].findtext(f"{KML}TimeSpan/{KML}begin").startswith("2020-01-03")
    assert marks[0].findtext(f"{KML}TimeSpan/{KML}end").startswith("2020-01-04")
    assert "&lt;script&gt;" in marks[2].findtext(f"{KML}description")
