"""What the writer is told: the question and one piece of evidence, never a bare question and never a whole article."""

from __future__ import annotations

from collections.abc import Sequence

from rag.text import squash
from rag.types import Evidence

Message = dict[str, str]

NOTHING = "The evidence does not say."  # what the writer is to write instead of guessing; the verifier lets no such sentence pass
_RULES = (
    "You answer a question in one short sentence, using only the words of the evidence. Copy names, numbers and dates exactly. "
    f"Keep who said it. If the evidence does not answer, write: {NOTHING}"
)


def messages(question: str, evidence: Evidence, rejected: Sequence[str] = ()) -> list[Message]:
    """The chat for one sentence; `rejected` says why an earlier sentence was not shown."""
    told = "\nCopy the evidence word for word, leaving out what does not answer the question." if rejected else ""
    return [{"role": "system", "content": _RULES}, {"role": "user", "content": _ask(question, squash(evidence.text)) + told}]


def _ask(question: str, evidence: str) -> str:
    return f"Evidence: {evidence}\nQuestion: {question}"
