import json

from records import TEXT, readings

from geomap import exports


def test_json_lines_hold_one_report_a_line(tmp_path):
    path = tmp_path / "out.jsonl"
    exports.write(readings(), path, keep_text=True)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["r1", "empty"]
    assert json.loads(lines[0])["text"] == TEXT
