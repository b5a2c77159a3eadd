"""The question sets: which articles, and what is asked about them."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Container, Iterable, Sequence
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from rag import Document, read_article, read_folder

HERE = Path(__file__).parent
RESULTS = HERE / "results"
CASES = ("dates", "conflicts", "speakers", "conversations")
FILL_IN = "FILL IN"  # stands in a draft for a key that nobody has given yet


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question file. Each group of `answers` must be given in one of its spellings, citing one of `doc_ids`, if there are any, and all of
    `cites`; nothing that is `forbidden` may be shown. `sides` are the values that disagree, each in its spellings; with none given, there may be a
    disagreement or not, with an empty list there may not. `history` has the questions that were asked before it in the same conversation; `today`, `since`
    and `until` are days in ISO form. It is asked of the set's archive, or of its own `articles` (texts by id), or of another kept `archive`.
    """

    id: str
    split: str
    category: str
    question: str
    answerable: bool
    answers: list[list[str]]
    doc_ids: list[str]
    history: list[str] = field(default_factory=list)
    cites: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    sides: list[list[str]] | None = None
    today: str = ""
    since: str = ""
    until: str = ""
    archive: str = ""
    articles: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions about an archive; of `articles` None when each brings its own."""

    name: str
    articles: Path | None
    questions: tuple[Question, ...]

    def documents(self, question: Question) -> list[Document]:
        """What a question is asked of. Raises SystemExit for an archive that is not kept."""
        if question.articles:
            return [read_article(text, doc_id) for doc_id, text in question.articles.items()]
        return read_folder(self._folder(question))

    def digest(self) -> str:
        """One hash of the articles, in folders and of the questions' own."""
        folders = {self._folder(q) for q in self.questions if not q.articles}
        brought = hashlib.sha256(repr([sorted(q.articles.items()) for q in self.questions if q.articles]).encode()).hexdigest()[:16]
        files = digest(path for folder in folders for path in folder.rglob("*"))
        return files if self.articles else files + brought

    def archive(self) -> list[Document]:
        """The one archive of all its questions. Raises SystemExit when there is none, or a question brings another."""
        if not self.questions or any(q.articles or q.archive for q in self.questions):
            raise SystemExit(f"{self.name} has no question, or not one archive for all of them; ask it with python -m eval.run")
        return self.documents(self.questions[0])

    def _folder(self, question: Question) -> Path:
        folder = archive(question.archive) if question.archive else self.articles
        if folder is None or not folder.exists():
            raise SystemExit(f"{question.id} of {self.name} names no articles that are there: it needs articles, or a kept archive")
        return folder


def together(questions: QuestionSet) -> QuestionSet:
    """The same questions, asked of the articles of all of them as one archive: what other stories tell must not be taken for theirs.

    Raises SystemExit for a question that brings no articles.
    """
    if alone := next((q for q in questions.questions if not q.articles), None):
        raise SystemExit(f"{alone.id} of {questions.name} brings no articles of its own: the set has one archive as it is")
    ids = {text: f"{q.id}-{doc_id}" for q in questions.questions for doc_id, text in q.articles.items()}
    whole = {doc_id: text for text, doc_id in ids.items()}

    def of_all(question: Question) -> Question:
        doc_ids, cites = ([ids[question.articles[doc_id]] for doc_id in known] for known in (question.doc_ids, question.cites))
        return replace(question, articles=whole, doc_ids=doc_ids, cites=cites)

    return replace(questions, name=f"{questions.name}-together", questions=tuple(of_all(q) for q in questions.questions))


def archive(name: str) -> Path:
    """The folder of a kept archive."""
    return HERE.parent / "seeds" if name == "seeds" else HERE / "archives" / name


def digest(paths: Iterable[Path]) -> str:
    """One hash of the names and contents of files."""
    whole = hashlib.sha256()
    for path in sorted(p for p in paths if p.is_file()):
        whole.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()[:16]


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
    _check_optional(question)
    for given in filter(None, (question.today, question.since, question.until)):
        date.fromisoformat(given)
    if any(FILL_IN in group for group in [*groups, question.doc_ids]):
        raise ValueError(f"its key is still to be written where it says {FILL_IN}")
    if bool(groups) != question.answerable:
        raise ValueError("a question has answers exactly when it is answerable")
    return question


def _check_optional(question: Question) -> None:
    """Raises TypeError for what is no text, list of texts or text by id where there should be one."""
    texts = (
        question.id,
        question.split,
        question.category,
        question.question,
        question.today,
        question.since,
        question.until,
        question.archive,
    )
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("id, split, category, question, today, since, until and archive are texts")
    for name in ("doc_ids", "cites", "forbidden"):
        if not _is_texts(getattr(question, name)):
            raise TypeError(f"{name} is a list of texts")
    if question.sides is not None and not (isinstance(question.sides, list) and all(side and _is_texts(side) for side in question.sides)):
        raise TypeError('sides is a list of values, each a list of spellings: [["42"], ["43"]]')
    if not isinstance(question.articles, dict) or not all(isinstance(text, str) for text in question.articles.values()):
        raise TypeError("articles are texts by id")


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def plain(question: Question) -> dict[str, Any]:
    """A question as a line of a file has it."""
    given = {f.name: getattr(question, f.name) for f in fields(Question)}
    return {f.name: given[f.name] for f in fields(Question) if given[f.name] or f.default is MISSING is f.default_factory}


def own_sets() -> list[QuestionSet]:
    """The archives that are kept here with questions about each: the seeds, and those beside their questions."""
    files = [(archive("seeds"), HERE / "questions.jsonl")]
    files += [(path.with_suffix(""), path) for path in sorted((HERE / "archives").glob("*.jsonl"))]
    return [QuestionSet(articles.name, articles, read_questions(path)) for articles, path in files]


def case_sets() -> list[QuestionSet]:
    """The sets whose questions bring small archives of their own."""
    return [QuestionSet(name, None, read_questions(HERE / f"{name}.jsonl")) for name in CASES]


def add_choice(parser: argparse.ArgumentParser, known: Sequence[QuestionSet]) -> None:
    """The arguments by which a program is told the sets to ask: names of our own, or an archive with a file of questions."""
    parser.set_defaults(known={s.name: s for s in known})
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"sets of our own (default: all of {', '.join(s.name for s in known)})")
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
    known: dict[str, QuestionSet] = arguments.known
    names = arguments.sets or default or list(known)
    if unknown := [name for name in names if name not in known]:
        raise SystemExit(f"there is no set {unknown[0]}; there are {', '.join(known)}")
    return [known[name] for name in names]
