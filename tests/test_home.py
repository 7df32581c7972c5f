"""The user's own folder and its lock."""

import subprocess
import sys
from pathlib import Path

import pytest

from geomap.errors import OutputError
from geomap.home import home, locked

HOLD = """
import sys
from pathlib import Path
from geomap.home import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_environment_names_the_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("GEOMAP_HOME", str(tmp_path / "own"))
    assert home() == tmp_path / "own"
    monkeypatch.setenv("GEOMAP_HOME", "~/own")
    assert home() == Path.home() / "own"


def test_without_it_the_system_does(monkeypatch):
    monkeypatch.delenv("GEOMAP_HOME")
    assert home().is_absolute()
    assert "geomap" in home().parts


def test_asking_for_the_folder_makes_none(monkeypatch, tmp_path):
    monkeypatch.setenv("GEOMAP_HOME", str(tmp_path / "own"))
    home()
    assert not (tmp_path / "own").exists()


def test_only_one_process_changes_it_and_a_killed_one_leaves_no_lock(tmp_path):
    folder = tmp_path / "places"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(OutputError, match="another geomap is changing it"), locked(folder):
            pass
        holder.kill()
    with locked(folder):
        pass


def test_a_file_in_the_way_of_the_folder(tmp_path):
    (tmp_path / "places").write_text("")
    with pytest.raises(OutputError, match="GEOMAP_HOME"), locked(tmp_path / "places"):
        pass
