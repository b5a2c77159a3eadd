"""Characters and words: tokens with their offsets, and the plain questions one can ask of a token.

Standard library only. What words mean (stems, spellings of a name, places) is `lexicon`'s; where sentences end is `corpus`'s.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]\.(?:[^\W\d_]\.)+|[^\W_]+(?:['’][^\W_]+)*")
_SPACE = re.compile(r"\s+")

STOPWORDS = frozenset(
    """a about after again all also am an and any are as at be because been before being between both but by can could
    did do does doing during each few for from further had has have having he her here hers him his how i if in into is
    it its itself just many me more most much my no nor not now of off on once only or other our out over own said same
    she should so some such than that the their them then there these they this those through to too under until up us
    very was we were what when where which while who whom whose why will with would you your tell name please according
    give list say says saying ever happened happen exactly known called there's isn't wasn't didn't doesn't""".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word as written, where it starts, and its folded form (lower case, no accents, no possessive)."""

    text: str
    start: int
    folded: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_name(self) -> bool:
        """Written with a capital, or one of `U.S.`, `EU`."""
        return self.text[0].isupper()


def tokens(text: str) -> list[Token]:
    """Words and figures with their offsets; hyphens separate, apostrophes and thousands marks do not.

    >>> [t.folded for t in tokens("Peru's 6,500 Franco-German U.S. troops")]
    ['peru', '6,500', 'franco', 'german', 'us', 'troops']
    """
    return [Token(m.group(), m.start(), fold(m.group())) for m in _WORD.finditer(text)]


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case, without accents, full stops of initials, or a possessive ending.

    >>> fold("Türkiye’s"), fold("U.S.")
    ('turkiye', 'us')
    """
    plain = unicodedata.normalize("NFKD", word).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"['’](s|)$", "", plain)
    return plain.replace(".", "") if not plain[:1].isdigit() else plain


def squash(text: str) -> str:
    """One space between words and none at the ends: for showing and for prompts, never for offsets."""
    return _SPACE.sub(" ", text).strip()


def content_tokens(text: str) -> list[Token]:
    """The tokens that carry meaning; capitals tell the US from us.

    >>> [t.text for t in content_tokens("How many people were killed in the war?")]
    ['people', 'killed', 'war']
    """
    shouted = text.isupper()
    return [t for t in tokens(text) if t.folded not in STOPWORDS or (len(t.text) > 1 and t.text.isupper() and not shouted)]


def script(text: str) -> str:
    """The script that most letters of `text` are written in, by Unicode name; "" without letters.

    >>> script("Когда они встретились?"), script("42?")
    ('CYRILLIC', '')
    """
    counts = Counter(unicodedata.name(c, "UNKNOWN").split()[0] for c in text if c.isalpha())
    return counts.most_common(1)[0][0] if counts else ""


def named_runs(text: str) -> list[tuple[Token, ...]]:
    """Runs of capitalised words that follow each other with at most a space or hyphen between.

    >>> [" ".join(t.text for t in run) for run in named_runs("He met Van Houten in Baden-Baden.")]
    ['He', 'Van Houten', 'Baden Baden']
    """
    runs: list[list[Token]] = []
    for token in (t for t in tokens(text) if t.is_name):
        last = runs[-1][-1] if runs else None
        if last is not None and text[last.end : token.start] in {" ", "-", "\u2011"}:
            runs[-1].append(token)
        else:
            runs.append([token])
    return [tuple(run) for run in runs]
