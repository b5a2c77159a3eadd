"""Questions made of what visitors of the chat thought of its answers: `python -m eval.from_feedback --out FILE [--index DIR]`.

The last word on each question counts. An answer that was liked becomes a question with the words that the reader points at in it as its key; an answer
that the articles do not give, and a refusal that was liked, become questions without an answer; of any other only the question is known, and its key
is to be filled in by hand before it can be asked. All have the split "draft".
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.sets import FILL_IN, Question, plain
from rag import Config, Index, Pipeline, RagError

NOT_THERE = "The articles do not say this"  # the reasons as the chat names them
LIKED = "Like"


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.from_feedback", description=__doc__)
    parser.add_argument("--index", type=Path, help="folder of the index that was asked (default: RAG_INDEX or index/store)")
    parser.add_argument("--out", type=Path, required=True, help="JSON lines to write")
    arguments = parser.parse_args(argv)
    if arguments.out.exists():
        raise SystemExit(f"{arguments.out} is there already, perhaps edited; name another with --out")
    index = arguments.index or Path(Config().index)
    rows = opinions(index.with_name(f"{index.name}.feedback.jsonl"))
    try:
        pipeline = Pipeline(Index.open(index), Config(writer="none"))
    except RagError as error:
        raise SystemExit(str(error)) from None
    questions = [question(f"feedback-{n:03d}", row, pipeline) for n, row in enumerate(rows, start=1)]
    arguments.out.write_text("".join(f"{json.dumps(plain(q), ensure_ascii=False)}\n" for q in questions), encoding="utf-8")
    unknown = sum([FILL_IN] in q.answers for q in questions)
    print(
        f"{len(questions)} questions in {arguments.out}, {unknown} of them with a key to be filled in; read and mend them all, then ask them with"
    )
    print(f"python -m eval.run --archive ARTICLES --questions {arguments.out}")


def opinions(path: Path) -> list[dict[str, Any]]:
    """The last opinion on each question, in the order in which they were first asked. Raises SystemExit when there is none,
    or for a line that is none.
    """
    if not path.is_file():
        raise SystemExit(f"there is no {path}: nobody has judged an answer of that index in the chat yet")
    last: dict[tuple[str, ...], dict[str, Any]] = {}
    for n, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            try:
                row = json.loads(line)
                last[*row["history"], row["question"]] = row
            except (ValueError, KeyError, TypeError) as error:
                raise SystemExit(f"line {n} of {path} is no opinion ({error}); delete it") from None
    if not (kept := [row for row in last.values() if row["verdict"]]):
        raise SystemExit(f"every opinion in {path} was taken back")
    return kept


def question(id_: str, row: Mapping[str, Any], pipeline: Pipeline) -> Question:
    """The question that an opinion makes."""
    asked, before = row["question"], row["history"]
    if row["verdict"] == NOT_THERE or (row["verdict"] == LIKED and not row["answered"]):
        return Question(id_, "draft", "near_miss", asked, False, [], [], before)
    right = row["verdict"] == LIKED
    answers = [[_pointed_at(asked, c, pipeline)] for c in row["citations"]] if right else [[FILL_IN]]
    doc_ids = list(dict.fromkeys(c["doc_id"] for c in row["citations"])) if right else [FILL_IN]
    return Question(id_, "draft", "liked" if right else "disliked", asked, True, answers, doc_ids, before)


def _pointed_at(asked: str, citation: Mapping[str, Any], pipeline: Pipeline) -> str:
    """The words of a quote that answer, as the reader sees it today; the whole quote where it finds none."""
    found = pipeline.read(asked, pipeline.index.search(asked, pipeline.config.k, by=pipeline.config.search))
    quote: str = citation["quote"]
    return next((e.value for e in found if e.text == quote and e.value), " ".join(quote.split()))


if __name__ == "__main__":
    main()
