"""Reads a test collection as BEIR keeps it (Thakur et al. 2021): `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv` in one folder."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag import Document


@dataclass(frozen=True, slots=True)
class Collection:
    """Texts, queries by id, and the grade of each relevant text by query; only queries that have a relevant text are kept."""

    documents: tuple[Document, ...]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]


def read(folder: Path) -> Collection:
    """Raises SystemExit, with what is missing or wrong, for a folder that is no such set."""
    try:
        qrels = _qrels(folder / "qrels" / "test.tsv")
        documents = tuple(
            Document(row["_id"], row.get("title", ""), row["text"]) for row in _rows(folder / "corpus.jsonl") if row["text"].strip()
        )
        queries = {row["_id"]: row["text"] for row in _rows(folder / "queries.jsonl") if row["_id"] in qrels}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SystemExit(
            f"{folder} is no test collection of BEIR ({error}): it has corpus.jsonl, queries.jsonl and qrels/test.tsv"
        ) from None
    if len({d.doc_id for d in documents}) < len(documents):
        raise SystemExit(f"{folder}/corpus.jsonl has an id twice; each text needs one of its own")
    found = {query: grades for query, grades in qrels.items() if query in queries}
    if not documents or not found:
        raise SystemExit(f"{folder} has {len(documents)} texts and {len(found)} queries with a relevant text: there is nothing to measure")
    return Collection(documents, queries, found)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    """The relevant texts alone: a grade of 0 or less is none."""
    grades: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if int(row["score"]) > 0:
                grades.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
    return grades
