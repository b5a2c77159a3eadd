"""Fit the reader's ODDS and VERDICT: `python -m train.odds --data DIR`, some minutes on two cores; print them, to be written into `rag/observed.py`.

Archives are made of the paragraphs and of the written articles that training keeps out, questions with and without an answer in them are asked of the
real search and the real reader, and the weights are those of a conditional logit with an outside option (McFadden 1974): each sentence found is one choice,
"none of them" another, its log-odds nought. The place gate keeps its weight: too few of these questions name a place for a fit to be right
about it. Afterwards scale and bias are fitted to the best sentence alone (Platt 1999), so that half stands for as likely right as not when every
second question has an answer. VERDICT, over the few sentences that ODDS puts first and the judge looks at again, is fitted in the same way.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from tqdm import tqdm

from rag import Config, Document, Index, Judge, Observed, SpanNetwork, SpanReader, load_embedder
from train.paragraphs import Paragraph, held_out, near_misses, squadshifts
from train.written import articles, place

FIXED = {"unplaced": -1.5, "untimely": -1.5, "unnamed": -1.0}
EACH = 300
TOGETHER = 3  # articles of a small archive
K = 12  # passages read for a question
RIDGE = 0.01
POINTS = [round(n / 50, 2) for n in range(1, 50)]  # of refusal, on the curve


@dataclass(frozen=True, slots=True)
class Asked:
    """A question over the archive; `document.text[start:end]` answers it, no document where nothing does."""

    question: str
    doc_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentences found for one question: their features (n, f), which of them hold the answer (n,), and whether any of the archive does."""

    features: NDArray[np.float64]
    right: NDArray[np.bool_]
    answerable: bool


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m train.odds", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the public data")
    parser.add_argument("--weights", type=Path, help="the reader's, if not the shipped ones")
    parser.add_argument("--judge", type=Path, help="the judge's, if not the shipped ones")
    parser.add_argument("--written", type=int, help="only so many of the small archives that were written for training and kept out of it")
    parser.add_argument("--each", type=int, default=EACH, help=f"questions of each of four sorts (default {EACH})")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--curve", type=Path, help="keep the risk and coverage of every refusal point in this file")
    arguments = parser.parse_args()
    network = SpanNetwork(weights=arguments.weights) if arguments.weights else SpanNetwork()
    reader = SpanReader(network, Judge(Config(), arguments.judge) if arguments.judge else Judge(Config()))
    public = archive(arguments.data, arguments.seed, arguments.each)
    written = [*written_archives(arguments.seed)][: arguments.written]
    steps = observe(reader, [public, *written])
    for names, choices in steps:
        weights = fit(names, choices)
        best = list(best_of(np.array([weights[name] for name in names]), choices))
        print(json.dumps({name: round(value, 2) for name, value in weights.items()}))
        print(json.dumps(measures(best, choices)))
        if arguments.curve and names == list(SpanReader.WEIGHTS[-1]):
            arguments.curve.write_text(json.dumps(curve(best, choices), indent=0))


def archive(folder: Path, seed: int, each: int = EACH) -> tuple[list[Document], list[Asked]]:
    """The articles, and as many questions of each sort: two with an answer, the near misses that people wrote, and what was asked of others."""
    chance = random.Random(seed)
    misses = [p for p in near_misses(folder / "near_misses.jsonl") if held_out(p.text) and any(c.isupper() for c in p.text)]
    titles: dict[str, list[Paragraph]] = {}
    for paragraph in squadshifts(folder / "squadshifts_new_wiki.jsonl"):
        if held_out(paragraph.text):
            titles.setdefault(paragraph.title, []).append(paragraph)
    kept = set(chance.sample(sorted(titles), len(titles) * 3 // 4))
    documents, wiki = [], []
    for title in sorted(kept):
        text = "\n\n".join(p.text for p in titles[title])
        documents.append(Document(f"wiki/{title}", title, text))
        wiki += [_placed(f"wiki/{title}", text, paragraph) for paragraph in titles[title]]
    contexts = {text: f"miss/{n}" for n, text in enumerate(sorted({p.text for p in misses}))}
    documents += [Document(doc_id, " ".join(text.split()[:6]), text) for text, doc_id in contexts.items()]
    there = [_placed(contexts[p.text], p.text, p) for p in misses]
    other = [Asked(q, "", -1, -1) for title in sorted(set(titles) - kept) for p in titles[title] for q, _answer, _start in p.questions]
    sorts = (
        [a for found in wiki for a in found],
        [a for found in there for a in found if a.doc_id],
        [a for found in there for a in found if not a.doc_id],
        other,
    )
    return documents, [a for found in sorts for a in chance.sample(found, min(each, len(found)))]


def _placed(doc_id: str, text: str, paragraph: Paragraph) -> list[Asked]:
    """The questions of a paragraph with the place of their answers in the article."""
    shift = text.index(paragraph.text)
    return [
        Asked(question, doc_id, shift + start, shift + start + len(answer)) if start >= 0 else Asked(question, "", -1, -1)
        for question, answer, start in paragraph.questions
    ]


def written_archives(seed: int) -> Iterator[tuple[list[Document], list[Asked]]]:
    """News as people keep it, a few articles each, with all questions of those that were written for training and kept out of it."""
    chance = random.Random(seed)
    rows = list(articles(kept=True))
    chance.shuffle(rows)
    for n in range(0, len(rows), TOGETHER):
        documents, asked = [], []
        for m, row in enumerate(rows[n : n + TOGETHER]):
            documents.append(Document(f"written/{m}", row["title"], row["text"]))
            for question in row["questions"]:
                start, end = place(row, question)
                asked.append(Asked(question["q"], f"written/{m}" if start >= 0 else "", start, end))
        yield documents, asked


def observe(reader: SpanReader, archives: Iterable[tuple[Sequence[Document], Sequence[Asked]]]) -> list[tuple[list[str], list[Choice]]]:
    """For ODDS, then for VERDICT: the features' names, and what is found for each question; sentences that a gate silences are no choice."""
    (odds, verdict), read, judged = SpanReader.WEIGHTS, list[Choice](), list[Choice]()
    embedder = load_embedder(Config())
    for documents, asked in archives:
        with tempfile.TemporaryDirectory() as store, Index.build(documents, store, embedder=embedder) as index:
            for one in tqdm(asked, desc="questions", mininterval=10):
                passages = index.search(one.question, K)
                found = reader.observe(one.question, passages, {p.passage.doc_id: index.document(p.passage.doc_id) for p in passages})
                read.append(_choice([o for o in found if not o.silenced], odds, one))
                judged.append(_choice(reader.judge(one.question, found), verdict, one))
    return [(list(odds), read), (list(verdict), judged)]


def _choice(seen: Sequence[Observed], names: Mapping[str, float], asked: Asked) -> Choice:
    right = [o.view.document.doc_id == asked.doc_id and o.view.span.start < asked.end and asked.start < o.view.span.end for o in seen]
    features = np.array([[o.features[name] for name in names] for o in seen]).reshape(len(seen), len(names))
    return Choice(np.clip(features, -30.0, 30.0), np.array(right, dtype=bool), bool(asked.doc_id))


def fit(names: Sequence[str], choices: Sequence[Choice]) -> dict[str, float]:
    """The weights that make the choices likeliest, then scaled and shifted as a whole for the best sentence of each question."""
    fixed = np.array([FIXED.get(name, 0.0) for name in names])
    free = np.array([name not in FIXED for name in names])

    def loss(weights: NDArray[np.float64]) -> float:
        whole = fixed.copy()
        whole[free] = weights
        return -sum(_likelihood(choice, whole) for choice in choices) / len(choices) + RIDGE * float((weights**2).sum())

    found = fixed.copy()
    found[free] = minimize(loss, np.zeros(int(free.sum())), method="L-BFGS-B").x
    best, right = np.array(list(best_of(found, choices))).T
    platt = LogisticRegression(C=1e6).fit(best[:, None], right.astype(bool))
    scaled = np.where(free, found * platt.coef_[0, 0], fixed)
    scaled[list(names).index("bias")] += platt.intercept_[0]
    return dict(zip(names, scaled.tolist(), strict=True))


def _likelihood(choice: Choice, weights: NDArray[np.float64]) -> float:
    """The logarithm of the probability of choosing a right sentence, or none where none is right."""
    odds = np.append(choice.features @ weights, 0.0)
    right = np.append(choice.right, not choice.right.any())
    return float(np.logaddexp.reduce(odds[right]) - np.logaddexp.reduce(odds))


def best_of(weights: NDArray[np.float64], choices: Sequence[Choice]) -> Iterator[tuple[float, bool]]:
    """(log-odds, whether it is right) of the best sentence of each question."""
    for choice in choices:
        odds = choice.features @ weights
        yield (float(odds.max()), bool(choice.right[odds.argmax()])) if len(odds) else (-50.0, False)


def measures(best: Sequence[tuple[float, bool]], choices: Sequence[Choice]) -> dict[str, float]:
    """How often the best sentence is right where the archive has one, and how well its log-odds tell those questions from the others."""
    odds, right, answerable = _columns(best, choices)
    return {
        "questions": len(choices),
        "best_right": round(float(right[answerable].mean()), 3),
        "auroc": round(float(roc_auc_score(answerable, odds)), 3),
        "right_and_shown": round(float((right & (odds >= 0))[answerable].mean()), 3),
        "refused": round(float((odds < 0)[~answerable].mean()), 3),
    }


def curve(best: Sequence[tuple[float, bool]], choices: Sequence[Choice]) -> list[dict[str, float]]:
    """For each refusal point: the share of questions answered, how many of those answers are wrong (El-Yaniv and Wiener 2010), the share of
    the answerable questions that are answered rightly and of the others that are refused.
    """
    odds, right, answerable = _columns(best, choices)
    rows = []
    for point in POINTS:
        shown = 1.0 / (1.0 + np.exp(-odds)) >= point
        risk = (~right[shown]).mean() if shown.any() else 0.0
        shares = {
            "coverage": shown.mean(),
            "risk": risk,
            "right": (right & shown)[answerable].mean(),
            "refused": (~shown)[~answerable].mean(),
        }
        rows.append({"refuse_below": point, **{name: round(float(share), 3) for name, share in shares.items()}})
    return rows


def _columns(
    best: Sequence[tuple[float, bool]], choices: Sequence[Choice]
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Of each question the log-odds of the best sentence, whether it is right, and whether one could be."""
    return np.array([b[0] for b in best]), np.array([b[1] for b in best]), np.array([choice.answerable for choice in choices])


if __name__ == "__main__":
    main()
