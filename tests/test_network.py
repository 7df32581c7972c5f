"""Downloads and patience with services, against a server on this machine."""

import itertools
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256

import pytest
from service import Reply

from geomap import __version__
from geomap.errors import ServiceError
from geomap.network import BusyError, Pacing, fetch, user_agent

BODY = bytes(range(256)) * 2000


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now, self.slept = 1000.0, []

    def time(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


def pacing(clock, **choice):
    return Pacing(clock=clock.time, sleep=clock.sleep, **choice)


def test_a_download_is_whole_and_says_what_it_is(service, tmp_path):
    service.says(Reply(BODY, headers={"Last-Modified": "Sat, 21 Nov 2020 03:04:05 GMT"}))
    seen = []
    got = fetch(f"{service.url}/SY.zip", tmp_path / "SY.zip", progress=lambda *progress: seen.append(progress))
    assert (tmp_path / "SY.zip").read_bytes() == BODY
    assert (got.size, got.sha256) == (len(BODY), sha256(BODY).hexdigest())
    assert got.modified == datetime(2020, 11, 21, 3, 4, 5, tzinfo=UTC)
    assert seen[-1] == (len(BODY), len(BODY))
    assert service.requests[0].headers["User-Agent"] == user_agent()


def test_redirects_are_followed(service, tmp_path):
    service.says(Reply(status=302, headers={"Location": "/mirror/SY.zip"}), Reply(BODY))
    got = fetch(f"{service.url}/SY.zip", tmp_path / "SY.zip")
    assert got.url == f"{service.url}/mirror/SY.zip"
    assert got.size == len(BODY)


def test_a_download_that_breaks_off_is_begun_again(service, tmp_path, clock):
    service.says(Reply(BODY[:100], missing=900), Reply(BODY))
    assert fetch(service.url, tmp_path / "file", pacing=pacing(clock, first_wait_s=3)).size == len(BODY)
    assert (tmp_path / "file").read_bytes() == BODY
    assert clock.slept == [3]


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_busy_service_is_asked_again_with_growing_waits(service, tmp_path, clock, status):
    service.says(Reply(status=status), Reply(status=status), Reply(BODY))
    fetch(service.url, tmp_path / "file", pacing=pacing(clock, first_wait_s=2))
    assert clock.slept == [2, 4]


def test_the_wait_a_service_asks_for_is_kept(service, tmp_path, clock):
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    service.says(
        Reply(status=429, headers={"Retry-After": "17"}), Reply(status=503, headers={"Retry-After": soon}), Reply(BODY)
    )
    fetch(service.url, tmp_path / "file", pacing=pacing(clock))
    assert clock.slept[0] == 17
    assert clock.slept[1] == pytest.approx(30, abs=3)


def test_a_service_that_asks_for_hours_is_given_up(service, tmp_path, clock):
    service.says(Reply(status=429, headers={"Retry-After": "7200"}))
    with pytest.raises(BusyError, match="429"):
        fetch(service.url, tmp_path / "file", pacing=pacing(clock))
    assert (len(service.requests), clock.slept) == (1, [])


def test_a_service_that_stays_busy_is_given_up(service, tmp_path, clock):
    service.says(Reply(status=500))
    with pytest.raises(ServiceError, match=r"answers 500 .*try later"):
        fetch(service.url, tmp_path / "file", pacing=pacing(clock, retries=2))
    assert len(service.requests) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_is_final(service, tmp_path, clock, status):
    service.says(Reply(b"no", status=status))
    with pytest.raises(ServiceError, match=str(status)) as raised:
        fetch(service.url, tmp_path / "file", pacing=pacing(clock))
    assert (len(service.requests), clock.slept) == (1, [])
    assert isinstance(raised.value.__cause__, FileNotFoundError) is (status in {404, 410})


def test_silence_ends(service, tmp_path, clock):
    service.says(Reply(silent=True))
    with pytest.raises(ServiceError, match=r"did not answer within 0\.1 s"):
        fetch(service.url, tmp_path / "file", pacing=pacing(clock, retries=0), timeout_s=0.1)


def test_nobody_there(tmp_path, clock):
    with pytest.raises(ServiceError, match="cannot be reached"):
        fetch("http://127.0.0.1:1/SY.zip", tmp_path / "file", pacing=pacing(clock, retries=1))


@pytest.mark.parametrize("url", ["", "SY.zip", "ftp://127.0.0.1/SY.zip", "http://"])
def test_no_address(tmp_path, url):
    with pytest.raises(ServiceError, match="check the address"):
        fetch(url, tmp_path / "file", pacing=Pacing(retries=0))


def test_requests_keep_their_distance(clock):
    pace = pacing(clock, apart_s=1.0)
    asked = []
    for pause in (0.0, 0.25, 5.0):
        clock.now += pause
        pace.ask(lambda: asked.append(clock.now))
    assert [later - sooner for sooner, later in itertools.pairwise(asked)] == [1.0, 5.0]


def test_distance_is_kept_from_what_an_earlier_run_asked(clock):
    pacing(clock, apart_s=1.0, last=clock.now - 0.4).ask(lambda: None)
    assert clock.slept == [pytest.approx(0.6)]


def test_a_clock_set_back_stops_nobody(clock):
    pacing(clock, apart_s=1.0, last=clock.now + 86_400).ask(lambda: None)
    assert clock.slept == [1.0]


def test_the_agent_is_honest():
    assert user_agent() == f"geomap/{__version__}"
    assert user_agent("desk@example.org") == f"geomap/{__version__} (desk@example.org)"
