"""`--router` as a user meets it: what is sent, whose legs are whose, and what a failing router does to a batch."""

import json

import pytest
import routers
from click.testing import CliRunner
from pages import data_of
from routers import recorded
from service import Reply

from geomap.cli import main
from geomap.geometry.roads.servers import channels

REPORT = "A convoy of 12 trucks of the Ukrainian army drove from Poltava to Kharkiv on Thursday, the ministry said."


@pytest.fixture
def run(monkeypatch, tmp_path, service):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GEOMAP_ROUTER", raising=False)
    monkeypatch.setattr(channels, "FIRST_WAIT_S", 0.0)
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(REPORT, encoding="utf-8")

    def call(*args, env=None):
        result = CliRunner().invoke(main, [*map(str, args)], env=env)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return call


@pytest.mark.parametrize(("answer", "name"), [(routers.osrm, "OSRM"), (routers.valhalla, "Valhalla")])
def test_a_route_by_a_running_router(answer, name, run, service):
    service.answer = answer
    result = run("route", "36.50,40.75", "37.05,41.23", "--json", "--router", service.url)
    record = json.loads(result.stdout)
    assert [leg["by"] for leg in record["legs"]] == [name]
    assert record["length_m"] == pytest.approx(routers.metres(routers.bent([(40.75, 36.50), (41.23, 37.05)])), abs=1.0)
    assert result.stderr.splitlines() == [
        f"asking {service.url} which router it is",
        f"asking {name} at {service.url} for the road from 36.50000, 40.75000 to 37.05000, 41.23000",
    ]
    assert f"inferred by {name}" in run("route", "36.50,40.75", "37.05,41.23", "--router", service.url).stdout


def test_nothing_is_sent_without_the_option(run, service):
    assert run("route", "36.50,40.75", "37.05,41.23").exit_code == 0
    assert run("extract", "0.txt", "-o", "out.jsonl").exit_code == 0
    assert service.requests == []


def test_the_environment_names_a_router_as_well(run, service):
    service.answer = routers.osrm
    record = json.loads(run("route", "36.5,40.7", "37.0,41.2", "--json", env={"GEOMAP_ROUTER": service.url}).stdout)
    assert record["legs"][0]["by"] == "OSRM"


@pytest.mark.parametrize("attribution", [None, "Roads of the survey"])
def test_a_map_credits_the_data_and_hides_the_address(attribution, run, service, tmp_path):
    service.answer = routers.osrm
    options = ["--router-attribution", attribution] if attribution else []
    result = run("map", "0.txt", "-o", "map.html", "--router", service.url, *options)
    assert result.exit_code == 0
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    page += json.dumps(data_of(page), ensure_ascii=False)
    assert "Ways by road from OSRM" in page
    assert attribution is None or attribution in page
    assert service.url.removeprefix("http://") not in page


def test_the_same_way_of_many_reports_is_asked_for_once(run, service, tmp_path):
    service.answer = routers.valhalla
    run("extract", "0.txt", "1.txt", "2.txt", "-o", "out.jsonl", "--router", service.url)
    assert [request.path for request in service.requests] == ["/status", "/route"]
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["movements"][0]["legs"][0]["by"] for line in lines] == ["Valhalla"] * 3


@pytest.mark.parametrize(
    "answer", [Reply(b"<html>no</html>"), Reply(b"", 500), Reply(b"", 403), recorded("osrm NoSegment")]
)
def test_a_router_that_fails_costs_no_route(answer, run, service, tmp_path):
    service.says(answer)
    result = run("extract", "0.txt", "1.txt", "-o", "out.jsonl", "--router", service.url)
    assert result.exit_code == 0
    for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines():
        (movement,) = json.loads(line)["movements"]
        assert {leg["by"] for leg in movement["legs"]} == {None}
        assert movement["length_m"] > 100_000
    assert "is that of the shipped network" in result.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--router", "here"], "is no router; give"),
        (["--router", "tiles:none"], "no tiles at none"),
        (["--router-attribution", "x"], "name that with --router URL"),
    ],
)
def test_wrong_usage(options, words, run):
    result = run("route", "36.50,40.75", "37.05,41.23", *options)
    assert (result.exit_code, words in result.stderr) == (2, True)


def test_other_ways_are_asked_of_it(run, service):
    service.says(recorded("valhalla status"), recorded("valhalla route"), recorded("valhalla alternates"))
    a, b = (f"{lat},{lon}" for lon, lat in (routers.A, routers.B))
    shown = run("route", a, b, "--alternatives", "2", "--router", service.url).stdout
    assert shown.count("by Valhalla") == 3
    assert json.loads(service.requests[-1].body)["alternates"] == 2
