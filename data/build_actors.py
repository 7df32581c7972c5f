"""The table of actors: checked, and copied as it is."""

import csv
import re
import shutil
from pathlib import Path

CURATED = Path(__file__).parent / "curated" / "actors.csv"
KINDS = {"state", "group", "coalition"}


def build(out: Path, cache: Path) -> None:  # noqa: ARG001 - one signature for all recipes
    with CURATED.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    names = [row["name"] for row in rows]
    if repeated := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"actors.csv: twice in the table: {', '.join(sorted(repeated))}")
    for row in rows:
        codes = f"{row['country']} {row['context']}".split()
        if row["kind"] not in KINDS:
            raise ValueError(f"actors.csv: {row['name']}: kind {row['kind']!r} is none of {', '.join(sorted(KINDS))}")
        if not re.fullmatch(r"[A-Z0-9]{2,4}", row["tag"]):
            raise ValueError(f"actors.csv: {row['name']}: tag {row['tag']!r} is not 2 to 4 capitals")
        if not all(re.fullmatch(r"[A-Z]{2}", code) for code in codes):
            raise ValueError(f"actors.csv: {row['name']}: {codes} are not all ISO country codes")
        if not all(alias.strip() == alias and alias for alias in row["aliases"].split(";")):
            raise ValueError(f"actors.csv: {row['name']}: an alias is empty or has blanks around it")
    shutil.copyfile(CURATED, out / "actors.csv")
