"""Two runs of one set side by side: `python -m eval.compare RUN RUN`. A run is a file of eval/results/, or a commit with --set.

A question is good when it is answered rightly, or refused where it has no answer; which of them turned good or bad is listed, and McNemar's test says
how likely so many would turn by chance.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.sets import RESULTS
from eval.statistics import mcnemar

Row = Mapping[str, Any]  # a judgement as it is kept
SHOWN = 110  # characters of an answer


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.compare", description=__doc__)
    parser.add_argument("before", help="a file of eval/results/, or a commit")
    parser.add_argument("after", help="the same")
    parser.add_argument("--set", default="seeds", help="of a commit's runs that of this set (default: seeds)")
    arguments = parser.parse_args(argv)
    print("\n".join(report(earlier(arguments.before, arguments.set), earlier(arguments.after, arguments.set))))


def earlier(run: str, name: str) -> list[Row]:
    """The judgements of a kept run: a file, or the latest of a set at a commit. Raises SystemExit when there is none."""
    if run.endswith(".json"):
        paths = [Path(run)] if Path(run).is_file() else []
    else:
        paths = [path for path, record in kept(name) if record["commit"] == run and not record.get("split")]
    if not paths:
        raise SystemExit(f"no run {run} of {name} is kept in {RESULTS}; name a file there, or the commit of one")
    found: list[Row] = json.loads(paths[-1].read_text(encoding="utf-8"))["judgements"]
    return found


def kept(name: str) -> list[tuple[Path, dict[str, Any]]]:
    """The kept runs of a set, oldest first."""
    names = (name, "questions") if name == "seeds" else (name,)  # as the runs of the seeds were called before they told their set
    paths = sorted({path for n in names for path in RESULTS.glob(f"*-{n}.json")})
    records = [(path, json.loads(path.read_text(encoding="utf-8"))) for path in paths]
    return [(path, record) for path, record in records if record.get("set", name) == name]


def good(row: Row) -> bool:
    """Right where there is an answer, refused where there is none."""
    return bool(row["outcome"] == ("right" if row["answerable"] else "refused"))


def turned(before: Sequence[Row], after: Sequence[Row]) -> tuple[list[tuple[Row, Row]], list[tuple[Row, Row]], float]:
    """(those that turned good, those that turned bad, how likely at least such a difference is by chance) of the questions of both."""
    old = {row["id"]: row for row in before}
    both = [(old[row["id"]], row) for row in after if row["id"] in old]
    better = [(a, b) for a, b in both if good(b) and not good(a)]
    worse = [(a, b) for a, b in both if good(a) and not good(b)]
    return better, worse, mcnemar(len(better), len(worse))


def report(before: Sequence[Row], after: Sequence[Row]) -> list[str]:
    """Which questions turned, and whether that is more than chance."""
    common = {row["id"] for row in before} & {row["id"] for row in after}
    if not common:
        return ["the two runs have no question in common"]
    better, worse, chance = turned(before, after)
    lines = [f"{len(better)} turned good, {len(worse)} turned bad of {len(common)} asked in both; by chance p = {chance:.2g}"]
    for sign, rows in (("+", better), ("-", worse)):
        lines += [f"{sign} {b['id']:14} {a['outcome']:>7} -> {b['outcome']:7} {_short(b['text'])}" for a, b in rows]
    return lines


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


if __name__ == "__main__":
    main()
