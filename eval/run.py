"""Ask every question of a set and print, per category, what came of it: `python -m eval.run [--split NAME] [--articles DIR --questions FILE]`.

Every run is kept under eval/results/ with its date and commit.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tqdm import tqdm

from eval.measures import OUTCOMES, Judgement, Question, judge, percentile, share
from rag import Config, Index, Pipeline, RagError, read_folder

HERE = Path(__file__).parent


def main(argv: Sequence[str] | None = None) -> None:
    arguments = _parser().parse_args(argv)
    questions = read_questions(Path(arguments.questions), arguments.split)
    config = Config()
    with tempfile.TemporaryDirectory() as store:
        index = Index.build(read_folder(arguments.articles), store)
        pipeline = Pipeline(index, config)
        judgements = run(pipeline, questions)
    report = table(judgements)
    print(report)
    if not arguments.no_save:
        print(f"kept in {save(judgements, report, config, Path(arguments.questions).stem)}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.run", description=__doc__)
    parser.add_argument("--articles", default="seeds", help="folder of articles (default: seeds)")
    parser.add_argument("--questions", default=str(HERE / "questions.jsonl"), help="JSON lines (default: eval/questions.jsonl)")
    parser.add_argument("--split", help="ask only this split: dev or held-out")
    parser.add_argument("--no-save", action="store_true", help="keep nothing")
    return parser


def read_questions(path: Path, split: str | None = None) -> list[Question]:
    """The questions of a file, those of one split when it is named."""
    found = [Question(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [q for q in found if split in {None, q.split}]


def run(pipeline: Pipeline, questions: Sequence[Question]) -> list[Judgement]:
    """Judge each question; the first one is asked once before, so that loading is in no time."""
    pipeline.answer(questions[0].question)
    return [_one(pipeline, question) for question in tqdm(questions, desc="questions", disable=None)]


def _one(pipeline: Pipeline, question: Question) -> Judgement:
    """A question that ends in an error counts as wrong, with the error as its text."""
    start = time.perf_counter()
    try:
        answer = pipeline.answer(question.question)
    except RagError as error:
        return Judgement(question.id, question.category, question.answerable, "wrong", 0, 0, 0, 0, time.perf_counter() - start, str(error))
    return judge(question, answer, pipeline.index, time.perf_counter() - start)


def table(judgements: Sequence[Judgement]) -> str:
    """Counts by category, then what the promise rests on: refusals, quotes, sentences, seconds, memory."""
    lines = [f"{'category':14}{'n':>4}" + "".join(f"{outcome:>9}" for outcome in OUTCOMES) + f"{'median s':>10}"]
    for category in sorted({j.category for j in judgements}, key=lambda c: (not _answerable(judgements, c), c)):
        found = [j for j in judgements if j.category == category]
        counts = "".join(f"{sum(j.outcome == o for j in found):9}" for o in OUTCOMES)
        lines.append(f"{category:14}{len(found):4}{counts}{percentile([j.seconds for j in found], 0.5):10.2f}")
    yes, no = [j for j in judgements if j.answerable], [j for j in judgements if not j.answerable]
    seconds = [j.seconds for j in judgements]
    lines += [
        f"right and cited from a right article  {share(yes, 'right')}",
        f"wrongly refused                       {share(yes, 'refused')}",
        f"refused when they should be           {share(no, 'refused')}",
        f"  of the near misses                  {share([j for j in no if j.category == 'near_miss'], 'refused')}",
        f"quotes verbatim at their offsets      {sum(j.verbatim for j in judgements)}/{sum(j.quotes for j in judgements)}",
        f"sentences written by the model        {sum(j.written for j in judgements)}/{sum(j.sentences for j in judgements)}, the others quoted",
        f"seconds per question, warm            median {percentile(seconds, 0.5):.2f}, 95% {percentile(seconds, 0.95):.2f}",
        f"memory at most                        {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB",
    ]
    return "\n".join(lines)


def _answerable(judgements: Sequence[Judgement], category: str) -> bool:
    return any(j.answerable for j in judgements if j.category == category)


def save(judgements: Sequence[Judgement], report: str, config: Config, name: str) -> Path:
    """Write the run to eval/results/ and return its path."""
    commit = _git("rev-parse", "--short", "HEAD") + ("-changed" if _git("status", "--porcelain", "--untracked-files=no") else "")
    now = datetime.now(UTC)
    path = HERE / "results" / f"{now:%Y-%m-%d-%H%M}-{commit}-{name}.json"
    path.parent.mkdir(exist_ok=True)
    settings = {key: value for key, value in dataclasses.asdict(config).items() if key not in {"cache", "index", "server_key"}}
    run_record = {"date": now.isoformat(timespec="seconds"), "commit": commit, "config": settings, "report": report.splitlines()}
    path.write_text(
        json.dumps(run_record | {"judgements": [dataclasses.asdict(j) for j in judgements]}, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return path


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], capture_output=True, text=True, check=False, cwd=HERE).stdout.strip() or ""


if __name__ == "__main__":
    main()
