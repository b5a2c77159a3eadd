"""What a visitor thinks of an answer, kept on this machine: one JSON line for each thumb or reason, beside the store.

`python -m eval.from_feedback` makes questions of them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rag import Turn

REASONS = ("Not what I asked", "The articles do not say this", "The articles do say it", "Hard to read")  # beside thumbs up and down
VERDICTS = {True: "Like", False: "Dislike"}


def place(index: Path) -> Path:
    """The file for a store: beside its folder, so that a new build leaves it alone.

    >>> place(Path("index/store")).name
    'store.feedback.jsonl'
    """
    folder = index.resolve()
    return folder.with_name(f"{folder.name}.feedback.jsonl")


def keep(path: Path, turns: Sequence[Turn], verdict: str) -> None:
    """Add what is thought of the last turn; an empty verdict takes an earlier one back. Raises OSError when the file cannot be written."""
    *before, turn = turns
    line = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "verdict": verdict,
        "question": turn.question,
        "history": [t.question for t in before],
        "answered": turn.answer.answered,
        "sentences": [s.text for s in turn.answer.sentences] or [str(turn.answer.reason)],
        "citations": [{"doc_id": c.doc_id, "start": c.start, "end": c.end, "quote": c.quote} for c in turn.answer.citations],
    }
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{json.dumps(line, ensure_ascii=False)}\n")
