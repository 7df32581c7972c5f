from pathlib import Path

import pytest

from geomap.errors import OutputError
from geomap.files import replacing, write_text


def test_a_folder_is_not_overwritten(tmp_path):
    with pytest.raises(OutputError, match="no ordinary file"):
        write_text(tmp_path, "x")


def test_failure_leaves_the_old_file_and_no_draft(tmp_path):
    path = tmp_path / "out.txt"
    path.write_text("old", encoding="utf-8")

    def fail():
        with replacing(path) as draft:
            draft.write_text("half", encoding="utf-8")
            raise KeyError("stop")

    with pytest.raises(KeyError):
        fail()
    assert [item.name for item in tmp_path.iterdir()] == ["out.txt"]
    assert path.read_text(encoding="utf-8") == "old"


def test_a_full_disk_is_an_output_error(tmp_path):
    def fail():
        with replacing(tmp_path / "out.txt"):
            raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="No space left"):
        fail()


def test_write_through_a_link_keeps_the_link(tmp_path):
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    link.symlink_to(real)
    write_text(link, "text\n")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "text\n"


def test_a_file_that_is_open_elsewhere_is_an_output_error(tmp_path, monkeypatch):
    path = tmp_path / "out.txt"
    path.write_text("old", encoding="utf-8")

    def refused(self, target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(OutputError, match=r"Permission denied\); close it if another program has it open"):
        write_text(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
