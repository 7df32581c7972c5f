"""What maps are measured beside: the same routes in every run, the same words to each, traces read right."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

BENCH = Path(__file__).parents[1] / "bench"
pytestmark = pytest.mark.skipif(not BENCH.is_dir(), reason="the benchmarks are in the repository, not in the package")


@pytest.fixture
def contestants(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    sys.modules.pop("map_contestants", None)
    import map_contestants

    return map_contestants


@pytest.fixture
def chromium(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    sys.modules.pop("map_chromium", None)
    import map_chromium

    return map_chromium


def test_routes_are_the_same_in_every_run_and_wind_from_town_to_town(contestants):
    made = contestants.made_up(40)
    again = contestants.made_up(40)
    assert made.rows == again.rows
    assert np.array_equal(made.lines, again.lines)
    assert made.lines.shape == (40, contestants.POINTS, 2)
    assert np.allclose(made.lines[:, [0, -1]], made.towns[made.ends])
    straight = np.hypot(*(made.lines[:, -1] - made.lines[:, 0]).T)
    length = np.hypot(*np.diff(made.lines, axis=1).transpose(2, 0, 1)).sum(axis=1)
    assert (length > 1.01 * straight).all()
    assert (length < 3 * straight).all()


def test_records_say_what_the_rows_say(contestants):
    made = contestants.made_up(20)
    reports, movements = contestants.records_of(made)
    assert {report.url for report in reports} == {row.url for row in made.rows}
    for row, one in zip(made.rows, movements, strict=True):
        assert (one.actor, one.status, one.provenance.quote) == (row.actor, row.status, row.quote)
        assert (one.origin[0].place.name, one.destination[0].place.name) == (row.origin, row.destination)
        assert one.date.start.isoformat() == row.day


@pytest.mark.parametrize("name", ["folium lines", "folium GeoJson", "bare canvas"])
def test_a_contestants_page_holds_every_route(contestants, tmp_path, name):
    made = contestants.made_up(5)
    path = tmp_path / "page.html"
    contestants.CONTESTANTS[name](made)(path)
    text = path.read_text(encoding="utf-8")
    if name == "bare canvas":
        assert "DATA" not in text
    else:
        assert all(row.quote in text for row in made.rows)


def test_trace_gives_tasks_frames_and_what_was_blocked(chromium):
    def event(name, at_ms, took_ms=0.0, **more):
        return {"name": name, "pid": 1, "tid": 2, "ts": 1000 * at_ms, "tdur": 1000 * took_ms} | more

    events = [
        event("RunTask", 1000, 20),
        event("FireAnimationFrame", 1020),
        event("RunTask", 1021, 80),
        event("RunTask", 1110, 30),
        event("FireAnimationFrame", 1140),
        event("RunTask", 1141, 1),
        event("FireAnimationFrame", 1160),
        event("RunTask", 1200, 500),
        event("RunTask", 1025, 900, tid=3),  # another thread
        event(chromium.MARK, 1300, args={"data": {"startTime": 400.0}}),
    ]
    trace = json.dumps({"traceEvents": events}).encode()
    whole = chromium.spent(trace)
    assert whole.total_ms == pytest.approx(631)
    assert whole.worst_ms == pytest.approx(500)
    assert whole.blocked_ms == pytest.approx(30 + 450)
    until = chromium.spent(trace, 130.0)  # 1,030 of the trace; the second frame from there is at 1,160
    assert until.total_ms == pytest.approx(131)
    assert until.worst_ms == pytest.approx(110)
    assert until.fps == pytest.approx(1000 * 4 / (20 + 110 + 1000 / 60 + 1000 / 60))


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.js", "leaflet/dist/leaflet.js"),
        ("https://cdn.jsdelivr.net/npm/@scope/thing@6.2.0/css/all.min.css", "@scope/thing/css/all.min.css"),
        ("https://code.jquery.com/jquery-3.7.1.min.js", "jquery/dist/jquery.min.js"),
        ("https://cdn.jsdelivr.net/npm/@scope/thing@1/dist/main", "@scope/thing/dist/main.js"),
        ("https://elsewhere.example/thing.js", None),
    ],
)
def test_addresses_are_answered_from_packages(chromium, tmp_path, url, file):
    for name in (
        "leaflet/dist/leaflet.js",
        "@scope/thing/css/all.min.css",
        "jquery/dist/jquery.min.js",
        "@scope/thing/dist/main.js",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert chromium.package_file(url, tmp_path) == (tmp_path / file if file else None)
