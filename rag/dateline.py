"""How a story begins: the dateline of an agency before its first sentence, and what tells a sentence from a line about the page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.layout import ENDS
from rag.pieces import Line, day_of, line_of
from rag.press import ABROAD, PRESS, SMALL
from rag.text import STOPWORDS, tokens

LONGEST = 45  # words of a headline, and more: what is longer is of the story, wherever it was cut off
SHORT = 12  # words of a line up to which it is seldom the story's first
WORK = r"(?:article|story|piece|report|column|interview|essay|text)"
APPEARED = re.compile(
    r"^\W*(?:first|originally) (?:appeared|published|posted|issued|printed)\b"
    rf"|\bthis {WORK} (?:was |has )?(?:first |originally )?(?:published|appeared)\b|\bthe {WORK} (?:was |has )?(?:first|originally) (?:published|appeared)\b",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"\b(?:(?<!was )(?<!were )(?<!been )(?<!is )(?<!be )(?:published|updated|posted)(?: online)?(?: (?:on|at|in)\b|:| \d)|\w* ?edition|[ap]\.m|cookies|subscrib\w+|newsletters?|min(?:utes?)? read|free articles?|(?:our|staff) (?:\w+ ){0,2}(?:correspondent|reporter))\b|^\W*(?:updated? )?\d+ \w+ ago\W*$",
    re.IGNORECASE,
)

_LINE_DATED = re.compile(
    r"^(?P<title>.{10,120}?) [-–—|] (?P<outlet>[A-Z][^-–—|,]{2,40}), (?P<date>[^-–—|.,]{8,30})(?:,[^-–—|.]{1,60}?)?(?: [-–—|]|\.) "
)
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?|\d{1,2}(?: de)? [A-Za-z][a-z]{2,9}\.?(?:,?(?: de)? \d{4})?)"
_CITY = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’/ -]+[A-ZÀ-ÖØ-Þ](?:, [A-Z][A-Za-z.]+(?: [A-Z][A-Za-z.]+)?)??"
_DATELINE = re.compile(
    rf"^(?P<city>{_CITY})(?:,? (?P<date>{_DAY})\.?)?"
    rf"(?:\s*(?:[-–—]+ \((?P<agency>[^(),]{{2,40}}), (?P<day>{_DAY})\)|(?:,? ?\((?P<outlet>[^()]{{2,40}})\))?(?:,? (?P<later>{_DAY})(?: \d\d?[:.]\d\d(?: [A-Z]{{2,4}})?)?)?\s*(?:-|–|—|:)+)|\.? /(?P<wire>[^/]{{2,40}})/\.?\s*[-–—]*)\s"
)
_LEAD = re.compile(
    r"^(?P<lead>(?=[A-ZÀ-ÖØ-Þ(\[])[^.!?“\"]{0,100}?(?:\.[^.!?“\"]{0,60}?)??)(?:\s?(?:--|[–—]|-\s)|[\])]:|(?<=\d):|\.-|(?<=\d\d)\.(?= [A-Z]))\s*(?=\S+ \S+ \S+ \S+)"
)


def first_opening(lines: Sequence[Line]) -> tuple[int, re.Match[str] | None]:
    """The line with whose dateline the story begins, and what it opens with: an agency's form anywhere, a freer one in the first sentence alone."""
    for n, line in enumerate(lines):
        if found := _opening(line.text):
            return n, found
    n = first_told(lines)
    return n, _led(lines[n].text) if n < len(lines) else None


def first_told(lines: Sequence[Line]) -> int:
    """The first line that is long enough for the story's beginning and a sentence; how many there are, where none is."""
    return next((n for n, line in enumerate(lines) if len(line.text.split()) > SHORT and is_sentence(line.text)), len(lines))


def _opening(line: str) -> re.Match[str] | None:
    """The dateline with which a story begins; a line of nothing else is a masthead."""
    titled = _LINE_DATED.match(line)
    opening = _DATELINE.match(line) or (titled if titled and day_of(titled["date"]) else None)
    return opening if opening and (len(line.split()) > SHORT or ENDS.search(line)) else None


def _led(line: str) -> re.Match[str] | None:
    """What stands before the first dash of a sentence, where it is a day and names alone, or names and an agency in brackets."""
    if not (found := _LEAD.match(line)):
        return None
    lead = line_of(found["lead"])
    rest = lead.text
    for start, end, _words in reversed(lead.dates):
        rest = rest[:start] + rest[end:]
    bracketed = re.search(r"[(\[]([^()\[\]]+)[)\]]", rest)
    agency = bracketed and (PRESS.search(bracketed[1]) or {t.folded for t in tokens(bracketed[1])} & ABROAD)
    words = re.findall(r"[^\W\d_]+", rest)
    plain = [w for w in words if w.islower() and w not in SMALL]
    dated = any(words for *_, words in lead.dates)
    return found if (dated or agency) and not plain and not (words and words[0].lower() in STOPWORDS | {"since", "update"}) else None


def is_sentence(text: str) -> bool:
    """Whether a line is of the story, in any script: longer than any headline, or ends like a sentence and has words that are no names; and does not speak of
    the page.
    """
    if _PAGE.search(text) or APPEARED.search(text):
        return False
    if len(text.split()) > LONGEST and 2 * sum(w.islower() for w in text.split()) > len(text.split()):
        return True  # no menu, whose words are capitalised
    if not re.search(r"(?:[^\W_][”\"’')\]]*[.!?…]+|[。！？؟])[”\"’')\]]*\W*$", text):
        return False
    words = re.findall(r"\b[^\W\d_]+", text)
    latin = [w for w in words if w.isascii()]
    plain = [w for w in latin if w.islower() and w not in SMALL and w != "by"]
    return bool(plain) or (text.isupper() and len(words) > 3) or (bool(words) and not latin)


def opening_length(line: str) -> int:
    """How many characters of a block are the `CITY, May 3 (Agency) - ` or `Title - Outlet, 3 May 2024. ` that it opens with."""
    opening = _opening(line)
    return opening.end() if opening else 0
