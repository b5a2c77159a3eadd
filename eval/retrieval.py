"""How well passages are found: `python -m eval.retrieval [SET] [--archive DIR --questions FILE | --beir DIR] [--trec DIR]`.

Every question that has an answer is searched by meaning, by words, by both, and by both with the reader's order. A passage is relevant when it is of
a right article and gives one of the answers in one of its spellings; its grade is how many of them it gives. The measures are those of
ir-measures (MacAvaney et al. 2022). Of a test collection of BEIR whole texts are ranked, by their best passage, and its own judgements count.
--trec writes the judgements and the four runs in TREC's form, for any other tool.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

import ir_measures
from ir_measures import RR, R, Success, nDCG
from tqdm import tqdm

from eval import beir
from eval.measures import normalise
from eval.sets import Question, QuestionSet, add_choice, chosen, own_sets
from eval.statistics import interval
from rag import Config, Evidence, Index, Passage, Pipeline, ScoredPassage, passages

MEASURES = (nDCG @ 10, RR @ 10, R @ 5, R @ 20, Success @ 1, Success @ 5)
DEPTH = 20
PASSAGES_OF_A_TEXT = 3  # are searched for each text that is ranked
Qrels = Mapping[str, Mapping[str, int]]  # of each question the relevant passages and their grades
Ranking = dict[str, dict[str, float]]  # of each question the passages and their scores
Runs = dict[str, Ranking]  # of each way of searching


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.retrieval", description=__doc__)
    add_choice(parser, own_sets())
    parser.add_argument("--trec", type=Path, help="write qrels and runs to this folder")
    parser.add_argument("--beir", type=Path, help="folder of a test collection as BEIR keeps it")
    arguments = parser.parse_args(argv)
    if arguments.beir and (arguments.sets or arguments.archive):
        raise SystemExit("--beir names what is searched; leave out SET and --archive")
    found = [(arguments.beir.name, *_of_beir(arguments.beir))] if arguments.beir else ((s.name, *_own(s)) for s in chosen(arguments))
    for name, qrels, runs in found:
        print(f"{name}\n" + "\n".join(table(qrels, runs)))
        if arguments.trec:
            write(arguments.trec / name, qrels, runs)


def _own(asked: QuestionSet) -> tuple[Qrels, Runs]:
    with tempfile.TemporaryDirectory() as store, Index.build(asked.archive(), store) as index:
        qrels = relevance(asked.questions, [p for d in index.documents() for p in passages(d)])
        queries = {q.id: q.question for q in asked.questions if q.id in qrels}
        print(
            f"\n{len(qrels)} of {sum(q.answerable for q in asked.questions)} answerable questions of {asked.name} have a passage that gives their answer word for word"
        )
        return qrels, rankings(Pipeline(index, Config(writer="none")), queries)


def _of_beir(folder: Path) -> tuple[Qrels, Runs]:
    found = beir.read(folder)
    with tempfile.TemporaryDirectory() as store, Index.build(found.documents, store, progress=True) as index:
        if bare := sum(not passages(d) for d in found.documents):
            print(f"{bare} of {len(found.documents)} texts have no sentence that could be evidence: they cannot be found")
        return found.qrels, rankings(Pipeline(index, Config(writer="none")), found.queries, by_text=True)


def relevance(questions: Sequence[Question], found: Sequence[Passage]) -> dict[str, dict[str, int]]:
    """The grade of each relevant passage, by question; questions without any, and those that need what was asked before, are left out."""
    said = {p.passage_id: normalise(p.text) for p in found}
    grades = {
        q.id: {p.passage_id: grade for p in found if p.doc_id in q.doc_ids and (grade := _given(q, said[p.passage_id]))}
        for q in questions
        if not q.history
    }
    return {question: graded for question, graded in grades.items() if graded}


def _given(question: Question, text: str) -> int:
    return sum(any(normalise(spelling) in text for spelling in group) for group in question.answers)


def rankings(pipeline: Pipeline, queries: Mapping[str, str], *, by_text: bool = False) -> Runs:
    """What each way of searching puts first, by its name: passages, or the texts that they are of."""
    runs: Runs = {name: {} for name in ("dense", "lexical", "fused", "read")}
    depth = DEPTH * PASSAGES_OF_A_TEXT if by_text else DEPTH
    for id_, question in tqdm(queries.items(), desc="questions", disable=None):
        for name, by in (("dense", "dense"), ("lexical", "lexical"), ("fused", "both")):
            found = [p.passage for p in pipeline.index.search(question, depth, by=by)]
            runs[name][id_] = _ranked(found, by_text=by_text)
        runs["read"][id_] = _ranked(_read(pipeline, question, found), by_text=by_text)
    return runs


def _ranked(found: Sequence[Passage], *, by_text: bool) -> dict[str, float]:
    """A score for each place, so that no tool has to break a tie."""
    names = list(dict.fromkeys(p.doc_id if by_text else p.passage_id for p in found))[:DEPTH]
    return {name: 1.0 / rank for rank, name in enumerate(names, start=1)}


def _read(pipeline: Pipeline, question: str, found: Sequence[Passage]) -> list[Passage]:
    """The passages by the score of their best sentence; those without one keep the order of the search."""
    scored = [ScoredPassage(p, 0.0, rank) for rank, p in enumerate(found, start=1)]
    evidence = pipeline.reader.read(question, scored, {p.doc_id: pipeline.index.document(p.doc_id) for p in found})
    best = {p.passage_id: max((e.score for e in evidence if _inside(e, p)), default=0.0) for p in found}
    return sorted(found, key=lambda p: -best[p.passage_id])


def _inside(evidence: Evidence, passage: Passage) -> bool:
    return evidence.document.doc_id == passage.doc_id and evidence.start < passage.end and passage.start < evidence.end


def table(qrels: Qrels, runs: Mapping[str, Ranking]) -> Iterator[str]:
    """A line for each way of searching: every measure with its 95% interval."""
    yield f"{len(qrels)} questions with a relevant passage or text"
    yield f"{'':10}" + "".join(f"{measure!s:>20}" for measure in MEASURES)
    for name, run in runs.items():
        values: dict[str, list[float]] = {str(measure): [] for measure in MEASURES}
        for metric in ir_measures.iter_calc(MEASURES, qrels, run):
            values[str(metric.measure)].append(metric.value)
        cells = [(sum(v) / max(1, len(v)), *interval(v)) for v in values.values()]
        yield f"{name:10}" + "".join(f"{f'{mean:.2f} ({low:.2f}-{high:.2f})':>20}" for mean, low, high in cells)


def write(folder: Path, qrels: Qrels, runs: Mapping[str, Ranking]) -> None:
    """`qrels.txt` and a `.run` for each way of searching, as trec_eval reads them; spaces in a passage's id become %20."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{question} 0 {quote(passage)} {grade}" for question, graded in qrels.items() for passage, grade in graded.items()]
    (folder / "qrels.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name, run in runs.items():
        ranked = {question: sorted(scores.items(), key=lambda pair: -pair[1]) for question, scores in run.items()}
        lines = [f"{q} Q0 {quote(p)} {n} {score:.9f} {name}" for q, found in ranked.items() for n, (p, score) in enumerate(found, start=1)]
        (folder / f"{name}.run").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
