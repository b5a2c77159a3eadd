"""Measure the reading alone on a file of questions with their passages: `python -m eval.reading FILE.jsonl [--held-out] [--json]`.

What reads is what reads in the path of a question: the reader and the judge, or with RAG_JUDGE=none the reader without it. It is given what it is
given there: the paragraph as an article under its title, in passages.

Three forms are read: SQuADShifts (`context`, `qas`), SQuAD 2.0 (`context`, `question`, `answers`, `is_impossible` or `answerable`), and
CLAP NQ (`input`, `passages` in sentences, `output` with `selected_sentences`). Exact match and token F1 are SQuAD's (Rajpurkar et al.
2016); risk and coverage are those of selective prediction (El-Yaniv and Wiener 2010): an answer is wrong when the question has none or its F1 is under a half.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from eval.squad import normalise, token_f1
from eval.statistics import auroc, calibration_error, coverage, wilson
from rag import Config, Document, Judge, Observed, Passage, ScoredPassage, SpanNetwork, SpanReader, passages

CLOSE = 2.0  # sentences that come this close to the best of all, in log-odds, count as evidence


@dataclass(frozen=True, slots=True)
class Asked:
    """A question over a paragraph; no answers where it has none. `sentences` are (start, end), `selected` the indices of evidence."""

    question: str
    title: str
    text: str
    answers: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...] = ()
    selected: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What the reader made of it: the probability that it has the answer, its exact match and F1 (0 without an answer), and its evidence's F1."""

    answerable: bool
    probability: float
    exact: float
    f1: float
    sentence_f1: float | None


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.reading", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--held-out", action="store_true", help="only paragraphs that training keeps out")
    parser.add_argument("--weights", type=Path, help="other weights of the reader than the shipped ones")
    parser.add_argument("--most", type=int, help="so many questions at most")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    arguments = parser.parse_args(argv)
    asked = [a for a in read_file(arguments.file) if not arguments.held_out or held_out(a.text)][: arguments.most]
    config = Config()
    network = SpanNetwork(config.dtype, arguments.weights) if arguments.weights else SpanNetwork(config.dtype)
    reader = SpanReader(network, Judge(config) if config.judge == "auto" else None)
    _read(reader, Asked("Who was there?", "", "Nobody was there.", ()))
    start = time.perf_counter()
    read = [_read(reader, one) for one in tqdm(asked, desc="questions", mininterval=5)]
    seconds = time.perf_counter() - start
    found = measures(read, config.refuse_below)
    for name, value in found.items():
        print(f"{name:20} {'not applicable' if value is None else value if name == 'n' else f'{value:.3f}'}")
    answerable = [r for r in read if r.answerable]
    low, high = wilson(round(sum(r.exact for r in answerable)), len(answerable))
    print(f"{'95% of exact':20} {low:.3f} to {high:.3f}")
    print(f"{'questions a second':20} {len(asked) / seconds:.1f}")
    if arguments.json:
        print(json.dumps({name: value if value is None else round(value, 4) for name, value in found.items()}))


def held_out(text: str) -> bool:
    """Whether training leaves a paragraph out: one in five, by hash (the same rule as in `train.paragraphs`)."""
    return int(hashlib.sha256(" ".join(text.split()).encode()).hexdigest(), 16) % 5 == 0


def read_file(path: Path) -> Iterator[Asked]:
    """The questions of a file in any of the three forms."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "qas" in row:
            for qa in row["qas"]:
                yield Asked(
                    qa["question"].strip(),
                    row.get("title", "").replace("_", " "),
                    row["context"],
                    tuple(answer for answer, _start in qa["answers"]),
                )
        elif "input" in row:
            yield from _clapnq(row)
        else:
            answerable = not row["is_impossible"] if "is_impossible" in row else row["answerable"]
            yield Asked(row["question"], "", row["context"], tuple(_texts(row["answers"])) if answerable else ())


def _texts(answers: Any) -> list[str]:
    if isinstance(answers, dict):
        return list(answers["text"])
    return [a["text"] if isinstance(a, dict) else a[0] if isinstance(a, list) else a for a in answers]


def _clapnq(row: dict[str, Any]) -> Iterator[Asked]:
    for passage in row["passages"]:
        bounds, at = [], 0
        for sentence in passage["sentences"]:
            bounds.append((at, at + len(sentence)))
            at += len(sentence) + 1
        chosen = {s for output in row["output"] for s in output["selected_sentences"]}
        selected = frozenset(n for n, sentence in enumerate(passage["sentences"]) if sentence in chosen)
        answers = tuple(output["answer"] for output in row["output"]) if row["answerable"] else ()
        yield Asked(
            row["input"], passage["title"], " ".join(passage["sentences"]), answers, tuple(bounds), selected if row["answerable"] else None
        )


def _read(reader: SpanReader, asked: Asked) -> Read:
    """The likeliest sentence's value is the answer, with the probability that it answers."""
    document = Document("", asked.title, asked.text)
    found = passages(document) or [Passage("", "", 0, len(asked.text), asked.text)]
    weighed = reader.weigh(asked.question, [ScoredPassage(p, 1.0, n) for n, p in enumerate(found, start=1)], {"": document})
    odds, best = max(weighed, key=lambda w: w[0], default=(-50.0, None))
    probability = 1.0 / (1.0 + math.exp(-min(50.0, max(-50.0, odds))))
    answer = best.value if best else ""
    exact = max((float(normalise(answer) == normalise(gold)) for gold in asked.answers), default=0.0)
    f1 = max((token_f1(answer, gold) for gold in asked.answers), default=0.0)
    evidence = None if asked.selected is None else set_f1(_evidence(weighed, asked.sentences), asked.selected)
    return Read(bool(asked.answers), probability, exact, f1, evidence)


def _evidence(weighed: Sequence[tuple[float, Observed]], sentences: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Which of the file's sentences hold what is close to the best."""
    best = max((odds for odds, _sentence in weighed), default=0.0)
    close = [s.view.span for odds, s in weighed if odds >= best - CLOSE and odds > -math.inf]
    return frozenset(n for n, (start, end) in enumerate(sentences) if any(start < span.end and span.start < end for span in close))


def set_f1(found: frozenset[int], wanted: frozenset[int]) -> float:
    """Harmonic mean of precision and recall over two sets."""
    return 2 * len(found & wanted) / (len(found) + len(wanted)) if found or wanted else 1.0


def measures(read: Sequence[Read], refuse_below: float) -> dict[str, float | None]:
    """The figures of a file, fractions; None where they cannot be had. What is less likely than `refuse_below` counts as refused."""
    answerable = [r for r in read if r.answerable]
    both = 0 < len(answerable) < len(read)
    evidence = [r.sentence_f1 for r in read if r.sentence_f1 is not None]
    return {
        "n": len(read),
        "exact": _mean([r.exact for r in answerable]),
        "f1": _mean([r.f1 for r in answerable]),
        "f1_with_refusals": _mean(
            [(r.f1 if r.answerable else 0.0) if r.probability >= refuse_below else float(not r.answerable) for r in read]
        ),
        "auroc": auroc(*([r.probability for r in read if r.answerable == kind] for kind in (True, False))) if both else None,
        "ece": calibration_error([r.probability for r in read], [r.f1 >= 0.5 for r in read]),
        "coverage_at_3_risk": coverage([r.probability for r in read], [r.f1 < 0.5 for r in read]) if both else None,
        "sentence_f1": _mean([e for e in evidence if e is not None]),
    }


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


if __name__ == "__main__":
    main()
