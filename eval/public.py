"""Public sets about several documents at once: `python -m eval.public --data FOLDER [multihop ramdocs] [--most N] [--set NAME=VALUE]`.

`multihop`: MultiHop-RAG (Tang and Yang 2024), the news facts that its questions rest on as one archive; strict match, by type of question, a question
without an answer being right when it is refused. `ramdocs`: RAMDocs (Wang et al. 2025), documents that contradict each other: right when every right
answer is shown and no wrong one.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

from eval.cases import Case, Verdict, asked, shown_text
from eval.measures import normalise
from eval.run import configured
from eval.statistics import counted
from rag import Answer

FILES = {"multihop": "multihop_rag_sample.jsonl", "ramdocs": "ramdocs.jsonl"}
OUTCOMES = ("right", "wrong", "refused")


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.public", description=__doc__)
    parser.add_argument("sets", nargs="*", default=list(FILES), help=f"of {', '.join(FILES)} (default: all)")
    parser.add_argument("--data", type=Path, required=True, help="folder with the public data")
    parser.add_argument("--most", type=int, help="only so many questions of each")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="another setting, such as writer=none")
    arguments = parser.parse_args(argv)
    for name in arguments.sets:
        if name not in FILES:
            parser.error(f"there is no set {name}; there are {', '.join(FILES)}")
        path = arguments.data / FILES[name]
        if not path.is_file():
            parser.error(f"{path} is missing; name the folder that holds the public data")
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        cases = multihop(rows) if name == "multihop" else [ramdocs(n, row) for n, row in enumerate(rows)]
        cases = cases[: arguments.most]
        verdicts = list(tqdm(asked(cases, configured(arguments.set), judge=outcome), total=len(cases), desc=name, disable=None))
        print("\n".join([f"\n{name}", *table(verdicts)]), flush=True)


def multihop(rows: Sequence[dict[str, Any]]) -> list[Case]:
    """Every question over one archive, in which each article consists of the facts that are known of it."""
    facts: dict[str, list[str]] = {}
    heads: dict[str, str] = {}
    for evidence in (e for row in rows for e in row["evidence_list"]):
        day = datetime.fromisoformat(evidence["published_at"]).date()
        heads[evidence["title"]] = f"Title: {evidence['title']}\nSource: {evidence['source']}\nPublished: {day:%Y-%m-%d}"
        if evidence["fact"] not in facts.setdefault(evidence["title"], []):
            facts[evidence["title"]].append(evidence["fact"])
    articles = {f"a{n}": "\n\n".join([heads[title], *facts[title]]) for n, title in enumerate(facts)}
    return [
        Case(
            row["id"],
            "",
            row["question_type"],
            row["question"],
            [] if row["question_type"] == "null_query" else [[row["answer"]]],
            [],
            articles=articles,
        )
        for row in rows
    ]


def ramdocs(n: int, row: dict[str, Any]) -> Case:
    """A question over its own documents."""
    articles = {f"d{k}": f"Document {k}\n\n{document['text']}" for k, document in enumerate(row["documents"])}
    kind = f"{len(row['gold_answers'])} answers" + (", some wrong" if row["wrong_answers"] else "")
    return Case(
        str(n), "", kind, row["question"], [[g] for g in row["gold_answers"]], [], articles=articles, forbidden=row["wrong_answers"]
    )


def outcome(case: Case, answer: Answer) -> str:
    """Right: all that the key says is shown and nothing that it forbids, or refused where it has no answer; a refusal elsewhere is one."""
    if not answer.answered:
        return "refused" if case.answers else "right"
    shown = normalise(shown_text(answer))
    good = bool(case.answers) and all(normalise(spelling) in shown for (spelling,) in case.answers)
    return "right" if good and not any(normalise(value) in shown for value in case.forbidden) else "wrong"


def table(verdicts: Sequence[Verdict]) -> list[str]:
    """Right, wrong and refused by kind, with the interval of what is right."""
    kinds = sorted({v.case.kind for v in verdicts})
    rows = [(kind, [v.fault for v in verdicts if v.case.kind == kind]) for kind in kinds] + [("all", [v.fault for v in verdicts])]
    head = f"{'':24}" + "".join(f"{name:>9}" for name in OUTCOMES)
    return [
        head,
        *(
            f"{kind:24}" + "".join(f"{found.count(o):9}" for o in OUTCOMES) + f"   {counted(found.count('right'), len(found))}"
            for kind, found in rows
        ),
    ]


if __name__ == "__main__":
    main()
