"""Whether shown sentences follow from their quotes, as ALCE measures it (Gao et al. 2023), and how often the judge of that is right: `python -m eval.citations`.

Recall: the quotes of a sentence, together, say all of it. Precision: a quote is needed, that is, its sentence follows and would not from the
others alone, or follows from it alone. The judge is no part of the path of a question: a network with its own weights (`train/citing.py`), which has never
seen the verifier's rules. The command asks it about the labelled pairs of citations.jsonl and keeps how often it is right, so that every run can print it.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from eval.measures import Judgement, normalise
from eval.sets import HERE
from eval.statistics import counted
from rag import Claim, Config, Judge

WEIGHTS = HERE / "weights" / "citations.safetensors"
LABELLED = HERE / "citations.jsonl"
KEPT = HERE / "weights" / "citations.json"
TOGETHER = 8  # pairs in one pass
_COMPLETED = re.compile(r" ?\[[^\]]*\b\d{4}\]")  # a date made full by the dateline: `dates` answers for it, not the quote


class CitationJudge(Protocol):
    """Anything that tells whether each sentence follows from its quote."""

    @property
    def trust(self) -> str: ...  # how far it is to be believed

    def follow(self, claims: Sequence[Claim]) -> list[bool]: ...


def load_citation_judge(config: Config) -> CitationJudge:
    """The trained judge; the toy beside the toy embedder. Nothing is loaded yet."""
    return ToyCitationJudge() if config.embedder == "toy" else TrainedCitationJudge(config)


class ToyCitationJudge:
    """A sentence follows when all its words stand in the quote."""

    trust = "a toy that counts words"

    def follow(self, claims: Sequence[Claim]) -> list[bool]:
        return [set(normalise(c.sentence).split()) <= set(normalise(c.quote).split()) for c in claims]


class TrainedCitationJudge:
    """The network decides, at even odds."""

    def __init__(self, config: Config, weights: Path = WEIGHTS) -> None:
        self._judge = Judge(config, weights)

    @property
    def trust(self) -> str:
        """How often it is right on the labelled pairs, as last measured with these weights, this code and these pairs."""
        try:
            kept = json.loads(KEPT.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            kept = {}
        same = kept.get("made_of") == _made_of()
        return f"right on {kept['report']}" if same else "not measured since it changed: run python -m eval.citations"

    def follow(self, claims: Sequence[Claim]) -> list[bool]:
        return [odds > 0 for odds in self.weigh(claims)]

    def weigh(self, claims: Sequence[Claim]) -> list[float]:
        """Log-odds that each sentence follows."""
        return [odds for n in range(0, len(claims), TOGETHER) for odds in self._judge.score(claims[n : n + TOGETHER])]


@dataclass(frozen=True, slots=True)
class Support:
    """Whether a sentence follows from its quotes together, and which of them it needs."""

    follows: bool
    needed: tuple[bool, ...]


def support(sentence: str, quotes: Sequence[str], judge: CitationJudge) -> Support:
    """ALCE's recall and precision of one sentence.

    >>> support("It cost 3 million.", ["It cost 3 million, he said.", "It rained."], ToyCitationJudge())
    Support(follows=True, needed=(True, False))
    """
    if not judge.follow([Claim(" ".join(quotes), sentence)])[0]:
        return Support(follows=False, needed=(False,) * len(quotes))
    if len(quotes) == 1:
        return Support(follows=True, needed=(True,))
    alone = judge.follow([Claim(q, sentence) for q in quotes])
    rest = judge.follow([Claim(" ".join([*quotes[:n], *quotes[n + 1 :]]), sentence) for n in range(len(quotes))])
    return Support(follows=True, needed=tuple(a or not r for a, r in zip(alone, rest, strict=True)))


def cited(judgements: Sequence[Judgement], judge: CitationJudge) -> list[Judgement]:
    """The same with, of each shown sentence, whether it follows from its quotes and which it needs. A sentence that is its quote follows."""
    return [dataclasses.replace(j, shown=tuple(_supported(s, judge) for s in j.shown)) for j in judgements]


def _supported(shown: dict[str, Any], judge: CitationJudge) -> dict[str, Any]:
    quotes = [place["quote"] for place in shown["quotes"]]
    found = Support(True, (True,) * len(quotes)) if shown["quoted"] else support(_COMPLETED.sub("", str(shown["text"])), quotes, judge)
    return shown | {"follows": found.follows, "needed": list(found.needed)}


def told(judgements: Sequence[Judgement], judge: CitationJudge) -> list[str]:
    """Recall and precision, and how far the judge that says so is to be trusted. Sentences shown as a quote are left out: they are their evidence."""
    written = [s for j in judgements for s in j.shown if not s["quoted"]]
    needed = [n for s in written for n in s["needed"]]
    single = len(needed) == len(written)  # precision is recall then
    return [
        f"written sentences that follow         {counted(sum(s['follows'] for s in written), len(written))}, from their quotes",
        f"quotes that written sentences need    {'as many: each has one' if single else counted(sum(needed), len(needed))}",
        f"  by a judge that is {judge.trust}",
    ]


def _made_of() -> str:
    """The weights, the pairs and the code that a measurement is of."""
    files = [p for p in (WEIGHTS, LABELLED, Path(__file__)) if p.is_file()]
    asked = Claim("a quote", "a sentence").prompt.encode()
    return sha256(b"".join([asked, *(sha256(p.read_bytes()).digest() for p in files)])).hexdigest()[:16]


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.citations", description=__doc__)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="of another training")
    arguments = parser.parse_args(argv)
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    odds = TrainedCitationJudge(Config(), arguments.weights).weigh([Claim(row["quote"], row["sentence"]) for row in rows])
    right = [(score > 0) == row["supported"] for score, row in zip(odds, rows, strict=True)]
    for kind in sorted({row["kind"] for row in rows}):
        own = [ok for ok, row in zip(right, rows, strict=True) if row["kind"] == kind]
        print(f"{kind:14}{sum(own):4}/{len(own)}")
    for score, row in zip(odds, rows, strict=True):
        if (score > 0) != row["supported"]:
            print(f"{'lets pass' if score > 0 else 'rejects  '} {score:6.2f}  {row['sentence']}  <-  {row['quote']}")
    follows = [ok for ok, row in zip(right, rows, strict=True) if row["supported"]]
    not_so = [ok for ok, row in zip(right, rows, strict=True) if not row["supported"]]
    report = (
        f"{counted(sum(right), len(right))} of labelled pairs: {counted(sum(follows), len(follows))} of those that follow, "
        f"{counted(sum(not_so), len(not_so))} of those that do not"
    )
    print(f"right on {report}")
    if arguments.weights.resolve() == WEIGHTS.resolve():
        KEPT.write_text(json.dumps({"made_of": _made_of(), "report": report}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
