"""What every test stands on: an empty folder in place of the user's own, and a server on this machine for the web's."""

import pytest
import service as local


@pytest.fixture(scope="session", autouse=True)
def _no_home(tmp_path_factory):
    """Keep the places that the person running the tests has added, and their router, out of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("GEOMAP_ROUTER", raising=False)
        patch.setenv("GEOMAP_HOME", str(tmp_path_factory.mktemp("no-home")))
        yield


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Give a test a folder of its own to add places to."""
    folder = tmp_path / "home"
    monkeypatch.setenv("GEOMAP_HOME", str(folder))
    return folder


@pytest.fixture
def service(monkeypatch):
    """Run a server that answers as it is told."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with local.running() as running:
        yield running
