"""A mixture to go on training with: `python -m train.mix judge --data DIR --out FILE mined.xz=8000 written=5000 public=1500`.

A short training after another (`--after`) gains by what is new and keeps what was learned by some of the old. Of each sort as many are drawn by chance
as is said, all where there are fewer; a sort may be a file that `train.mined` made, or `written@KIND`, the written questions of one kind; the same seed draws the
same. What is made is for `--prepared` of the recipe.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from rag import Claim, Pair, Rivals
from train import citing_data
from train.comparing_data import report_pairs
from train.judging_data import Judged, judged, report_answers, written_pairs
from train.packed import prepared
from train.paragraphs import Example
from train.reading_data import public_examples, reader_titles
from train.written import kinds, written_examples

SEED = 4711
SORTS = {"reader": (Example,), "judge": (Judged, Pair, Claim, Rivals), "citing": (Judged, Claim)}
PUBLIC = 12000  # public pairs of citations, of which some are drawn


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m train.mix", description=__doc__)
    parser.add_argument("recipe", choices=tuple(SORTS))
    parser.add_argument("shares", nargs="+", metavar="SORT=NUMBER")
    parser.add_argument("--data", type=Path, help="folder with the public data, for `public`")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    shares = {sort: int(number) for sort, _, number in (share.rpartition("=") for share in arguments.shares)}
    made = pools(arguments.recipe, arguments.data, random.Random(arguments.seed), arguments.seed)
    if arguments.recipe != "citing" and any("@" in sort for sort in shares):
        made |= {f"written@{kind}": partial(made["written"], kinds=[kind]) for kind in kinds()}
    made |= {sort: partial(prepared, Path(sort), SORTS[arguments.recipe], list) for sort in shares if Path(sort).is_file()}
    if unknown := sorted(set(shares) - set(made)):
        parser.error(f"no such sort for the {arguments.recipe}, nor file: {', '.join(unknown)}; there are {', '.join(made)}")
    if "public" in shares and not (arguments.data and arguments.data.is_dir()):
        parser.error("name with --data the folder of the public data")
    arguments.out.unlink(missing_ok=True)
    print(len(prepared(arguments.out, SORTS[arguments.recipe], lambda: mixed(made, shares, arguments.seed))))


def mixed(made: Mapping[str, Callable[[], Iterable[Any]]], shares: Mapping[str, int], seed: int) -> list[Any]:
    """Of each sort a share, shuffled.

    >>> sorted(mixed({"old": lambda: range(10), "new": lambda: "ab"}, {"old": 1, "new": 5}, seed=7), key=str)
    [5, 'a', 'b']
    """
    chance, rows = random.Random(seed), []
    for sort, number in shares.items():
        pool = list(made[sort]())
        rows += chance.sample(pool, min(number, len(pool)))
    chance.shuffle(rows)
    return rows


def pools(recipe: str, data: Path, chance: random.Random, seed: int) -> dict[str, Callable[..., Iterable[Any]]]:
    """What a recipe can be trained on, by sort; nothing is made yet."""
    if recipe == "citing":
        return {"written": citing_data.written_pairs, "public": lambda: citing_data.public_pairs(data, seed, PUBLIC)}
    if recipe == "reader":
        return {
            "written": partial(written_examples, chance),
            "public": lambda: public_examples(data, seed),
        }
    return {
        "written": partial(written_pairs, chance),
        "reports": report_answers,
        "rivals": lambda: report_pairs(chance),
        "public": lambda: judged(public_examples(data, seed), reader_titles(data), chance),
    }


if __name__ == "__main__":
    main()
