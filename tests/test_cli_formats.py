from click.testing import CliRunner

from geomap.cli import main
from geomap.exports import Format


def test_the_help_of_extract_names_every_format():
    shown = " ".join(CliRunner().invoke(main, ["extract", "--help"]).stdout.split())
    assert f"which overrides the suffix: {', '.join(Format)}." in shown
