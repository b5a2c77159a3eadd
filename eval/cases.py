"""Small archives with a question each, asked with every model: `python -m eval.cases [FILE ...] [--split SPLIT] [--set NAME=VALUE] [--show]`.

Dates, disagreement, speakers and conversations are measured so: what matters is how two or three articles stand to each other. A case is right when
it shows what its key says (of each group of spellings one), nothing of what the key forbids, cites the articles it must, and shows a disagreement
exactly where the articles disagree; one without an answer is right when it is refused.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path

from tqdm import tqdm

from eval.measures import normalise
from eval.run import configured
from eval.sets import HERE
from eval.statistics import counted
from rag import Answer, Config, Document, Index, Pipeline, Turn, load_embedder, read_article, read_folder

SETS = tuple(HERE / f"{name}.jsonl" for name in ("dates", "conflicts", "speakers", "conversations"))


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a case file. `articles` are texts by id, or else `archive` names a kept archive; `forbidden` (in the file `not`) may not be shown; each
    of `cites` must be cited, and one of `cites_any`; `sides` are the values that disagree, each in its spellings. `today`, `since` and `until` are days in ISO form.
    """

    id: str
    split: str
    kind: str
    question: str
    answers: list[list[str]]
    cites: list[str]
    cites_any: list[str] = field(default_factory=list)
    articles: dict[str, str] = field(default_factory=dict)
    archive: str = ""
    history: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    sides: list[list[str]] = field(default_factory=list)
    today: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a case: `fault` says in a word or two what is wrong with it, and is empty when it is right."""

    case: Case
    fault: str
    answer: Answer


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.cases", description=__doc__)
    parser.add_argument(
        "files", nargs="*", type=Path, default=SETS, metavar="FILE", help="case files (default: dates, conflicts, speakers, conversations)"
    )
    parser.add_argument("--split", help="ask only this split: dev or held-out")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="another setting, such as writer=none")
    parser.add_argument("--show", action="store_true", help="show each case that is not right")
    arguments = parser.parse_args(argv)
    for path in arguments.files:
        cases = [case for case in read_cases(path) if arguments.split in {None, case.split}]
        verdicts = list(tqdm(asked(cases, configured(arguments.set)), total=len(cases), desc=path.stem, disable=None))
        print("\n".join([f"\n{path.stem}", *table(verdicts), *(told(v) for v in verdicts if v.fault and arguments.show)]), flush=True)


def read_cases(path: Path) -> list[Case]:
    """The cases of a file. Raises SystemExit for a file or a line that is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SystemExit(f"{path} could not be read ({error}); name a file of JSON lines in UTF-8") from None
    found = []
    for n, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            found.append(Case(**{"forbidden" if name == "not" else name: value for name, value in row.items()}))
        except (ValueError, TypeError, AttributeError) as error:
            raise SystemExit(f"line {n} of {path} is no case ({error}); its fields are {', '.join(Case.__slots__)}") from None
    return found


def asked(cases: Iterable[Case], config: Config, judge: Callable[[Case, Answer], str] | None = None) -> Iterator[Verdict]:
    """Every case asked of its own archive; the models are loaded once, and cases that follow each other share the archive that they have in common."""
    reader = writer = None
    embedder = load_embedder(config)
    for _same, group in groupby(cases, key=lambda case: (case.archive, case.articles)):
        first, *others = group
        with tempfile.TemporaryDirectory() as folder, Index.build(articles(first), folder, embedder=embedder) as index:
            for case in (first, *others):
                pipeline = Pipeline(index, dataclasses.replace(config, today=case.today), reader=reader, writer=writer)
                reader, writer = pipeline.reader, pipeline.writer
                history: list[Turn] = []
                for question in case.history:
                    history.append(Turn(question, pipeline.answer(question, history)))
                answer = pipeline.answer(case.question, history, since=_day(case.since), until=_day(case.until))
                yield Verdict(case, (judge or fault)(case, answer), answer)


def articles(case: Case) -> list[Document]:
    """The articles of a case. Raises SystemExit for an archive that is not kept."""
    if not case.archive:
        return [read_article(text, doc_id) for doc_id, text in case.articles.items()]
    folder = HERE.parent / "seeds" if case.archive == "seeds" else HERE / "archives" / case.archive
    if not folder.is_dir():
        raise SystemExit(f"{case.id} names the archive {case.archive}, which is not kept")
    return read_folder(folder)


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None


def fault(case: Case, answer: Answer) -> str:
    """What is wrong with an answer; "" when nothing is."""
    if not case.answers or not answer.answered:
        return "" if bool(case.answers) == answer.answered else "answered" if answer.answered else "refused"
    shown, cited = normalise(shown_text(answer)), {c.doc_id for c in answer.citations}
    sides = [
        normalise(" ".join(reading.value + " " + " ".join(c.quote for c in reading.citations) for reading in d.readings))
        for d in answer.disagreements
    ]
    if sides and not case.sides:
        return "false alarm"
    if case.sides and not any(all(_says(side, group) for group in case.sides) for side in sides):
        return "one side"
    if not all(_says(shown, group) for group in case.answers):
        return "wrong"
    if any(normalise(value) in shown for value in case.forbidden):
        return "forbidden"
    return "" if set(case.cites) <= cited and (not case.cites_any or cited & set(case.cites_any)) else "not cited"


def _says(text: str, group: Sequence[str]) -> bool:
    return any(normalise(spelling) in text for spelling in group)


def shown_text(answer: Answer) -> str:
    """All that is shown as answer: its sentences, without the outlet and date before a quote, and the values of its disagreements with their quotes."""
    readings = [reading for d in answer.disagreements for reading in d.readings]
    said = [re.sub(r"^[^“\"„«]*(?=[“\"„«])", "", s.text) if s.quoted else s.text for s in answer.sentences]
    return " ".join([*said, *(f"{r.value} {c.quote}" for r in readings for c in r.citations)])


def table(verdicts: Sequence[Verdict]) -> list[str]:
    """How many cases of each kind are right, with the interval, and what is wrong with the others."""
    kinds = list(dict.fromkeys(v.case.kind for v in verdicts))
    rows = [(kind, [v for v in verdicts if v.case.kind == kind]) for kind in kinds] + [("all", list(verdicts))]
    return [f"{name:24}{counted(sum(not v.fault for v in found), len(found))}  {_faults(found)}".rstrip() for name, found in rows]


def _faults(verdicts: Sequence[Verdict]) -> str:
    faults = [v.fault for v in verdicts if v.fault]
    return ", ".join(f"{faults.count(name)} {name}" for name in dict.fromkeys(faults))


def told(verdict: Verdict) -> str:
    """A case that is not right, to be read."""
    case = verdict.case
    question = " / ".join([*case.history, case.question])
    resolved = f" -> {verdict.answer.resolved}" if verdict.answer.resolved else ""
    return f"{case.id} {case.kind}: {verdict.fault}\n  {question}{resolved}\n  key {case.answers} {case.cites} {case.sides or ''}\n  {verdict.answer}"


if __name__ == "__main__":
    main()
