"""The gates between a written sentence and the screen. Each gate gives a reason to reject; no reason, and it may be shown.

All are deterministic and err on the side of rejecting: a good sentence lost is replaced by its evidence, a bad one shown is a lie.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, takewhile

from rag.dates import complete_dates
from rag.lexicon import figures, joined_names, same_name, stem
from rag.text import STOPWORDS, Token, content_tokens, squash, tokens
from rag.types import Citation, Document, Evidence, Sentence, long_date

LONGEST = 60  # words
_ARTICLES = frozenset(["a", "an", "the", "that"])  # the only words that need not be given
_PRONOUNS = frozenset(["he", "she", "they", "it", "this", "these", "those", "his", "her", "their", "its", "we", "i", "you"])
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
    wish wished ready call called urge urged demand demanded propose proposed if unless
    nearly almost""".split()
)
_EVERYWHERE = _NEGATIONS | {stem(word) for word in "according if unless reportedly allegedly".split()}  # they govern all of a sentence
_ROUNDED = frozenset(
    "as at than to more less fewer over under about around almost nearly some least most approximately up roughly many exactly only".split()
)
_MARKS = re.compile(r"[\"“”]")
_SCALES = frozenset("hundred thousand million billion trillion dozen percent per".split())


def objections(sentence: str, evidence: Evidence, question: str) -> list[str]:
    """Why a written sentence may not be shown; empty when it may.

    >>> d = Document("a", "Ferry", "The coast guard said that 42 people were safe.")
    >>> e = Evidence(d, 0, 46, d.text, 1.0, "42")
    >>> objections("The coast guard said that 42 people were safe.", e, "How many were safe?")
    []
    >>> objections("The coast guard said that 43 people were safe.", e, "How many were safe?")
    ['a figure that the evidence does not give: 43', 'the words stand in another order than in the evidence', 'the answer is missing: 42']
    """
    gates = (_shape, _figures, _words, _order, _polarity, _attribution, _quotation, _value)
    return [objection for gate in gates if (objection := gate(sentence, evidence, question))]


def hopeless(unfinished: str, evidence: Evidence, question: str) -> bool:
    """Whether a sentence can be given up before it is finished: it already holds a figure or a word that the evidence does not."""
    whole = unfinished.rpartition(" ")[0]
    return bool(_figures(whole, evidence, question) or _words(whole, evidence, question))


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


def _shape(sentence: str, _evidence: Evidence, _question: str) -> str:
    words = sentence.split()
    if not 3 <= len(words) <= LONGEST or not re.search(r"[.!][\"”’»)]*$", sentence):
        return "no whole sentence"
    return "it starts with a pronoun" if tokens(sentence)[:1] and tokens(sentence)[0].folded in _PRONOUNS else ""


def _figures(sentence: str, evidence: Evidence, question: str) -> str:
    given = f"{evidence.text} {question}"
    extra = figures(sentence) - figures(given)
    if extra:
        return f"a figure that the evidence does not give: {', '.join(sorted(extra))}"
    changed = _quantities(sentence) - _quantities(evidence.text) - _quantities(question)
    return f"a figure was rounded or scaled: {', '.join(sorted(' '.join(q) for q in changed))}" if changed else ""


def _quantities(text: str) -> frozenset[tuple[str, ...]]:
    """Each figure with the "more than" or "about" before it and the "million" behind it."""
    words = [t.folded for t in tokens(text)]
    found = set()
    for n, word in enumerate(words):
        if figures(word):
            before = list(takewhile(lambda w: w in _ROUNDED, reversed(words[:n])))
            found.add((*reversed(before), *sorted(figures(word)), *(w for w in words[n + 1 : n + 2] if w in _SCALES)))
    return frozenset(found)


def _words(sentence: str, evidence: Evidence, question: str) -> str:
    """Every word but the articles stands in the evidence or the question; a name may be spelled otherwise."""
    given = tokens(f"{evidence.text} {question}")
    stems, joined = {stem(t.folded) for t in given}, joined_names(evidence.text)
    names = {t.folded for t in given if t.is_name} | set(joined)
    extra = [
        t.text
        for t in tokens(sentence)
        if t.folded not in _ARTICLES
        and not figures(t.text)
        and stem(t.folded) not in stems
        and not (t.is_name and any(same_name(t.folded, name) for name in names))
    ]
    return f"words that the evidence does not say: {', '.join(extra)}" if extra else ""


def _order(sentence: str, evidence: Evidence, question: str) -> str:
    """Who did what to whom: the words stand in the evidence's order, or first in the question's and then in the evidence's.

    Words of a question may lead only where it asks for something ("when did they meet"): a yes/no question states what may be false.
    """
    words = _sequence(sentence)
    there, asked = _sequence(evidence.text), _sequence(question) if _WH.search(question) else []
    if not any(_follows(words[:n], asked) and _follows(words[n:], there) for n in range(len(words) + 1)):
        return "the words stand in another order than in the evidence"
    names = list(dict.fromkeys(t.folded for t in content_tokens(sentence) if t.is_name))
    flat = [t.folded for t in tokens(evidence.text)]
    for one, other in combinations([name for name in names if name in flat], 2):
        if flat.index(one) > len(flat) - 1 - flat[::-1].index(other) and not _paired(one, other, evidence.text):
            return f"{other} and {one} have changed places"
    return ""


_WH = re.compile(r"\b(?:who|whom|whose|what|which|when|where|how|why)\b", re.IGNORECASE)


def _sequence(text: str) -> list[str]:
    """Stems in order, without articles; a name of two words and its joined spelling are the same."""
    return [stem(t.folded) for t in tokens(text) if t.folded not in _ARTICLES]


def _follows(words: Sequence[str], there: Sequence[str]) -> bool:
    """Whether `words` are a subsequence of `there`, names in any spelling and two that "and" joins in either order."""
    left = iter(there)
    return all(any(word == other or (len(word) > 4 and same_name(word, other)) for other in left) for word in words)


def _paired(one: str, other: str, text: str) -> bool:
    """Whether the text names the two as equals: "Norway and Sweden"."""
    words = [t.folded for t in tokens(text)]
    return any({words[n], words[n + 2]} == {one, other} and words[n + 1] == "and" for n in range(len(words) - 2))


def _polarity(sentence: str, evidence: Evidence, _question: str) -> str:
    if added := _marks(sentence, _NEGATIONS) - _marks(evidence.text, _NEGATIONS):
        return f"a negation was added: {', '.join(sorted(added))}"
    lost = _lost(sentence, evidence.text, _NEGATIONS) + _lost(sentence, evidence.text, _HEDGES)
    return f"a negation or hedge was lost: {', '.join(lost)}" if lost else ""


def _attribution(sentence: str, evidence: Evidence, _question: str) -> str:
    lost = _lost(sentence, evidence.text, _REPORTS)
    return f"who said it was lost: {', '.join(lost)}" if lost else ""


def _quotation(sentence: str, evidence: Evidence, _question: str) -> str:
    """What somebody said in so many words stays between quotation marks: it is theirs, not ours."""
    outside, inside = _MARKS.split(sentence)[::2], _MARKS.split(evidence.text)[1::2]
    if len(_MARKS.findall(sentence)) % 2 and squash(sentence) != squash(evidence.text):
        return "a quotation is left open"
    own = {stem(t.folded) for part in _MARKS.split(evidence.text)[::2] for t in content_tokens(part)}
    said = {stem(t.folded) for part in inside for t in content_tokens(part)} - own
    bare = [t.text for part in outside for t in content_tokens(part) if stem(t.folded) in said]
    return f"words of a quotation without its marks: {', '.join(bare)}" if len(bare) > 1 else ""


def _lost(sentence: str, evidence: str, marks: frozenset[str]) -> list[str]:
    """The marks of the evidence that the sentence drops although it says something that they govern.

    A mark governs the words after it; a negation, a condition, and one behind a comma, dash or closing quotation mark (", the
    ministry said") govern all of them.
    """
    words = tokens(evidence)
    kept, said = _marks(sentence, marks), {stem(t.folded) for t in content_tokens(sentence)}
    lost = set()
    for n, word in enumerate(words):
        here = _mark(word, marks)
        if here and here not in kept:
            behind = _BEHIND.search(evidence[: word.start]) and not evidence[word.end :].lstrip().startswith("that")
            everywhere = here in _EVERYWHERE or behind
            before = set() if everywhere else {stem(t.folded) for t in words[:n]}
            if said & ({stem(t.folded) for t in (words if everywhere else words[n + 1 :])} - before):
                lost.add(here)
    return sorted(lost)


_BEHIND = re.compile(r"[,”\"–—-]\s*(?:\S+\s+){0,9}$")


def _marks(text: str, marks: frozenset[str]) -> frozenset[str]:
    return frozenset(mark for token in tokens(text) if (mark := _mark(token, marks)))


def _mark(token: Token, marks: frozenset[str]) -> str:
    """The stem of a marking word; "" for any other, for the month of May, and for near."""
    word = "not" if token.folded.endswith(("n't", "n’t")) else token.folded
    return stem(word) if stem(word) in marks and token.text != "May" and word != "near" else ""


def _value(sentence: str, evidence: Evidence, _question: str) -> str:
    wanted = [t.folded for t in tokens(evidence.value) if t.folded not in STOPWORDS]
    written = {t.folded for t in tokens(sentence)}
    return "" if all(word in written for word in wanted) else f"the answer is missing: {squash(evidence.value)}"
