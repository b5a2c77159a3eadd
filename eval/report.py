"""Kept runs as one page: `python -m eval.report [SET ...] [--run FILE] [--out FILE]`: the latest run of each set, or those named.

The page needs nothing beside itself: figures, plots, and each question with its passages, evidence, written sentences and what the verifier said of them.
"""

from __future__ import annotations

import argparse
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2
import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from eval.compare import Row, good, kept
from eval.measures import OUTCOMES
from eval.sets import HERE, RESULTS, Question, QuestionSet, add_choice, case_sets, chosen, own_sets
from rag import Document, Evidence, objections, passages

COLOURS = {"right": "#3a8f5c", "wrong": "#c0392b", "refused": "#b0b0a8"}
BEGINNING = 25  # characters by which a shown sentence is known again: dates may be completed in it
mpl.rcParams["svg.hashsalt"] = "dateline"  # the same page from the same runs


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.report", description=__doc__)
    add_choice(parser, [*own_sets(), *case_sets()])
    parser.add_argument("--run", type=Path, action="append", default=[], help="a file of eval/results/ (default: each set's latest)")
    parser.add_argument("--out", type=Path, default=RESULTS / "report.html")
    arguments = parser.parse_args(argv)
    sets = arguments.known | {s.name: s for s in (chosen(arguments) if arguments.archive else [])}
    records = [_record(path) for path in arguments.run] or [run for s in chosen(arguments) if (run := latest(s.name))]
    if not records:
        raise SystemExit("no run is kept; make one with: python -m eval.run")
    if changed := [r["set"] for r in records if r["set"] in sets and r["articles"] != sets[r["set"]].digest()]:
        raise SystemExit(f"the articles of {changed[0]} have changed since that run; make another with: python -m eval.run")
    if unknown := [r["set"] for r in records if r["set"] not in sets]:
        raise SystemExit(f"the run is of {unknown[0]}, which is no set of ours; name its articles with --archive and --questions")
    arguments.out.write_text(page([(record, sets[record["set"]]) for record in records]), encoding="utf-8")
    print(f"written to {arguments.out}")


def _record(path: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SystemExit(f"{path} could not be read ({error}); name a file of {RESULTS}") from None
    if "articles" not in record:
        raise SystemExit(f"{path} was kept by an earlier version and does not tell enough; make another with: python -m eval.run")
    return record


def latest(name: str) -> dict[str, Any] | None:
    """The newest kept run of all questions of a set."""
    return next((record for _path, record in reversed(kept(name)) if "articles" in record and not record["split"]), None)


def page(runs: Sequence[tuple[Mapping[str, Any], QuestionSet]]) -> str:
    """The page; whatever comes from articles, questions or the writer is escaped."""
    template = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        (HERE / "report.html").read_text(encoding="utf-8")
    )
    return template.render(runs=[_run(record, questions) for record, questions in runs])


def _run(record: Mapping[str, Any], questions: QuestionSet) -> dict[str, Any]:
    keys = {q.id: q for q in questions.questions}
    rows = [row for row in record["judgements"] if row["id"] in keys]
    return {
        **{name: record[name] for name in ("date", "commit", "config", "report")},
        "name": questions.name,
        "plots": [_svg(figure) for figure in (_categories(rows), _risk(rows, record["config"]["refuse_below"]), _latency(rows))],
        "questions": [_question(row, keys[row["id"]], documents) for row, documents in _with_documents(rows, keys, questions)],
    }


def _with_documents(
    rows: Sequence[Row], keys: Mapping[str, Question], questions: QuestionSet
) -> Iterator[tuple[Row, Mapping[str, Document]]]:
    """Each row with the articles that its question was asked of, by id; those that follow each other share them."""
    for _same, group in groupby(rows, key=lambda row: (keys[row["id"]].archive, keys[row["id"]].articles)):
        first, *others = group
        documents = {d.doc_id: d for d in questions.documents(keys[first["id"]])}
        for row in (first, *others):
            yield row, documents


def _question(row: Row, question: Question, documents: Mapping[str, Document]) -> dict[str, Any]:
    said = {p.passage_id: p.text for id_ in {e["doc_id"] for e in row["evidence"]} | {p.rpartition(":")[0] for p in row["passages"]}
            if id_ in documents for p in passages(documents[id_])}  # fmt: skip
    return {
        **row,
        "kind": "good" if good(row) else "lost" if row["answerable"] and row["outcome"] == "refused" else "bad",
        "text": row["text"] or row["error"],
        "fault": row.get("fault", ""),
        "expected": "; ".join(" / ".join(group) for group in question.answers),
        "follows": all(s.get("follows", True) for s in row["shown"]),
        "quotes": [documents[q["doc_id"]].text[q["start"] : q["end"]] for s in row["shown"] for q in s["quotes"]],
        "evidence": [e | {"text": documents[e["doc_id"]].text[e["start"] : e["end"]]} for e in row["evidence"]],
        "passages": [(id_, said.get(id_, "")) for id_ in row["passages"]],
        "outputs": list(_verdicts(row, documents)),
    }


def _verdicts(row: Row, documents: Mapping[str, Document]) -> Iterator[tuple[str, list[str]]]:
    """Each written output with what the verifier objects to; of several pieces of evidence that it may have been written from, the least. What was shown
    passed, though the output may go on after it.
    """
    found = [
        Evidence(documents[e["doc_id"]], e["start"], e["end"], documents[e["doc_id"]].text[e["start"] : e["end"]], 1.0, e["value"])
        for e in row["evidence"]
    ]
    for output in row["outputs"]:
        written = " ".join(output.split())
        was_shown = any(not s["quoted"] and written.startswith(s["text"][:BEGINNING]) for s in row["shown"])
        yield written, [] if was_shown else min((objections(written, e) for e in found), key=len, default=[])


def _figure(title: str) -> tuple[Figure, Any]:
    figure = Figure(figsize=(4.2, 3.0), layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title, fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _categories(rows: Sequence[Row]) -> Figure:
    """How many questions of each category had each outcome."""
    figure, axes = _figure("outcome by category")
    names = sorted({row["category"] for row in rows}, reverse=True)
    left = np.zeros(len(names))
    for outcome in OUTCOMES:
        counts = Counter(row["category"] for row in rows if row["outcome"] == outcome)
        widths = np.array([counts[name] for name in names])
        axes.barh(names, widths, left=left, color=COLOURS[outcome], label=outcome)
        left += widths
    axes.set_xlabel("questions")
    axes.legend(frameon=False, fontsize=8)
    return figure


def _risk(rows: Sequence[Row], point: float) -> Figure:
    """How many of the answers are wrong, for each share of questions that would be answered, surest first; the point that was used is marked."""
    figure, axes = _figure("risk at each coverage")
    ordered = sorted(rows, key=lambda row: -row["score"])
    wrong = np.cumsum([not row["found"] for row in ordered])
    coverage = np.arange(1, len(ordered) + 1) / max(1, len(ordered))
    axes.plot(coverage, wrong / np.arange(1, len(ordered) + 1), color="#34618f")
    shown = sum(row["score"] >= point and row["score"] > 0 for row in ordered)
    if shown:
        axes.plot(coverage[shown - 1], wrong[shown - 1] / shown, "o", color="#c0392b", label=f"refuse below {point}")
        axes.legend(frameon=False, fontsize=8)
    axes.set(xlabel="coverage", ylabel="risk", xlim=(0, 1), ylim=(0, None))
    return figure


def _latency(rows: Sequence[Row]) -> Figure:
    """What share of the questions is answered within so many seconds."""
    figure, axes = _figure("seconds a question")
    seconds = sorted(row["seconds"] for row in rows)
    axes.step(seconds, np.arange(1, len(seconds) + 1) / max(1, len(seconds)), where="post", color="#34618f", label="to the end")
    firsts = sorted(row["first"] for row in rows if row["first"] is not None)
    axes.step(firsts, np.arange(1, len(firsts) + 1) / max(1, len(firsts)), where="post", color="#d49a1f", label="to the first sentence")
    axes.set(xlabel="seconds", ylabel="share of questions", xlim=(0, None), ylim=(0, 1))
    axes.legend(frameon=False, fontsize=8)
    return figure


def _svg(figure: Figure) -> str:
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    return re.sub(r"^.*?(?=<svg)", "", text.getvalue(), flags=re.DOTALL)


if __name__ == "__main__":
    main()
