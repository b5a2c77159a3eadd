"""Train the rewriter's adapter: `python -m train.rewriter --base FOLDER [--out FILE]`, two minutes on a graphics processor, hours without one.

The writer's model learns to write out follow-ups, from conversations that were written for training (`written/talks.jsonl`), with the prompt that
`rag/rewriter.py` uses; and to leave alone what stands alone, from questions of the written articles after the beginning of a conversation about
something else. `python -m train.mean FILE --rank 16 --eight` makes of it what is shipped.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from safetensors.torch import save_file
from transformers import AutoTokenizer

from rag import Answer, Citation, Config, Rewriter, Sentence, Turn, follow_up_prompt, resolve
from train.loop import How
from train.writer import Encoded, learn
from train.written import FOLDER, articles, talks

LENGTH = 320  # of what is read, tokens; of longer conversations the beginning is left out
BATCH = 32
RATE = 1e-3
RANK = 32
PASSES = 5
ALONE = 0.9  # of the conversations also end with a question about something else
_LEANS = re.compile(r"\b(?:he|she|they|it|his|her|their|its|him|them|this|that|these|those|there|then|both|others?|two)\b", re.IGNORECASE)
_NAMES = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]{2,}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m train.rewriter", description=__doc__)
    parser.add_argument(
        "--base", type=Path, help="folder of the converted SmolLM2-135M-Instruct, in the cache; without it the shipped weights are measured"
    )
    parser.add_argument("--out", type=Path, default=Path("rewriter-rank32.safetensors"))
    parser.add_argument("--checkpoint", type=Path, default=Path("rewriter-checkpoint.safetensors"))
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    if not arguments.base:
        print(json.dumps(measured(Rewriter(Config()))))
        return
    chance = random.Random(arguments.seed)
    rows = list(examples(chance))
    chance.shuffle(rows)
    print(json.dumps({"examples": len(rows)}), flush=True)
    encoded = list(encode(AutoTokenizer.from_pretrained(arguments.base), rows)) * PASSES
    adapter = learn(arguments.base, encoded, How(arguments.seed, BATCH, RATE), rank=RANK, checkpoint=arguments.checkpoint)
    save_file(adapter, arguments.out, metadata={"rank": str(RANK), "seed": str(arguments.seed), "examples": str(len(rows))})


def encode(tokenizer: Any, rows: Sequence[tuple[str, str]]) -> Iterator[Encoded]:
    for read, full in rows:
        before = tokenizer(read, add_special_tokens=False)["input_ids"][-LENGTH:]
        yield before + tokenizer(f" {full}\n", add_special_tokens=False)["input_ids"], len(before)


def measured(rewriter: Rewriter) -> dict[str, float]:
    """Of the turns of conversations kept out of training, how many the model and the rules write out with just the words that people wrote, and F1 of the
    words. What of the model's is not taken counts as it was typed.
    """
    found: dict[str, list[float]] = {"model": [], "rules": []}
    for talk in talks(kept=True):
        turns = talk["turns"]
        for n, turn in enumerate(turns[1:], start=1):
            history = [_turn(t) for t in turns[:n]]
            for name, full in (("model", rewriter.rewrite(turn["q"], history) or turn["q"]), ("rules", resolve(turn["q"], history))):
                found[name].append(_f1(_words(full), _words(turn["full"])))
    return {"turns": len(found["model"])} | {
        f"{name} {what}": round(float(value), 3)
        for name, f1 in found.items()
        for what, value in (("the same words", mean(x == 1 for x in f1)), ("F1", mean(f1)))
    }


def _turn(told: dict[str, str]) -> Turn:
    citation = Citation(1, "a", "a", None, None, None, told["a"], 0, len(told["a"]))
    shown = (Sentence(told["a"], (citation,), value=told["value"]),) if told["a"] else ()
    return Turn(told["q"], Answer(told["q"], shown, bool(shown), None if shown else "not told", (), "none", resolved=told["full"]))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _f1(one: set[str], other: set[str]) -> float:
    return 1.0 if one == other else 2 * len(one & other) / max(1, len(one) + len(other))


def examples(chance: random.Random, *, kept: bool = False, folder: Path = FOLDER) -> Iterator[tuple[str, str]]:
    """(what is read, the question in full) of each turn but the first, and of questions that have nothing to do with the conversation."""
    alone = [
        q["q"] for a in articles(kept=kept, folder=folder) for q in a["questions"] if _NAMES.search(q["q"]) and not _LEANS.search(q["q"])
    ]
    chance.shuffle(alone)
    for talk in talks(kept=kept, folder=folder):
        turns = [(t["full"], t["a"], t["value"]) for t in talk["turns"]]
        for n, turn in enumerate(talk["turns"][1:], start=1):
            yield follow_up_prompt(turn["q"], turns[:n]), turn["full"]
        if alone and chance.random() < ALONE:
            question = alone.pop()
            yield follow_up_prompt(question, turns[: chance.randrange(1, len(turns))]), question


if __name__ == "__main__":
    main()
