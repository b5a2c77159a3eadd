"""Where words come from: the article that holds a quotation, word for word or nearly so.

A question that holds a quotation and asks for its article, outlet, date, address or speaker is not read but looked up: each passage that search
finds is aligned with it (partial ratio of edit distance, RapidFuzz), and the article's own words are shown, never those that were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from rag.corpus import evidence_sentences
from rag.text import STOPWORDS, squash, tokens
from rag.types import Document, Evidence, Sentence, Span
from rag.verify import quoted
from rag.views import shown

FOUND = 78.0  # of 100: how alike a quotation and the words of an article must be (eval.quotes)
SHORTEST = 4  # words of a quotation that can be looked up
_QUOTED = re.compile(r"[“\"„«](?P<curly>[^”\"“»]{12,})[”\"“»]|(?<!\w)[‘'](?P<single>.{12,})['’](?!\w)", re.DOTALL)
_ASKS = frozenset(
    """article articles outlet outlets newspaper newspapers paper papers source sources story stories site website page publication published publish appear appears
    appeared come comes came from find found quote quotes quoted quotation sentence words passage line written wrote write writes printed date dated day when url link
    address web where which who whose says said say stated told headline title report reported reports news identify original originally first read reads""".split()
)


@dataclass(frozen=True, slots=True)
class Found:
    """Where the words of a quotation stand in a document, how alike they are, from 0 to 100, and whether they are the same but for marks and capitals."""

    document: Document
    span: Span
    ratio: float
    exact: bool


def read_quotation(question: str) -> str:
    """The quotation whose origin a question asks for; "" for any other question. A title
    ("The Old Man and the Sea") is none.

    >>> read_quotation("Which article says “The ferry is back after ten years”?"), read_quotation("Who called it “a very bad day for us all”, and why did he resign?")
    ('The ferry is back after ten years', '')
    """
    found = _QUOTED.search(question)
    if not found:
        return ""
    words = found["curly"] or found["single"]
    beside = tokens(question[: found.start()] + " " + question[found.end() :])
    looked_up = all(t.folded in _ASKS or t.folded in STOPWORDS for t in beside) and any(t.folded in _ASKS for t in beside)
    title = all(t.text[0].isupper() or len(t.text) <= 4 for t in tokens(words))
    return words.strip(" .,;:") if looked_up and not title and len(tokens(words)) >= SHORTEST else ""


def look_up(quotation: str, documents: Iterable[Document]) -> list[Found]:
    """The words of each document that are like enough to a quotation, the likest first.

    >>> found = look_up("the ferry is back after ten year", [Document("a", "Ferry", "They said: “The ferry is back after ten years.”")])
    >>> found[0].span.of(found[0].document.text)
    'The ferry is back after ten year'
    """
    wanted = _plain(quotation)
    found: list[Found] = []
    for document in documents:
        aligned = fuzz.partial_ratio_alignment(wanted, _plain(document.text), score_cutoff=FOUND)
        if aligned is not None and len(wanted) <= len(document.text):
            exact = squash(wanted) in squash(_plain(document.text))
            found.append(Found(document, Span(aligned.dest_start, aligned.dest_end), aligned.score, exact))
    return sorted(found, key=lambda f: (-f.exact, -f.ratio))


def _plain(text: str) -> str:
    """A text in small letters with plain marks and spaces, character for character as long as it was."""
    lower = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return re.sub(r"\s", " ", lower).translate(_MARKS)


_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " "})


def whole(found: Found) -> Evidence:
    """The sentences that the words found stand in, with what tells who speaks them."""
    text, spans = found.document.text, evidence_sentences(found.document)
    touched = [n for n, s in enumerate(spans) if s.start < found.span.end and found.span.start < s.end and _overlap(s, found.span) > 2]
    if not touched:
        start, end = found.span.start, found.span.end
    else:
        first = shown(found.document, spans, touched[0]) if len(touched) == 1 else spans[touched[0]]
        start, end = first.start, max(first.end, spans[touched[-1]].end)
    return Evidence(found.document, start, end, text[start:end], found.ratio / 100, text[found.span.start : found.span.end].strip())


def _overlap(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def told(found: Found, marker: int) -> Sentence:
    """The article's own words, and whether they are not quite those that were asked for."""
    sentence = quoted(whole(found), marker)
    return sentence if found.exact else replace(sentence, text=f"Not word for word: {sentence.text}")
