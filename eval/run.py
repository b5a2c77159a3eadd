"""Ask every question of the sets and print what came of it: `python -m eval.run [SET ...] [--archive DIR --questions FILE] [--together] [--set NAME=VALUE] [--compare RUN]`.

Every run is kept under eval/results/ with its date and commit; one that is broken off goes on where it stopped.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import json
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from tqdm import tqdm

from eval.citations import CitationJudge, cited, load_citation_judge, told
from eval.compare import earlier, report
from eval.measures import Asked, Judgement, failed, judge
from eval.sets import HERE, RESULTS, Question, QuestionSet, add_choice, case_sets, chosen, digest, own_sets, together
from eval.table import table
from eval.watch import Watched
from rag import Answer, Config, ConfigError, Index, Pipeline, RagError, Sentence, Turn, load_embedder


def main(argv: Sequence[str] | None = None) -> None:
    arguments = _parser().parse_args(argv)
    config = configured(arguments.set)
    sets = [_split(questions, arguments.split) for questions in chosen(arguments)]
    sets = [together(questions) for questions in sets] if arguments.together else sets
    before = {s.name: earlier(arguments.compare, s.name) for s in sets} if arguments.compare else {}
    partials = [_Partial(questions, config) for questions in sets]
    asked = [ask(questions, config, partial) for questions, partial in zip(sets, partials, strict=True)]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20  # before the judge of citations is loaded, which answers nothing
    citations = load_citation_judge(config)
    for questions, partial, answers in zip(sets, partials, asked, strict=True):
        judgements, judged = _cited(answers, citations)
        lines = [*table(judgements), *judged]
        print(f"\n{questions.name}\n" + "\n".join(lines), flush=True)
        if not arguments.no_save:
            print(f"kept in {save(judgements, lines, config, questions, arguments.split)}")
        partial.forget()
        if before:
            print("\n".join(report(before[questions.name], [dataclasses.asdict(j) for j in judgements])))
    print(f"\nmemory at most  {memory:.2f} GiB")


def _cited(judgements: list[Judgement], judge: CitationJudge) -> tuple[list[Judgement], list[str]]:
    """The judgements with what the judge of citations says, and its lines; without it, why."""
    try:
        found = cited(judgements, judge)
    except RagError as error:
        return judgements, [f"citations were not judged: {error}"]
    return found, told(found, judge)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.run", description=__doc__)
    add_choice(parser, [*own_sets(), *case_sets()])
    parser.add_argument("--split", help="ask only this split: dev or held-out")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="another setting, such as writer=none; as often as needed"
    )
    parser.add_argument("--compare", metavar="RUN", help="a kept run, or the commit of one: which questions turned good or bad since")
    parser.add_argument("--together", action="store_true", help="ask of the articles of all questions of a set as one archive")
    parser.add_argument("--no-save", action="store_true", help="keep nothing")
    return parser


def configured(settings: Sequence[str]) -> Config:
    """The configuration with other settings. Raises SystemExit for one that is unknown or has no meaning."""
    names = [f.name for f in dataclasses.fields(Config)]
    pairs = [setting.partition("=") for setting in settings]
    if unknown := [name for name, equals, _value in pairs if name not in names or not equals]:
        raise SystemExit(f"--set {unknown[0]} names no setting; give NAME=VALUE with one of {', '.join(names)}")
    try:
        return Config(**{name: value for name, _equals, value in pairs})  # type: ignore[arg-type]  # Config reads numbers from text
    except ConfigError as error:
        raise SystemExit(str(error)) from None


def _split(questions: QuestionSet, split: str | None) -> QuestionSet:
    """The questions of one split, when one is named. Raises SystemExit when there are none."""
    found = tuple(q for q in questions.questions if split in {None, q.split})
    if not found:
        splits = ", ".join(sorted({q.split for q in questions.questions})) or "none"
        raise SystemExit(f"{questions.name} has no question{f' of the split {split}' if split else ''}; its splits are {splits}")
    return dataclasses.replace(questions, questions=found)


class _Partial:
    """The judgements of a run so far, by question; of the same code, settings, articles and questions. An error is no judgement: it is asked again."""

    def __init__(self, questions: QuestionSet, config: Config) -> None:
        code = [p for room in ("rag", "eval") for p in (HERE.parent / room).rglob("*") if p.suffix in {".py", ".safetensors"}]
        same = repr((digest(code), questions.digest(), config, questions.questions))
        self._path = RESULTS / "partial" / f"{hashlib.sha256(same.encode()).hexdigest()[:16]}.part"

    def done(self) -> dict[str, Judgement]:
        lines = self._path.read_text(encoding="utf-8").split("\n") if self._path.is_file() else []
        return {j.id: j for line in lines if (j := _read(line))}

    def add(self, judgement: Judgement) -> None:
        if not judgement.error:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(
                    f"\n{json.dumps(dataclasses.asdict(judgement))}"
                )  # the line break first: what was torn off stays a line of its own

    def forget(self) -> None:
        self._path.unlink(missing_ok=True)


def _read(line: str) -> Judgement | None:
    try:
        return Judgement(**json.loads(line))
    except (ValueError, TypeError):
        return None  # torn off when the run was


def ask(questions: QuestionSet, config: Config, partial: _Partial | None = None) -> list[Judgement]:
    """Build each archive, ask every question that was not asked yet, and judge the answers."""
    done = partial.done() if partial else {}
    waiting = [q for q in questions.questions if q.id not in done]
    with tqdm(total=len(waiting), desc=questions.name, disable=None) as bar:
        for judgement in _asked(questions, waiting, config):
            done[judgement.id] = judgement
            bar.update()
            if partial:
                partial.add(judgement)
    return [done[q.id] for q in questions.questions]


def _asked(questions: QuestionSet, waiting: Sequence[Question], config: Config) -> Iterator[Judgement]:
    """The models are loaded once; questions that follow each other share the archive that they have in common."""
    embedder = load_embedder(config)
    reader = writer = rewriter = None
    for _same, group in groupby(waiting, key=lambda q: (q.archive, q.articles)):
        first, *others = group
        with tempfile.TemporaryDirectory() as store, Index.build(questions.documents(first), store, embedder=embedder) as index:
            for today, asked in groupby((first, *others), key=lambda q: q.today):
                settings = dataclasses.replace(config, today=today or config.today)
                pipeline = Pipeline(index, settings, reader=reader, writer=writer, rewriter=rewriter)
                yield from run(pipeline, list(asked), warm=reader is None)
                reader, writer, rewriter = pipeline.reader, pipeline.writer, pipeline.rewriter


def run(pipeline: Pipeline, questions: Sequence[Question], *, warm: bool = True) -> Iterator[Judgement]:
    """Judge each question; the models are loaded before, so that loading is in no time."""
    if questions and warm:
        pipeline.warm()
    watched = Watched(pipeline)
    for question in questions:
        start = time.perf_counter()
        try:
            judgement = judge(question, answered(watched, question), pipeline.index)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is this question's and not the run's
            judgement = failed(question, error, time.perf_counter() - start)
        yield judgement


def answered(watched: Watched, question: Question) -> Asked:
    """The answer to a question, after those of its history, and how it came about."""
    history: list[Turn] = []
    for before in question.history:
        with watched as pipeline:
            history.append(Turn(before, pipeline.answer(before, history)))
    start, searched, first = time.perf_counter(), None, None
    with watched as pipeline:
        for part in pipeline.stream(question.question, history, since=_day(question.since), until=_day(question.until)):
            searched = searched or time.perf_counter() - start
            if isinstance(part, Sentence) and first is None:
                first = time.perf_counter() - start
    assert isinstance(part, Answer)
    assert searched
    return Asked(part, tuple(watched.evidence), tuple(watched.outputs), watched.tokens, searched, first, time.perf_counter() - start)


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None


def save(judgements: Sequence[Judgement], lines: Sequence[str], config: Config, questions: QuestionSet, split: str | None) -> Path:
    """Write the run to eval/results/ and return its path."""
    commit = _git("rev-parse", "--short", "HEAD") + ("-changed" if _git("status", "--porcelain", "--untracked-files=no") else "")
    now = datetime.now(UTC)
    path = RESULTS / f"{now:%Y-%m-%d-%H%M%S}-{commit}-{questions.name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    settings = {key: value for key, value in dataclasses.asdict(config).items() if key not in {"cache", "index", "server", "server_key"}}
    settings |= {key: Path(settings[key]).name for key in ("embedder", "writer")}  # of a folder on this machine its name
    record: dict[str, Any] = {
        "date": now.isoformat(timespec="seconds"),
        "commit": commit,
        "set": questions.name,
        "split": split,
        "config": settings,
    }
    record |= {"articles": questions.digest(), "report": lines}
    asked = {q.id: " / ".join([*q.history, q.question]) for q in questions.questions}
    path.write_text(
        _lines(record | {"judgements": [{"question": asked[j.id]} | dataclasses.asdict(j) for j in judgements]}), encoding="utf-8"
    )
    return path


def _lines(record: dict[str, Any]) -> str:
    """JSON with a line for each judgement, so that two runs can be compared by eye."""
    *head, (_name, judgements) = record.items()
    top = "".join(f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)},\n" for name, value in head)
    rows = ",\n".join(f"  {json.dumps(j, ensure_ascii=False)}" for j in judgements)
    return f'{{\n{top} "judgements": [\n{rows}\n ]\n}}\n'


def _git(*arguments: str) -> str:
    if not shutil.which("git"):
        return ""
    return subprocess.run(["git", *arguments], capture_output=True, text=True, check=False, cwd=HERE).stdout.strip()


if __name__ == "__main__":
    main()
