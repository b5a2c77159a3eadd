"""The gates between a written sentence and the screen. Each gate gives a reason to reject; no reason, and it may be shown.

All are deterministic and err on the side of rejecting: a good sentence lost is replaced by its evidence, a bad one shown is a lie.
What may be left out of a sentence is `cuts`'s.
"""

from __future__ import annotations

import re

from rag.completed import complete_dates, completed, dates_of
from rag.cuts import MARKS, is_cut
from rag.text import STOPWORDS, content_tokens, squash, tokens
from rag.types import Citation, Document, Evidence, Sentence

BEFORE = 300  # characters
LONGEST = 60  # words
_PRONOUNS = frozenset(["he", "she", "they", "it", "this", "these", "those", "his", "her", "their", "its", "we", "i", "you"])
_SINGLE = re.compile(r"‘([^‘’]*(?:\w’\w[^‘’]*)*)’(?!\w)|(?<!\w)'([^']*(?:\w'\w[^']*)*)'(?!\w)")  # ‘so written’, or 'so'


def objections(sentence: str, evidence: Evidence) -> list[str]:
    """Why a written sentence may not be shown; empty when it may.

    >>> d = Document("a", "Ferry", "The coast guard said that 42 people were safe.")
    >>> e = Evidence(d, 0, 46, d.text, 1.0, "42")
    >>> objections("The coast guard said 42 people were safe.", e)
    []
    >>> objections("43 people were safe.", e)
    ['words that the evidence does not say: 43', 'the answer is missing: 42']
    """
    return [objection for gate in (_shape, _words, _quotation, _value) if (objection := gate(sentence, evidence))]


def hopeless(unfinished: str, evidence: Evidence) -> bool:
    """Whether a sentence can be given up before it is finished: no cut of the evidence begins as its whole words do."""
    return not is_cut(unfinished.rpartition(" ")[0], evidence.text, unfinished=True)


def cite(evidence: Evidence, marker: int) -> Citation:
    """The citation of a piece of evidence. Raises ValueError when it is not verbatim: such a quote must never be shown."""
    d = evidence.document
    citation = Citation(marker, d.doc_id, d.title, d.outlet, d.published, d.url, evidence.text, evidence.start, evidence.end)
    if not is_verbatim(citation, d):
        raise ValueError(f"the quote of {d.doc_id} is not at {evidence.start}:{evidence.end}")
    return citation


def sentence(written: str, evidence: Evidence, marker: int) -> Sentence:
    """A written sentence that passed, its partial dates made full as its quote's are by the dateline."""
    d = evidence.document
    text = complete_dates(written, d.published, of=evidence.text, before=context(evidence))
    return Sentence(text, (cite(evidence, marker),), value=squash(evidence.value))


def quoted(evidence: Evidence, marker: int) -> Sentence:
    """The evidence itself, with its outlet and date; dates that are completed stand in square brackets.

    Evidence that opens with somebody's own words has its marks already.
    """
    d = evidence.document
    quote = squash(completed(d.text, evidence.start, evidence.end, dates_of(d)).text)
    marked = quote if MARKS.match(quote) else f"“{quote}”"
    return Sentence(f"{d.dateline}: {marked}", (cite(evidence, marker),), quoted=True, value=squash(evidence.value))


def context(evidence: Evidence) -> str:
    """The words before a piece of evidence, by which its dates are understood."""
    return evidence.document.text[max(0, evidence.start - BEFORE) : evidence.start]


def is_verbatim(citation: Citation, document: Document) -> bool:
    """Whether the quote stands at its offsets, character for character."""
    return bool(citation.quote) and document.text[citation.start : citation.end] == citation.quote


def _shape(sentence: str, evidence: Evidence) -> str:
    words = sentence.split()
    if not 3 <= len(words) <= LONGEST or not re.search(r"[.!][\"”’»)]*$", sentence) or evidence.text.rstrip('"”’»)').endswith("?"):
        return "no whole sentence"
    return "it starts with a pronoun" if tokens(sentence)[:1] and tokens(sentence)[0].folded in _PRONOUNS else ""


def _words(sentence: str, evidence: Evidence) -> str:
    """The evidence's own words in its own order, whole asides left out and nothing else."""
    if is_cut(sentence, evidence.text):
        return ""
    there = {t.folded for t in tokens(evidence.text)}
    extra = [t.text for t in tokens(sentence) if t.folded not in there]
    return f"words that the evidence does not say: {', '.join(extra)}" if extra else "words were left out or moved inside a clause"


def _quotation(sentence: str, evidence: Evidence) -> str:
    """What somebody said in so many words stays between quotation marks: it is theirs, not ours."""
    written, there = _doubled(sentence), _doubled(evidence.text)
    if len(MARKS.findall(written)) % 2 or len(MARKS.findall(there)) % 2:
        return "a quotation is left open"
    outside, inside = MARKS.split(written)[::2], MARKS.split(there)[1::2]
    own = {t.folded for part in MARKS.split(there)[::2] for t in content_tokens(part)}
    said = {t.folded for part in inside for t in content_tokens(part)} - own
    bare = [t.text for part in outside for t in content_tokens(part) if t.folded in said]
    return f"words of a quotation without its marks: {', '.join(bare)}" if bare else ""


def _doubled(text: str) -> str:
    """A text with double quotation marks in the place of single ones."""
    return _SINGLE.sub(lambda m: f"“{m[1] or m[2]}”", text)


def _value(sentence: str, evidence: Evidence) -> str:
    wanted = [t.folded for t in tokens(evidence.value) if t.folded not in STOPWORDS]
    written = {t.folded for t in tokens(sentence)}
    return "" if all(word in written for word in wanted) else f"the answer is missing: {squash(evidence.value)}"
