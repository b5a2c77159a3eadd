"""The question sets: which articles, and what is asked about them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RESULTS = HERE / "results"
FILL_IN = "FILL IN"  # stands in a draft for a key that nobody has given yet


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question file. Each group of `answers` must be given in one of its spellings, citing one of `doc_ids`. `history` has the questions
    that were asked before it in the same conversation.
    """

    id: str
    split: str
    category: str
    question: str
    answerable: bool
    answers: list[list[str]]
    doc_ids: list[str]
    history: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """An archive and the questions about it."""

    name: str
    articles: Path
    questions: tuple[Question, ...]


def read_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a file of JSON lines. Raises SystemExit when it cannot be read, or for a line that is no question."""
    found: dict[str, Question] = {}
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SystemExit(f"{path} could not be read ({error}); name a file of JSON lines in UTF-8") from None
    for n, line in enumerate(lines, start=1):
        if line.strip():
            try:
                question = _checked(json.loads(line), found)
            except (ValueError, TypeError) as error:
                raise SystemExit(f"line {n} of {path} is no question ({error}); its fields are {', '.join(Question.__slots__)}") from None
            found[question.id] = question
    return tuple(found.values())


def _checked(row: dict[str, Any], known: Container[str]) -> Question:
    """Raises TypeError or ValueError for what is no question, or has an id that is known already."""
    question = Question(**row)
    if question.id in known:
        raise ValueError(f"the id {question.id} is there twice")
    groups = question.answers
    if not isinstance(question.history, list) or not all(isinstance(before, str) for before in question.history):
        raise TypeError("history is a list of questions")
    if not all(isinstance(group, list) and group and all(isinstance(s, str) for s in group) for group in groups):
        raise ValueError('answers is a list of groups, each a list of spellings: [["42", "forty-two"]]')
    if any(FILL_IN in group for group in [*groups, question.doc_ids]):
        raise ValueError(f"its key is still to be written where it says {FILL_IN}")
    if bool(groups) != question.answerable:
        raise ValueError("a question has answers exactly when it is answerable")
    return question


def plain(question: Question) -> dict[str, Any]:
    """A question as a line of a file has it."""
    fields = {name: getattr(question, name) for name in Question.__slots__}
    return {name: value for name, value in fields.items() if value or name != "history"}


def own_sets() -> list[QuestionSet]:
    """The sets that are kept here: the seeds, and each archive beside its questions."""
    files = [(HERE.parent / "seeds", HERE / "questions.jsonl")]
    files += [(path.with_suffix(""), path) for path in sorted((HERE / "archives").glob("*.jsonl"))]
    return [QuestionSet(articles.name, articles, read_questions(path)) for articles, path in files]


def add_choice(parser: argparse.ArgumentParser) -> None:
    """The arguments by which a program is told the sets to ask: names of our own, or an archive with a file of questions."""
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"sets of our own (default: all of {', '.join(s.name for s in own_sets())})")
    parser.add_argument("--archive", type=Path, help="folder of other articles")
    parser.add_argument("--questions", type=Path, help="JSON lines with the questions about them")


def chosen(arguments: argparse.Namespace, default: Sequence[str] = ()) -> list[QuestionSet]:
    """The sets that the arguments name. Raises SystemExit when they name none that is there."""
    if bool(arguments.archive) != bool(arguments.questions) or (arguments.archive and arguments.sets):
        raise SystemExit("--archive and --questions go together, without a SET: a folder of articles and the questions about them")
    if arguments.archive:
        for path in (arguments.archive, arguments.questions):
            if not path.exists():
                raise SystemExit(f"there is no {path}")
        return [QuestionSet(arguments.questions.stem, arguments.archive, read_questions(arguments.questions))]
    known = {s.name: s for s in own_sets()}
    names = arguments.sets or default or list(known)
    if unknown := [name for name in names if name not in known]:
        raise SystemExit(f"there is no set {unknown[0]}; there are {', '.join(known)}")
    return [known[name] for name in names]
