"""The gates between a written sentence and the screen. Each gate gives a reason to reject; no reason, and it may be shown.

All are deterministic and err on the side of rejecting: a good sentence lost is replaced by its evidence, a bad one shown is a lie.
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise

from rag.dates import complete_dates
from rag.lexicon import figures, joined_names, related, stem
from rag.text import STOPWORDS, content_tokens, fold, squash, tokens
from rag.types import Citation, Document, Evidence, Sentence, long_date

LONGEST = 60  # words

_NEGATIONS = frozenset(
    stem(word) for word in "not no never none nor neither without cannot denied refused rejected failed nobody nothing lack".split()
)
_REPORTS = frozenset(
    stem(word)
    for word in """said says say told tells stated states claimed claims accused accuses announced announces alleged alleges argued
    added adds declared declares insisted insists suggested suggests reported reportedly according believes believe quoted warned
    denied denies confirmed called urged wished hoped vowed pledged promised asked stressed underlined emphasized noted expressed
    described""".split()
)
_HEDGES = frozenset(
    stem(word)
    for word in """may might could would should will must can likely possibly reportedly allegedly expected plans planned hope hopes
    wish wished ready call called urge urged demand demanded propose proposed if unless""".split()
)
_ROUNDED = frozenset("more less fewer over under about around almost nearly some least most approximately up than at to roughly".split())


def objections(sentence: str, evidence: Evidence, question: str) -> list[str]:
    """Why a written sentence may not be shown; empty when it may.

    >>> d = Document("a", "Ferry", "The coast guard said that 42 people were safe.")
    >>> e = Evidence(d, 0, 46, d.text, 1.0, "42")
    >>> objections("The coast guard said that 42 people were safe.", e, "How many were safe?")
    []
    >>> objections("The coast guard said that 43 people were safe.", e, "How many were safe?")
    ['a figure that the evidence does not give: 43', 'the answer is missing: 42']
    """
    found = [_shape(sentence), _figures(sentence, evidence, question), _words(sentence, evidence, question)]
    found += [
        _order(sentence, evidence, question),
        _polarity(sentence, evidence),
        _attribution(sentence, evidence),
        _value(sentence, evidence),
    ]
    return [objection for objection in found if objection]


def cite(evidence: Evidence, marker: int) -> Citation:
    """The citation of a piece of evidence. Raises ValueError when it is not verbatim: such a quote must never be shown."""
    d = evidence.document
    citation = Citation(marker, d.doc_id, d.title, d.outlet, d.published, d.url, evidence.text, evidence.start, evidence.end)
    if not is_verbatim(citation, d):
        raise ValueError(f"the quote of {d.doc_id} is not at {evidence.start}:{evidence.end}")
    return citation


def sentence(written: str, citation: Citation) -> Sentence:
    """A written sentence that passed, its partial dates made full by the dateline."""
    return Sentence(complete_dates(written, citation.published), (citation,))


def quoted(citation: Citation) -> Sentence:
    """The evidence itself, with its outlet and date; dates that the dateline completes stand in square brackets."""
    when = long_date(citation.published) if citation.published else "undated"
    quote = complete_dates(squash(citation.quote), citation.published)
    return Sentence(f"{citation.outlet or citation.title}, {when}: “{quote}”", (citation,))


def is_verbatim(citation: Citation, document: Document) -> bool:
    """Whether the quote stands at its offsets, character for character."""
    return bool(citation.quote) and document.text[citation.start : citation.end] == citation.quote


def _shape(sentence: str) -> str:
    words = sentence.split()
    if not 3 <= len(words) <= LONGEST or not re.search(r"[.!][\"”’»)]*$", sentence):
        return "no whole sentence"
    return (
        "it starts with a pronoun" if fold(words[0]) in {"he", "she", "they", "it", "this", "these", "those", "his", "her", "their"} else ""
    )


def _figures(sentence: str, evidence: Evidence, question: str) -> str:
    extra = figures(sentence) - figures(evidence.text) - figures(question)
    if extra:
        return f"a figure that the evidence does not give: {', '.join(sorted(extra))}"
    lost = _rounded(evidence.text) & figures(sentence) - _rounded(sentence) - _rounded(question)
    return f"a figure became exact: {', '.join(sorted(lost))}" if lost else ""


def _rounded(text: str) -> frozenset[str]:
    """The figures that "more than", "about" and the like stand in front of."""
    words = tokens(text)
    before = pairwise(words)
    return frozenset().union(*(figures(word.text) for hedge, word in before if hedge.folded in _ROUNDED))


def _words(sentence: str, evidence: Evidence, question: str) -> str:
    """Every content word, names first of all, stands in the evidence or the question."""
    given = {t.folded for t in tokens(f"{evidence.text} {question}")} | set(joined_names(evidence.text))
    stems = {stem(word) for word in given}
    extra = [
        t.text
        for t in content_tokens(sentence)
        if stem(t.folded) not in stems and not (t.is_name and any(related(t.folded, g) for g in given))
    ]
    extra = [word for word in extra if not figures(word)]
    return f"words that the evidence does not say: {', '.join(extra)}" if extra else ""


def _order(sentence: str, evidence: Evidence, question: str) -> str:
    """Names and figures keep the order that they have in the evidence or the question: who did it to whom."""
    anchors = [t.folded for t in content_tokens(sentence) if t.is_name or t.text[0].isdigit()]
    known = [[t.folded for t in tokens(text)] for text in (evidence.text, question)]
    for one, other in combinations(dict.fromkeys(anchors), 2):
        both = [words for words in known if one in words and other in words]
        if both and not any(words.index(one) < len(words) - 1 - words[::-1].index(other) for words in both):
            return f"{other} and {one} have changed places"
    return ""


def _polarity(sentence: str, evidence: Evidence) -> str:
    if added := _marks(sentence, _NEGATIONS) - _marks(evidence.text, _NEGATIONS):
        return f"a negation was added: {', '.join(sorted(added))}"
    lost = _lost(sentence, evidence.text, _NEGATIONS) + _lost(sentence, evidence.text, _HEDGES)
    return f"a negation or hedge was lost: {', '.join(lost)}" if lost else ""


def _attribution(sentence: str, evidence: Evidence) -> str:
    lost = _lost(sentence, evidence.text, _REPORTS)
    return f"who said it was lost: {', '.join(lost)}" if lost else ""


def _lost(sentence: str, evidence: str, marks: frozenset[str]) -> list[str]:
    """The marks of the evidence that the sentence drops although it says something that they govern.

    A mark governs the words after it; behind a comma or a closing quotation mark (", the ministry said") it governs all of them.
    """
    words = tokens(evidence)
    kept, said = _marks(sentence, marks), {stem(t.folded) for t in content_tokens(sentence)}
    lost = []
    for n, word in enumerate(words):
        here = _mark(word.folded, marks)
        if here and here not in kept:
            trailing = re.search(r"[,”\"]\s*(?:\S+\s+){0,5}$", evidence[: word.start]) and not evidence[word.end :].lstrip().startswith(
                "that"
            )
            before = set() if trailing else {stem(t.folded) for t in words[:n]}
            if said & ({stem(t.folded) for t in (words if trailing else words[n + 1 :])} - before):
                lost.append(here)
    return sorted(set(lost))


def _marks(text: str, marks: frozenset[str]) -> frozenset[str]:
    return frozenset(mark for token in tokens(text) if (mark := _mark(token.folded, marks)))


def _mark(word: str, marks: frozenset[str]) -> str:
    if word.endswith(("n't", "n’t")):
        word = "not"
    return stem(word) if stem(word) in marks else ""


def _value(sentence: str, evidence: Evidence) -> str:
    wanted = [t.folded for t in tokens(evidence.value) if t.folded not in STOPWORDS]
    written = {t.folded for t in tokens(sentence)}
    return "" if all(word in written for word in wanted) else f"the answer is missing: {squash(evidence.value)}"
