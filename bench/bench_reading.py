#!/usr/bin/env python3
"""What is read from labelled reports, how much of it is right, and how fast, in one run.

    python bench/bench_reading.py [--held] [--moves FILE ...] [--geo FILE ...] [--texts FOLDER]
                                  [--sizes 100 1000 10000] [--parse 1000] [--cpu]

For each file of labelled reports: precision, recall and F1 of movements, the slots of those found, the share of reports
without a movement in which one is read, and the same by language and by what the report tries. ``--moves`` takes other
files of the format of ``tests/dispatches/README.md`` in place of the dispatches; the text of a row without one is taken
from ``ID.txt`` in the folder of ``--texts``. ``--held`` adds the dispatches that nothing is tuned on. ``--geo`` takes
files with the place names of texts: F1 of names read, located, and within 161 km of where they are.

Speed: reports made of sentences of the open English dispatches, each different. Reading them is timed at several sizes,
each in a process of its own, with the most memory it held; spaCy's whole pipeline is timed on the same texts, one core
for both. ``--sizes`` without a number leaves speed out.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import reading_scores as scores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geomap import Gazetteer

Labels = dict[str, Any]

DISPATCHES = Path(__file__).resolve().parents[1] / "tests" / "dispatches"
FEWEST = 3
"""Reports that a phenomenon needs to have a line of its own."""
SENTENCES = (3, 8)
"""Fewest and most sentences of a made report."""
ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def rows(path: Path) -> list[Labels]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def labelled(path: Path, texts: Path | None) -> list[Labels]:
    """Return the rows of a file, each with its text."""
    found = rows(path)
    for row in found:
        if "text" not in row:
            if texts is None:
                sys.exit(f"{path}: {row['id']} has no text; name the folder of the texts with --texts")
            row["text"] = (texts / f"{row['id']}.txt").read_text(encoding="utf-8")
    return found


def score_file(found: list[Labels], gazetteer: Gazetteer) -> list[tuple[Labels, scores.Tally]]:
    from geomap.models import Report
    from geomap.reports.read import read

    tallies = []
    for row in found:
        published = date.fromisoformat(row["published"]) if row.get("published") else None
        reading = read(Report(row["id"], row["text"], published=published), gazetteer)
        tallies.append((row, scores.score_reading(reading, row)))
    return tallies


def total(tallies: Iterable[scores.Tally]) -> scores.Tally:
    out = scores.Tally()
    for tally in tallies:
        out.add(tally)
    return out


def line(name: str, tally: scores.Tally) -> str:
    alarms = f"{tally.alarms}/{tally.quiet}" if tally.quiet else "–"
    told = tally.right + tally.missed
    rates = f"{tally.precision:8.3f}{tally.recall:8.3f}{tally.f1:8.3f}" if told else f"{'–':>8}{'–':>8}{'–':>8}"
    return f"  {name:20}{tally.reports:8}{told:11}{rates}{alarms:>14}"


def moves_table(name: str, tallies: list[tuple[Labels, scores.Tally]]) -> None:
    """Print the scores of a file, then by language and phenomenon where the file tells them."""
    whole = total(tally for _, tally in tallies)
    print(f"\n{name}\n  {'':20}{'reports':>8}{'movements':>11}{'P':>8}{'R':>8}{'F1':>8}{'false alarms':>14}")
    print(line("all", whole))
    for asked in (scores.SLOTS, scores.OTHERS):
        shares = ((slot, whole.share(slot)) for slot in asked)
        print("  " + "  ".join(f"{slot} {'–' if share is None else format(share, '.3f')}" for slot, share in shares))
    spurious = [(slot, whole.slots[slot, "spurious"]) for slot in scores.SLOTS]
    print("  given where nothing is told: " + (", ".join(f"{slot} {n}" for slot, n in spurious if n) or "nothing"))
    for key in ("lang", "phenomena"):
        groups: dict[str, list[scores.Tally]] = defaultdict(list)
        for row, tally in tallies:
            for value in [row[key]] if isinstance(row.get(key), str) else row.get(key, ()):
                groups[value].append(tally)
        if len(groups) > 1:
            for value, group in sorted(groups.items()):
                if key == "lang" or len(group) >= FEWEST:
                    print(line(value, total(group)))


def names_table(paths: list[Path], gazetteer: Gazetteer) -> None:
    from geomap.models import Report
    from geomap.reports.read import read

    print(f"\n{'place names':22}{'texts':>8}{'names':>8}{'P':>8}{'R':>8}{'F1':>8}")
    for path in paths:
        found = rows(path)
        whole = scores.Names()
        for row in found:
            one = scores.score_names(read(Report(str(row["id"]), row["text"]), gazetteer).mentions, row)
            whole = scores.Names(whole.labelled + one.labelled, whole.read + one.read, whole.right + one.right)
        precision, recall = whole.right / max(1, whole.read), whole.right / max(1, whole.labelled)
        print(f"  {path.stem:20}{len(found):8}{whole.labelled:8}{precision:8.3f}{recall:8.3f}{whole.f1:8.3f}")


def made(count: int) -> list[str]:
    """Return as many different reports, made of sentences of the open English dispatches."""
    dice = random.Random(4)
    sentences = [
        part for row in rows(DISPATCHES / "open_en.jsonl") for part in re.split(r"(?<=[.!?])\s+(?=[A-Z])", row["text"])
    ]
    return [" ".join(dice.sample(sentences, dice.randint(*SENTENCES))) for _ in range(count)]


def timed(task: dict[str, Any]) -> dict[str, float]:
    """Return seconds, tokens and MiB for reading, or parsing, made reports; runs in a process of its own."""
    clock = time.process_time if task["cpu"] else time.perf_counter
    texts = made(task["count"])
    work = {"read": reading, "spaCy": parsing}[task["what"]]()
    work(made(5))  # what is loaded with the first report is not part of the time of each
    opened = peak_mib()
    start = clock()
    work(texts)
    return {"seconds": clock() - start, "opened": opened, "mib": peak_mib(), "tokens": tokens(texts)}


def reading() -> Callable[[list[str]], None]:
    from geomap import Gazetteer
    from geomap.models import Report
    from geomap.reports.read import read

    gazetteer = Gazetteer()

    def work(texts: list[str]) -> None:
        for number, text in enumerate(texts):
            read(Report(f"made-{number}", text, published=date(2024, 3, 15)), gazetteer)

    return work


def parsing() -> Callable[[list[str]], None]:
    from importlib import import_module
    from importlib.util import find_spec

    from geomap.reports.parsing.nlp import MODELS

    parser = import_module(next(filter(find_spec, MODELS))).load()  # as it is shipped

    def work(texts: list[str]) -> None:
        for _ in parser.pipe(texts):
            pass

    return work


def tokens(texts: list[str]) -> int:
    import spacy

    tokenizer = spacy.blank("en").tokenizer
    return sum(len(tokenizer(text)) for text in texts)


def peak_mib() -> float:
    """Return the most memory this process has held."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage tells on Linux includes the parent's before the start
        return int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def speed_table(sizes: list[int], parse: int, *, cpu: bool) -> None:
    columns = ("reports", "ms each", "tokens/s", "MiB opened", "MiB most", "KiB each")
    print(f"\n{'speed':10}" + "".join(f"{column:>12}" for column in columns))
    speeds = {}
    for what, count in [("spaCy", parse), *(("read", size) for size in sizes)]:
        task = json.dumps({"what": what, "count": count, "cpu": cpu})
        command = [sys.executable, str(Path(__file__).resolve()), "--timed", task]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | ONE_CORE)
        if done.returncode:
            sys.exit(f"timing {what} failed:\n{done.stderr}")
        got = json.loads(done.stdout.splitlines()[-1])
        speeds[what] = got["tokens"] / got["seconds"]
        each = (got["mib"] - got["opened"]) * 1024 / count
        print(
            f"  {what:8}{count:12,}{got['seconds'] / count * 1e3:12.1f}{speeds[what]:12,.0f}"
            f"{got['opened']:12.0f}{got['mib']:12.0f}{each:12.2f}"
        )
    print(f"  reading, as a multiple of spaCy's pipeline: {speeds['read'] / speeds['spaCy']:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--moves", nargs="+", type=Path, metavar="FILE", help="labelled files, in place of the dispatches"
    )
    parser.add_argument("--texts", type=Path, metavar="FOLDER", help="where the texts of rows without one are")
    parser.add_argument("--geo", nargs="+", type=Path, metavar="FILE", default=[], help="files of place names")
    parser.add_argument("--held", action="store_true", help="also the dispatches that nothing is tuned on")
    parser.add_argument("--sizes", nargs="*", type=int, default=[100, 1_000, 10_000], metavar="N", help="reports timed")
    parser.add_argument("--parse", type=int, default=1_000, metavar="N", help="reports that spaCy is timed on")
    parser.add_argument("--cpu", action="store_true", help="processor time, where the machine has other work")
    parser.add_argument("--timed", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.timed:
        print(json.dumps(timed(json.loads(options.timed))))
        return
    from geomap import Gazetteer

    gazetteer = Gazetteer()
    halves = ("open", "held")[: 1 + options.held]
    files = options.moves or [file for half in halves for file in sorted(DISPATCHES.glob(f"{half}_*.jsonl"))]
    for file in files:
        moves_table(file.stem, score_file(labelled(file, options.texts), gazetteer))
    if options.geo:
        names_table(options.geo, gazetteer)
    if options.sizes:
        speed_table(options.sizes, options.parse, cpu=options.cpu)


if __name__ == "__main__":
    main()
