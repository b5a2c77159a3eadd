"""Keeps what the project is judged on out of training: no text may share eight words in a row with the seeds or the eval sets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
WIDTH = 8  # words of a shingle (Broder 1997)
_WORD = re.compile(r"\w+")


def shingles(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of eight words, lower case; a shorter text is one shingle.

    >>> len(list(shingles("The coast guard said that 42 people were all safe.")))
    3
    """
    words = _WORD.findall(text.lower())
    for n in range(max(1, len(words) - WIDTH + 1)):
        yield tuple(words[n : n + WIDTH])


def forbidden(root: Path = ROOT) -> frozenset[tuple[str, ...]]:
    """The shingles of the seeds, of the eval archives, and of every question asked, its own articles, and every quote or sentence that something is measured on."""
    articles = [
        p for folder in ("seeds", "eval/archives") for p in sorted((root / folder).rglob("*")) if p.is_file() and p.suffix != ".jsonl"
    ]
    texts = [p.read_text(encoding="utf-8") for p in articles]
    for file in sorted([*(root / "eval").glob("*.jsonl"), *(root / "eval" / "archives").glob("*.jsonl")]):
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        texts += [row[part] for row in rows for part in ("question", "quote", "evidence", "sentence") if part in row]
        texts += [text for row in rows for text in row.get("articles", {}).values()]
    return frozenset(s for text in texts for s in shingles(text))


def is_copy(text: str, kept_out: frozenset[tuple[str, ...]]) -> bool:
    """Whether a text has a shingle that training may not see."""
    return any(s in kept_out for s in shingles(text))
