"""`--online` as a user meets it: what is sent, what comes of it, and what a failing service does to a batch."""

import json

import pytest
from click.testing import CliRunner
from pages import data_of
from service import Reply

from geomap.cli import main
from geomap.gazetteer.online import service as asking

ZZYXQ = {
    "osm_type": "node", "osm_id": 7, "lat": "36.40", "lon": "38.30", "class": "place", "type": "village",
    "importance": 0.2, "name": "Zzyxqvort", "display_name": "Zzyxqvort, Aleppo, Syria",
    "address": {"state": "Aleppo", "country_code": "sy"}, "boundingbox": ["36.39", "36.41", "38.29", "38.31"],
}  # fmt: skip
REPORT = "Ten trucks of the Syrian army drove from Aleppo to the village of Zzyxqvort in northern Syria on Monday."


@pytest.fixture
def run(home, service, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(asking, "APART_S", 0.0)
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")

    def call(*args, url=True):
        options = ["--online", "--geocoder-url", service.url] if url else []
        result = CliRunner().invoke(main, [*map(str, args), *options])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return call


def answers(*things):
    return Reply(json.dumps(things).encode())


def test_find_asks_for_unknown_names_only_and_tells_each(run, service):
    service.says(answers(ZZYXQ))
    result = run("find", "Zzyxqvort", "Aleppo", "Zzyxqvort", "--json", "--contact", "desk@example.org")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["status"] for record in records] == ["resolved"] * 3
    assert records[0]["candidates"][0]["place"] == "osm:node/7"
    assert result.stderr == "asking nominatim for 'Zzyxqvort'\n"
    assert [request.query["q"] for request in service.requests] == ["Zzyxqvort"]
    assert "(desk@example.org)" in service.requests[0].headers["User-Agent"]


def test_a_second_run_asks_nothing(run, service):
    service.says(answers(ZZYXQ))
    run("find", "Zzyxqvort")
    again = run("find", "Zzyxqvort", "--json")
    assert json.loads(again.stdout)["status"] == "resolved"
    assert (again.stderr, len(service.requests)) == ("", 1)


def test_a_report_is_read_with_the_service_in_the_light_of_its_countries(run, service, tmp_path):
    service.says(answers(ZZYXQ))
    assert run("extract", "report.txt", "-o", "out.jsonl").exit_code == 0
    record = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))
    (movement,) = record["movements"]
    assert [end["place"] for end in movement["destination"]] == ["osm:node/7"]
    assert [request.query["q"] for request in service.requests] == ["Zzyxqvort"]
    assert "sy" in service.requests[0].query["countrycodes"].split(",")
    assert not [issue for issue in record["issues"] if "Zzyxqvort" in issue["message"] and issue["stage"] != "route"]


def test_an_end_that_only_its_place_in_the_sentence_tells_is_asked_for(run, service, tmp_path):
    service.says(answers(ZZYXQ | {"name": "Qara Zyxqabad"}))
    (tmp_path / "report.txt").write_text(REPORT.replace("the village of Zzyxqvort", "Qara Zyxqabad"), encoding="utf-8")
    run("extract", "report.txt", "-o", "out.jsonl")
    (movement,) = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))["movements"]
    assert [end["place"] for end in movement["destination"]] == ["osm:node/7"]
    assert [request.query["q"] for request in service.requests] == ["Qara Zyxqabad"]


def test_a_map_carries_the_notice_of_the_service(run, service, tmp_path):
    service.says(answers(ZZYXQ))
    assert run("map", "report.txt", "-o", "map.html").exit_code == 0
    assert "Places that nominatim was asked for" in json.dumps(data_of((tmp_path / "map.html").read_text("utf-8")))


@pytest.mark.parametrize(
    "reply", [Reply(status=403), Reply(b"<html>"), answers(ZZYXQ | {"address": {"country_code": "us"}})]
)
def test_what_a_service_cannot_say_becomes_an_issue_and_stops_nothing(run, service, tmp_path, reply):
    service.says(reply)
    result = run("extract", "report.txt", "-o", "out.jsonl")
    assert result.exit_code == 0
    record = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))
    assert [end["name"] for end in record["movements"][0]["origin"]] == ["Aleppo"]
    (message,) = [issue["message"] for issue in record["issues"] if issue["message"].startswith("Zzyxqvort: unknown")]
    assert "nominatim" in message


def test_nothing_is_asked_without_being_told(run, service):
    service.says(answers(ZZYXQ))
    assert run("find", "Zzyxqvort", url=False).exit_code == 1
    assert service.requests == []


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--geocoder", "photon"], "--geocoder says how to ask a service; add --online"),
        (["--contact", "me@example.org"], "add --online"),
        (["--geocoder-option", "a=b"], "--geocoder-option says how"),
        (["--online", "--geocoder", "nomi"], "geopy has no geocoder 'nomi'"),
        (["--online", "--geocoder", "mapbox"], "api_key"),
        (["--online", "--geocoder-option", "api_key"], "no NAME=VALUE"),
        (["--online", "--geocoder-url", "gopher://example.org"], "cannot be asked at"),
    ],
)
def test_wrong_usage(run, args, words):
    result = run("find", "Aleppo", *args, url=False)
    assert result.exit_code == 2
    assert words in result.stderr


def test_the_environment_may_say_how_without_asking(run, service, monkeypatch):
    monkeypatch.setenv("GEOMAP_GEOCODER_URL", service.url)
    monkeypatch.setenv("GEOMAP_CONTACT", "desk@example.org")
    service.says(answers(ZZYXQ))
    assert run("find", "Zzyxqvort", url=False).exit_code == 1
    assert service.requests == []
    assert run("find", "Zzyxqvort", "--online", url=False).exit_code == 0
    assert "(desk@example.org)" in service.requests[0].headers["User-Agent"]
