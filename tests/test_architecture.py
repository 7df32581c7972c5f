"""Imports run one way, and heavy libraries wait until they are used."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "geomap"

ROOMS = [
    ["errors", "quantities", "shown", "terms"],
    ["models", "files", "schema", "datasets", "home", "network"],
    ["measures", "decode", "given", "windows", "written_days"],
    ["care", "grades"],
    ["gazetteer"],
    ["geometry"],
    ["tables"],
    ["drawing"],
    ["reports"],
    ["linking"],
    ["features", "frames"],
    ["serialize"],
    ["geocoder", "maps"],
    ["exports"],
    ["interop", "views"],
    ["scene"],
    ["pipeline"],
    ["reading"],
    ["answers"],
    ["console"],
    ["commands_area", "commands_data", "commands_online"],
    ["commands_route"],
    ["cli"],
    ["__main__"],
]
"""Rooms by height: a module may use its own room and lower ones."""

UPWARD = {("shown", "views")}
"""The one import against the arrow: a record that a notebook asks to show itself is drawn by a room above it. It is
made in a method, when it is called, so that records load nothing; see `geomap.shown`."""

HEAVY = [
    "dask",
    "folium",
    "geopandas",
    "geopy",
    "numpy",
    "pandas",
    "pyogrio",
    "pyproj",
    "scipy",
    "shapely",
    "spacy",
    "trafilatura",
]


def room_of(module: str) -> str:
    return module.split(".")[1]


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def imports_of(path: Path) -> set[str]:
    """The geomap modules that a file imports anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module == "geomap":
                found |= {f"geomap.{alias.name}" for alias in node.names if alias.name != "__version__"}
            else:
                found.add(node.module or "")
    return {name for name in found if name.startswith("geomap.")}


def height(room: str) -> int:
    return next(number for number, rooms in enumerate(ROOMS) if room in rooms)


def test_every_room_has_a_height():
    known = {room for rooms in ROOMS for room in rooms}
    assert {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in modules()} == known


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_back_along_the_arrow(path):
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for name in imports_of(path):
        other = room_of(name)
        allowed = other == room or height(other) < height(room) or (room, other) in UPWARD
        assert allowed, f"{room} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_stay_small(path):
    written = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(written) <= 400


@pytest.mark.parametrize("statement", ["import geomap", "import geomap.cli"])
def test_importing_loads_nothing_heavy(statement):
    code = f"import sys; {statement}; print(*sorted({set(HEAVY)!r} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == []


def test_the_library_does_not_print():
    talkers = [
        path.name
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert talkers == []
