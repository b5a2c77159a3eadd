"""What the writer is told: the question and one piece of evidence, never a bare question and never a whole article."""

from __future__ import annotations

from collections.abc import Sequence

from rag.text import squash
from rag.types import Evidence

Message = dict[str, str]

_RULES = (
    "You answer a question in one short sentence, using only the words of the evidence. Copy names, numbers and dates exactly. "
    "Keep who said it."
)
_EXAMPLES = (
    (
        "How many people were on board the ferry?",
        "The coast guard said that 42 people were on board when the ferry left Rona harbour early on Friday, and that all were safe.",
        "The coast guard said that 42 people were on board when the ferry left Rona harbour.",
    ),
    (
        "Who opened the new bridge?",
        "Mayor Ida Holm, who has held the office since May, opened the new bridge over the Orre on Sunday.",
        "Mayor Ida Holm opened the new bridge over the Orre on Sunday.",
    ),
)


def messages(question: str, evidence: Evidence, rejected: Sequence[str] = ()) -> list[Message]:
    """The chat for one sentence; `rejected` says why an earlier sentence was not shown."""
    turns: list[Message] = [{"role": "system", "content": _RULES}]
    for asked, given, written in _EXAMPLES:
        turns += [{"role": "user", "content": _ask(asked, given)}, {"role": "assistant", "content": written}]
    told = "\nCopy the evidence word for word, leaving out what does not answer the question." if rejected else ""
    return [*turns, {"role": "user", "content": _ask(question, squash(evidence.text)) + told}]


def _ask(question: str, evidence: str) -> str:
    return f"Evidence: {evidence}\nQuestion: {question}"
