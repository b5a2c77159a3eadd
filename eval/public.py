"""Public sets about several documents at once: `python -m eval.public --data FOLDER [multihop ramdocs] [--most N] [--set NAME=VALUE]`.

`multihop`: MultiHop-RAG (Tang and Yang 2024), the news facts that its questions rest on as one archive; strict match, by type of question.
`ramdocs`: RAMDocs (Wang et al. 2025), documents that contradict each other: right when every right answer is shown and no wrong one.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from eval.run import ask, configured
from eval.sets import Question, QuestionSet
from eval.table import categories

Row = dict[str, Any]


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.public", description=__doc__)
    parser.add_argument("sets", nargs="*", default=list(MADE), help=f"of {', '.join(MADE)} (default: all)")
    parser.add_argument("--data", type=Path, required=True, help="folder with the public data")
    parser.add_argument("--most", type=int, help="only so many questions of each")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="another setting, such as writer=none")
    arguments = parser.parse_args(argv)
    for name in arguments.sets:
        if name not in MADE:
            parser.error(f"there is no set {name}; there are {', '.join(MADE)}")
        file, made = MADE[name]
        path = arguments.data / file
        if not path.is_file():
            parser.error(f"{path} is missing; name the folder that holds the public data")
        questions = made([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()])
        judgements = ask(QuestionSet(name, None, tuple(questions[: arguments.most])), configured(arguments.set))
        print("\n".join([f"\n{name}", *categories(judgements)]), flush=True)


def multihop(rows: Sequence[Row]) -> list[Question]:
    """Every question over one archive, in which each article consists of the facts that are known of it."""
    facts: dict[str, list[str]] = {}
    heads: dict[str, str] = {}
    for evidence in (e for row in rows for e in row["evidence_list"]):
        day = datetime.fromisoformat(evidence["published_at"]).date()
        heads[evidence["title"]] = f"Title: {evidence['title']}\nSource: {evidence['source']}\nPublished: {day:%Y-%m-%d}"
        if evidence["fact"] not in facts.setdefault(evidence["title"], []):
            facts[evidence["title"]].append(evidence["fact"])
    articles = {f"a{n}": "\n\n".join([heads[title], *facts[title]]) for n, title in enumerate(facts)}
    keys = [[] if row["question_type"] == "null_query" else [[row["answer"]]] for row in rows]
    return [
        Question(row["id"], "", row["question_type"], row["question"], bool(key), key, [], articles=articles)
        for row, key in zip(rows, keys, strict=True)
    ]


def ramdocs(rows: Sequence[Row]) -> list[Question]:
    """Each question over its own documents."""
    found = []
    for n, row in enumerate(rows):
        articles = {f"d{k}": f"Document {k}\n\n{document['text']}" for k, document in enumerate(row["documents"])}
        kind = f"{len(row['gold_answers'])} answers" + (", some wrong" if row["wrong_answers"] else "")
        key = [[g] for g in row["gold_answers"]]
        found.append(Question(str(n), "", kind, row["question"], True, key, [], forbidden=row["wrong_answers"], articles=articles))
    return found


MADE: dict[str, tuple[str, Callable[[Sequence[Row]], list[Question]]]] = {
    "multihop": ("multihop_rag_sample.jsonl", multihop),
    "ramdocs": ("ramdocs.jsonl", ramdocs),
}


if __name__ == "__main__":
    main()
