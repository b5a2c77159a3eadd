"""Train the judge of rivals: `python -m train.comparing --base FOLDER [--out FILE]`. Do two reports give different answers, or speak of different things?

The judge's recipe with reports that were written for training. The second loss, for training alone, marks the second report's value where they contradict
each other.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from rag import Rivals
from train.judge import run
from train.judging_data import Judged
from train.written import KIND, reports

WIDENED = 0.3  # of the values, as a reader points at them: a word or two too many


def main() -> None:
    run(
        "train.comparing",
        __doc__,
        Path("rag/weights/rivals.safetensors"),
        lambda _folder, seed: training_pairs(seed),
        lambda _f, _s: list(written_pairs(random.Random(0), kept=True)),
    )


def training_pairs(seed: int) -> list[Judged]:
    """All reports, each pair in a random order, mixed."""
    chance = random.Random(seed)
    pairs = list(written_pairs(chance))
    chance.shuffle(pairs)
    return pairs


def written_pairs(chance: random.Random, *, kept: bool = False) -> Iterator[Judged]:
    """Each report beside the first of its question; which of the two comes first is chance."""
    for row in reports(kept=kept):
        for other in row["others"]:
            sides = [(row["a"], row["a_value"]), (other["b"], other["b_value"])]
            chance.shuffle(sides)
            (one, one_value), (two, two_value) = sides
            contradicts = other["label"] == "different"
            at = two.index(two_value) if contradicts else -1
            pair = Rivals(row["question"], one, _wide(one, one_value, chance), two, _wide(two, two_value, chance))
            yield Judged(pair, contradicts, at, at + len(two_value) if contradicts else -1, f"{KIND} {other['label']}")


def _wide(text: str, value: str, chance: random.Random) -> str:
    """A value, now and then with the word before or behind it."""
    if chance.random() >= WIDENED:
        return value
    before, behind = text[: text.index(value)].split(), text[text.index(value) + len(value) :].split()
    return " ".join([*before[-1:], value] if chance.random() < 0.5 else [value, *behind[:1]])


if __name__ == "__main__":
    main()
