"""The tables of actors and of their names in other languages: checked, and copied as they are."""

import csv
import re
import shutil
from collections import Counter
from itertools import combinations
from pathlib import Path

CURATED = Path(__file__).parent / "curated"
KINDS = {"state", "authority", "group", "coalition", "part"}
LANGUAGES = {"ar", "tr", "fr", "ru", "es", "uk"}
YEARS = r"(?:\d{4}-(?:\d{4})?|-\d{4})"
BACKER = rf"[A-Z]{{2}}(?: {YEARS})?"

Row = dict[str, str]


def build(out: Path, cache: Path) -> None:  # noqa: ARG001 - one signature for all recipes
    actors, names, countries = (rows(f"{table}.csv") for table in ("actors", "actor_names", "countries"))
    if faults := [*faults_of_actors(actors), *faults_of_names(names, actors, countries)]:
        raise ValueError("; ".join(faults))
    for table in ("actors", "actor_names"):
        shutil.copyfile(CURATED / f"{table}.csv", out / f"{table}.csv")


def rows(name: str) -> list[Row]:
    with (CURATED / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def faults_of_actors(actors: list[Row]) -> list[str]:
    """Return what is wrong with the rows, alone and together, in words."""
    named = {row["name"]: row for row in actors}
    faults = [f"actors.csv: {fault}" for row in actors for fault in faults_of(row, named)]
    for column in ("name", "tag"):
        counted = Counter(row[column] for row in actors if row[column])
        faults += [f"actors.csv: {column} {value!r} stands twice" for value, times in counted.items() if times > 1]
    return faults + [f"actors.csv: {fault}" for fault in collisions(actors)]


def faults_of(row: Row, named: dict[str, Row]) -> list[str]:
    """Return what is wrong with one row."""
    name, part, faults = row["name"], row["kind"] == "part", []
    if row["kind"] not in KINDS:
        faults.append(f"{name}: kind {row['kind']!r} is none of {', '.join(sorted(KINDS))}")
    if not re.fullmatch("" if part else r"[A-Z0-9]{2,4}", row["tag"]):
        faults.append(f"{name}: tag {row['tag']!r} is not 2 to 4 capitals, and none for a part")
    if part != bool(row["of"]) or (part and named.get(row["of"], {"kind": "part"})["kind"] == "part"):
        faults.append(f"{name}: only a part is of others, which are no part: of {row['of']!r}")
    if not all(re.fullmatch(r"[A-Z]{2}", code) for code in f"{row['country']} {row['context']}".split()):
        faults.append(f"{name}: {row['country']} {row['context']} are not all ISO country codes")
    if row["words"] and not (row["context"] or row["country"]):
        faults.append(f"{name}: common words without a country in which they mean it")
    if not re.fullmatch(f"(?:{YEARS})?", row["years"]):
        faults.append(f"{name}: years {row['years']!r} are not such as '2012-2018', '2016-' or '-2009'")
    if not all(re.fullmatch(BACKER, backer) for backer in several(row["backed_by"])):
        faults.append(f"{name}: backed_by {row['backed_by']!r} is not such as 'TR 2016-; QA 2012-2018'")
    return faults + untidy(row)


def untidy(row: Row) -> list[str]:
    cells = [row["aliases"], row["words"]]
    names = [name for cell in cells if cell for name in cell.split(";")]
    tidy = all(name and name == " ".join(name.split()) for name in names) and len(set(names)) == len(names)
    return [] if tidy else [f"{row['name']}: a name is empty, stands twice or has blanks around it"]


def collisions(actors: list[Row]) -> list[str]:
    """Return the names that mean two rows: everywhere, or in one country in the same year."""
    owners: dict[tuple[str, str], list[Row]] = {}
    for row in actors:
        own = [] if row["name"] in several(row["words"]) else [row["name"]]
        for alias in (*own, *several(row["aliases"])):
            owners.setdefault((alias, "everywhere"), []).append(row)
        for word in several(row["words"]):
            for country in (row["context"] or row["country"]).split():
                owners.setdefault((word, country), []).append(row)
    return [
        f"{name!r} ({where}) means {' and '.join(sorted([one['name'], other['name']]))}"
        for (name, where), all_ in owners.items()
        for one, other in combinations(all_, 2)
        if one["name"] != other["name"] and (where == "everywhere" or _at_one_time(one, other))
    ]


def _at_one_time(one: Row, other: Row) -> bool:
    """Whether the common words of two rows mean them in one and the same year."""
    (since, until), (start, end) = _years(one), _years(other)
    return since <= end and start <= until


def _years(row: Row) -> tuple[int, int]:
    since, _, until = row["years"].partition("-")
    return int(since or 0), int(until or 9999)


def faults_of_names(names: list[Row], actors: list[Row], countries: list[Row]) -> list[str]:
    """Return what is wrong with the names in other languages."""
    known = {row["name"] for row in (*actors, *countries)}
    faults = [f"{row['name']}: neither an actor nor a country" for row in names if row["name"] not in known]
    faults += [f"{row['name']}: language {row['lang']!r}" for row in names if row["lang"] not in LANGUAGES]
    faults += [fault for row in names for fault in untidy(row)]
    counted = Counter((row["lang"], alias) for row in names for alias in several(row["aliases"]))
    counted += Counter({(row["lang"], row["name"]): 1 for row in names if not row["aliases"] and not row["words"]})
    faults += [f"{alias!r} ({lang}) stands twice or is empty" for (lang, alias), times in counted.items() if times > 1]
    twice = Counter((row["name"], row["lang"]) for row in names)
    faults += [f"{name} has two rows in {lang!r}" for (name, lang), times in twice.items() if times > 1]
    return [f"actor_names.csv: {fault}" for fault in faults]


def several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]
