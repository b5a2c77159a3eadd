"""The head of an article taken apart: its lines, the dates that they state in whatever language, and the pieces between marks, each of which may name
an outlet, a writer or something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import dateparser

from rag.dates import find_dates
from rag.layout import blocks
from rag.periods import full_date
from rag.press import EDITION, NAME

LONGEST = 250  # characters of a line of the head
PIECES = 24  # of a line at most
HEAD_BLOCKS = 12  # facts about an article stand in its first lines

_FIGURES = re.compile(
    r"(?<![\d./-])(?:\d{1,2}(?P<mark>[./-])\d{1,2}(?P=mark)(?:19|20)\d\d|\d{1,2}\. \d{1,2}\. (?:19|20)\d\d|(?:19|20)\d\d(?P<sign>[./])\d{1,2}(?P=sign)\d{1,2})(?![\d])"
)
_STAMP = re.compile(r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?=T\d\d)")  # 2024-03-02T07:15+09:00
_FOREIGN = re.compile(
    r"(?<!\d)\d{1,2}(?:\.|º|er)?(?: d[ei] | d['’]| |-)?[^\W\d_]{3,12}\.?(?: del? |,? |-)(?:19|20)\d\d(?!\d)|\b[^\W\d_]{3,12}\.? \d{1,2}, (?:19|20)\d\d(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d(?:\.|年|년|,)? ?(?:\d{1,2}[月월]|[^\W\d_]{3,12}) ?\d{1,2}(?:\.|日|일|(?!\w))"
)
_LANGUAGES = "es pt fr it de nl sv da nb fi et lv lt pl cs sk sl hr hu ro bg el tr id ms sw vi tl sq is ru uk sr mk zh ja ko".split()
CLOCK = re.compile(
    r"\b\d{1,2}(?:[:.h]\d\d)(?::\d\d)?(?: ?[ap]\.?m\b\.?)?(?: (?:GMT|UTC|[A-Z]{2,4}T|IST|BST)\b)?(?:[+-]\d+)?|\b\d{1,2} ?[ap]\.?m\b\.?",
    re.IGNORECASE,
)
STRONG = re.compile(r"\s[-–—/|·•»›>:~]+(?:\s|$)|[|·•;»›>░]|\s{3,}|\t|\s?[()\[\]]\s?|(?<=\w)[-–—](?=\s)")
_WEAK = re.compile(r",\s|\sfor(?: the)?\s(?=[A-Z])|:\s|(?<!\b[A-Z])(?<!\bDr)(?<!\bMr)(?<!\bSt)\.\s|/|\s{2,}")
LED = re.compile(  # who wrote it, photographed it, put it out
    r"^(?P<by>(?:by|written by|reported by|reporting by|report by|story by|words by|text by|posted by|words|text|story|reporting|writes|from|author|von|por|par|di|da|af|av|oleh|door|yazan|texto|texte|testo)\b:?(?: the)?)\s+(?=\S)"
    r"|^(?P<photo>(?:photos?|photograph\w*|pictures?|images?|foto\w*|video|illustration\w*|graphics?|edited|editing|translat\w+|compiled|transcribed)\b(?: by| di| de)?:?)\s*(?=\S)"
    r"|^(?P<put>(?:(?:first |originally |last )?(?:published|posted|appeared|carried|issued|filed|updated|modified|printed)\b(?: (?:on|at|in|by))?|(?:this \w+ )?(?:first |originally )?appeared in|source|outlet|publisher|publication|courtesy of|for|in)\b:?(?: the)?)\s+(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the head: the words of its dates, in order, and what else it holds, in pieces."""

    text: str
    dates: tuple[tuple[int, int, str], ...]  # start, end, and the words of a day in full, "" of a month
    apart: bool  # an empty line before it


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line between two marks, without what leads it ("By ", "Published by ")."""

    text: str
    start: int
    led: str
    whole: bool  # nothing else stands in the line but a date

    @property
    def name(self) -> str:
        """Without what an outlet adds of its edition."""
        return EDITION.sub("", self.text).rstrip() or self.text


def line_of(text: str, *, apart: bool = True) -> Line:
    return Line(text, tuple(dates_in(text)) if len(text) < LONGEST else (), apart)


def dates_in(line: str) -> list[tuple[int, int, str]]:
    """Where a line states a day in full, or a month, and the words of the day, "" of a month.

    >>> dates_in("Oslo, 5 May 2021"), dates_in("16. März 2023"), dates_in("Ida won")
    ([(6, 16, '5 May 2021')], [(0, 13, '16. März 2023')], [])
    """
    found = [(m.start, m.end, m.text if m.day else "") for m in find_dates(line) if m.complete and not m.text.isdigit()]
    found += [(m.start(), m.end(), m.group()) for m in _STAMP.finditer(line) if day_of(m.group())]
    found += [(m.start(), m.end(), m.group()) for m in _FIGURES.finditer(line) if day_of(m.group())]
    found += [(m.start(), m.end(), m.group()) for m in _FOREIGN.finditer(line) if day_of(m.group())]
    kept: list[tuple[int, int, str]] = []
    for one in sorted(found, key=lambda one: (not one[2], one[0] - one[1])):
        if not any(one[0] < end and start < one[1] for start, end, _words in kept):
            kept.append(one)
    return sorted(kept)


@lru_cache(maxsize=4096)
def day_of(words: str) -> date | None:
    """The day that words state in full, in English or another language of some forty."""
    if re.match(r"(?:19|20)\d\d[./]", words) and _FIGURES.fullmatch(words):
        return full_date(re.sub(r"\D+", "-", re.sub(r"(?<=\D)(\d)(?!\d)", r"0\1", words)))
    if found := full_date(words.replace("-", " ") if re.search(r"[a-z]", words) else words):
        return found
    if not _FOREIGN.fullmatch(words):
        return None
    parsed = dateparser.parse(
        words.replace("º", ""), languages=_LANGUAGES, settings={"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY"}
    )
    return parsed.date() if parsed else None


def pieces(line: Line) -> list[Piece]:
    """The stretches of a line, by strong marks and by weak ones, that may name somebody; without its dates and times.

    >>> [(p.text, p.led) for p in pieces(line_of("By Ann Roe, Oslo | Bay Post | 3 May 2024, 07:41"))]
    [('Ann Roe, Oslo', 'by'), ('Ann Roe', 'by'), ('Oslo', ''), ('Bay Post', '')]
    """
    blank = line.text
    for start, end in [*((s, e) for s, e, _ in line.dates), *(m.span() for m in CLOCK.finditer(line.text))]:
        blank = blank[:start] + "|" * (end - start) + blank[end:]
    found: list[Piece] = []
    for strong in _cut(blank, 0, len(blank), STRONG):
        weak = list(_cut(blank, *strong, _WEAK))
        for n, (start, end) in enumerate([strong, *weak] if len(weak) > 1 else [strong]):
            led = LED.match(blank, start, end)
            begins = led.end() if led else start
            text = re.sub(r"^\W+", "", blank[begins:end]).strip(' .,–—-/:*_#“”"')
            if any(map(str.isalpha, text)) and len(text.split()) <= NAME + 3:
                kind = next(k for k, v in led.groupdict().items() if v) if led else ""
                found.append(Piece(text, blank.index(text, begins), kind, n == 0 and len(line.text) - len(text) < 4))
    return found[:PIECES]


def _cut(text: str, start: int, end: int, marks: re.Pattern[str]) -> list[tuple[int, int]]:
    """The stretches of text[start:end] between marks that hold a letter."""
    cuts = [start, *(x for m in marks.finditer(text, start, end) for x in m.span()), end]
    spans = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    kept = []
    for first, last in spans:
        if any(map(str.isalpha, text[first:last])):
            kept.append((first + len(text[first:last]) - len(text[first:last].lstrip(" |,")), last))
    return kept


def bare(line: str) -> str:
    """A line without the marks of a Markdown heading or of stress around it."""
    return re.sub(r"^(?:#{1,6}\s+|[*_]{1,3}(?=[^\W_]))|(?<=[^\W_])[*_]{1,3}$|(?<=[.!?])[*_]{1,3}$", "", line) or line


def head_lines(text: str) -> tuple[list[Line], list[str]]:
    """The first lines of an article, among which its head is, and whatever lines of it all are long or end like sentences: in those its story is told."""
    spans = blocks(text)
    lines = [
        line_of(bare(span.of(text)), apart=n == 0 or "\n\n" in text[spans[n - 1].end : span.start].replace(" ", ""))
        for n, span in enumerate(spans[:HEAD_BLOCKS])
    ]
    return lines, [
        bare(span.of(text)) for span in spans if len(span.of(text).split()) > 12 or re.search(r"[a-z]{2,}[.”\"]$", span.of(text))
    ]
