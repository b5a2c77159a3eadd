"""Questions made of what visitors of the chat thought of its answers: `python -m eval.from_feedback --out FILE [--index DIR]`.

The last word on each question counts. An answer that was liked becomes a question with the words that the reader points at in it as its key, or with all of it; an answer
that the articles do not give, and a refusal that was liked, become questions without an answer; of any other only the question is known, and its key
is to be filled in by hand before it can be asked. All have the split "draft".
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.measures import normalise
from eval.run import answered
from eval.sets import FILL_IN, Question, plain
from eval.watch import Watched
from rag import Config, Index, Pipeline, RagError

NOT_THERE = "The articles do not say this"  # the reasons as the chat names them
LIKED = "Like"
PARTS = ("verdict", "question", "history", "answered", "sentences", "citations")  # of a line


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.from_feedback", description=__doc__)
    parser.add_argument("--index", type=Path, help="folder of the index that was asked (default: RAG_INDEX or index/store)")
    parser.add_argument("--out", type=Path, required=True, help="JSON lines to write")
    arguments = parser.parse_args(argv)
    if arguments.out.exists():
        raise SystemExit(f"{arguments.out} is there already, perhaps edited; name another with --out")
    try:
        _make(arguments.index, arguments.out)
    except RagError as error:
        raise SystemExit(str(error)) from None


def _make(index: Path | None, out: Path) -> None:
    config = Config(writer="none")
    index = index or Path(config.index)
    folder = index.resolve()
    rows = opinions(folder.with_name(f"{folder.name}.feedback.jsonl"))
    watched = Watched(Pipeline(Index.open(index), config))
    questions = [question(f"feedback-{n:03d}", row, watched) for n, row in enumerate(rows, start=1)]
    out.write_text("".join(f"{json.dumps(plain(q), ensure_ascii=False)}\n" for q in questions), encoding="utf-8")
    unknown = sum([FILL_IN] in q.answers for q in questions)
    print(f"{len(questions)} questions in {out}, {unknown} of them with a key to be filled in; read and mend them all, then ask them with")
    print(f"python -m eval.run --archive ARTICLES --questions {out}")


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
                row = _opinion(line)
                last[*row["history"], row["question"]] = row
            except (ValueError, TypeError) as error:
                raise SystemExit(f"line {n} of {path} is no opinion ({error}); delete it") from None
    if not (kept := [row for row in last.values() if row["verdict"]]):
        raise SystemExit(f"every opinion in {path} was taken back")
    return kept


def _opinion(line: str) -> dict[str, Any]:
    """Raises ValueError or TypeError for what is none."""
    row: dict[str, Any] = json.loads(line)
    if missing := [name for name in PARTS if name not in row]:
        raise ValueError(f"it has no {missing[0]}")
    return row


def question(id_: str, row: Mapping[str, Any], watched: Watched) -> Question:
    """The question that an opinion makes."""
    asked, before = row["question"], row["history"]
    if row["verdict"] == NOT_THERE or (row["verdict"] == LIKED and not row["answered"]):
        return Question(id_, "draft", "near_miss" if row["answered"] else "unanswerable", asked, False, [], [], before)
    if row["verdict"] != LIKED:
        return Question(id_, "draft", "disliked", asked, True, [[FILL_IN]], [FILL_IN], before)
    doc_ids = list(dict.fromkeys(c["doc_id"] for c in row["citations"]))
    liked = Question(id_, "draft", "liked", asked, True, [row["sentences"]], doc_ids, before)
    return replace(liked, answers=[_pointed_at(liked, row, watched) or row["sentences"]])


def _pointed_at(liked: Question, row: Mapping[str, Any], watched: Watched) -> list[str]:
    """The words of the liked sentences that answer, as the reader sees it today; none where it sees another sentence."""
    found = {e.text: e.value for e in answered(watched, liked).evidence}
    values = [found.get(c["quote"], "") for c in row["citations"]]
    return [v for v, said in zip(values, row["sentences"], strict=False) if v.strip() and normalise(v) in normalise(said)][:1]


if __name__ == "__main__":
    main()
