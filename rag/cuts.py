"""What may be cut from a sentence so that what is left is still true: asides, and nothing inside a clause.

A cut is a parenthesis, a whole sentence, an opening phrase up to its comma, an aside between two commas or dashes, or a clause that ends the
sentence after one. It begins with a word that begins such asides ("who", "after", "a", "leaving"), and holds nothing that says how the rest
is meant: no negation, no condition, no word of saying or believing. Everything else stays, word for word and in its order (compare deletion-based
compression, Knight and Marcu 2002, which trusts a parser with this; here no words are left out that only a parser could judge).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.layout import sentences
from rag.lexicon import stem
from rag.text import tokens

LONGEST = 16  # words of an opening phrase or an aside in the middle

_PREPOSITIONS = frozenset(
    """about above across after against along amid among around as at before behind below beneath beside besides between beyond by despite
    down during following for from in including inside into near of off on onto out outside over past since through throughout till to
    toward towards under underneath until unlike up upon via with within""".split()
)
_RELATIVES = frozenset("who whom whose which where when while whereas".split())
_DETERMINERS = frozenset("a an the his her its their one".split())
_OPENERS = frozenset(
    "last this earlier later meanwhile however today yesterday then now also moreover afterwards thereafter although though once".split()
)
_JOINS = frozenset("and or but nor yet".split())
_GOVERNING = frozenset(  # how the rest is meant: in a part with one of these nothing may be cut
    stem(word)
    for word in """not no never none nor neither without cannot deny refuse reject fail nobody nothing lack hardly barely scarcely unable stop
    unlikely false untrue wrong fake hoax rumour rumor myth if unless whether except instead rather provided assuming otherwise
    say tell claim accuse announce allege argue add declare insist suggest report reportedly according accord believe quote warn confirm
    call urge wish hope vow pledge promise ask stress underline emphasize note express describe think write maintain view opinion eye
    word contend assert acknowledge admit concede estimate predict expect suspect fear doubt question know consider explain stated
    testify recall reply respond comment tweet allegedly possibly perhaps probably likely supposedly apparently seemingly presumably
    film movie novel book dream fiction scenario theory version judgement judgment ruling assessment
    plan propose proposal bill draft paper pending depending barring excluding excepting""".split()
)
_SAYING = frozenset(stem(word) for word in "say tell claim announce report believe confirm warn insist add argue declare".split())
_EDGE = re.compile(r"[,;()–—]|\s-\s")
_COMMA = re.compile(r"[,–—]|\s-\s")
MARKS = re.compile(r"[\"“”„«»]")  # of a quotation
_RANKS = frozenset("first second third last latest only".split())
_SYMBOL = re.compile(r"(?:[$€£¥]|(?<![\w)])[-−])\s?$")


@dataclass
class Wording:
    """A text as words that can be compared: `words` (n,) in small letters, and what stands between them (n + 1,)."""

    text: str

    @cached_property
    def words(self) -> list[str]:
        return [self._key(t.start, t.end) for t in tokens(self.text)]

    @cached_property
    def between(self) -> list[str]:
        found = tokens(self.text)
        ends, starts = [0, *(t.end for t in found)], [*(t.start for t in found), len(self.text)]
        return [self.text[end:start] for end, start in zip(ends, starts, strict=True)]

    @cached_property
    def bounds(self) -> frozenset[int]:
        """The words that begin a sentence, and the number of all words."""
        found = tokens(self.text)
        return frozenset({0, len(found), *(sum(t.start < span.start for t in found) for span in sentences(self.text))})

    def _key(self, start: int, end: int) -> str:
        """A figure keeps the currency, the minus before it and the per cent sign behind it."""
        word = self.text[start:end].lower().replace("’", "'")
        if not word[0].isdigit():
            return word
        sign = _SYMBOL.search(self.text[:start])
        return (sign.group().strip() if sign else "") + word + ("%" if self.text[end : end + 1] == "%" else "")


def is_cut(sentence: str, evidence: str, *, unfinished: bool = False) -> bool:
    """Whether `sentence` is `evidence` less what may be cut; with `unfinished`, whether it may yet become that.

    >>> text = "Ida Holm, who took office in May, opened the bridge on Friday, ending a long dispute."
    >>> is_cut("Ida Holm opened the bridge on Friday.", text), is_cut("Ida Holm took office on Friday.", text)
    (True, False)
    """
    return _aligned(Wording(sentence).words, Wording(evidence), unfinished=unfinished)


def _aligned(words: Sequence[str], there: Wording, *, unfinished: bool) -> bool:
    """Whether the words are those of the text with some cuts: a walk over (words matched, words of the text passed)."""
    cuts = _cuts(there)
    seen, open_ = set(), [(0, 0)]
    while open_:
        state = open_.pop()
        if state in seen:
            continue
        seen.add(state)
        n, m = state
        if n == len(words) and (unfinished or m == len(there.words)):
            return True
        open_ += [(n, end) for end in cuts.get(m, ())]
        if n < len(words) and m < len(there.words) and words[n] == there.words[m]:
            open_.append((n + 1, m + 1))
    return False


def _cuts(there: Wording) -> dict[int, list[int]]:
    """For each word at which a cut can begin, the words at which it can end (that word itself stays)."""
    whole = len(there.words)
    edges = [m for m in range(whole + 1) if m in there.bounds or _EDGE.search(there.between[m])]
    found = {first: [last for last in edges if last > first and _may_go(there, first, last)] for first in edges}
    for m in range(1, whole):  # "said that the dam broke"
        if there.words[m] == "that" and stem(there.words[m - 1]) in _SAYING and there.between[m].isspace():
            found.setdefault(m, []).append(m + 1)
    return found


def _may_go(there: Wording, first: int, last: int) -> bool:
    """Whether words first to last can be cut."""
    opens, closes = first in there.bounds, last in there.bounds
    if opens and closes:
        return last - first < len(there.words) and not (_in_quotation(there, first) or _in_quotation(there, last))
    if any(m in there.bounds for m in range(first + 1, last)) or any(_governs(word) for word in there.words[first:last]):
        return False
    if "(" in there.between[first] and ")" in there.between[last]:
        return True
    if opens:
        return _is_opening(there, first, last)
    return bool(_COMMA.search(there.between[first])) and (_is_ending(there, first) if closes else _is_aside(there, first, last))


def _is_opening(there: Wording, first: int, last: int) -> bool:
    """As `After a long debate, ...`."""
    followed = there.words[last] not in _JOINS and "," in there.between[last]
    return followed and last - first <= LONGEST and there.words[first] in _PREPOSITIONS | _OPENERS


def _is_ending(there: Wording, first: int) -> bool:
    """As `..., ending a long dispute.` or `..., the largest of the county.`"""
    word, after = there.words[first], " ".join(there.words[first + 1 : first + 2])
    superlative = word == "the" and (after.endswith("est") or after in _RANKS)
    return word in _PREPOSITIONS | _RELATIVES | _JOINS | {"a", "an", "although", "though"} or superlative or _is_participle(word)


def _is_aside(there: Wording, first: int, last: int) -> bool:
    """As `..., who took office in May, ...` or `..., a former pilot, ...`; not one of a list."""
    word, following = there.words[first], there.words[last]
    listed = following in _JOINS or (word in _DETERMINERS and following in _DETERMINERS)
    begins = word in _PREPOSITIONS | _RELATIVES | _DETERMINERS or _is_participle(word)
    return begins and not listed and last - first <= LONGEST and bool(_COMMA.search(there.between[last]))


def _is_participle(word: str) -> bool:
    return len(word) > 4 and word.endswith(("ing", "ed"))


def _governs(word: str) -> bool:
    return stem("not" if word.endswith("n't") else word) in _GOVERNING and word != "express"


def _in_quotation(there: Wording, m: int) -> bool:
    """Whether the end of a sentence before word m stands inside a quotation that goes on."""
    before = "".join(there.between[:m]) + (there.between[m].split() or [""])[0]
    return len(MARKS.findall(before)) % 2 == 1
