"""What an article says of itself in its first lines: title, outlet, dates and address, in the layouts that sites and agencies use.

What has a key ("Published: ...") or the form of an agency's dateline is read by rule. Of everything else a linear tagger over the cues of `cues.py` tells
whether a line is headline, head or story, and whether a piece of it names the outlet; `train/head.py` taught it by heads of many layouts.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from rag.cues import HeadCues
from rag.dateline import APPEARED, LONGEST, SHORT, WORK, first_opening, first_told, is_sentence
from rag.layout import BOILERPLATE, CAPTION_WORDS, URL, blocks
from rag.periods import full_date
from rag.pieces import Line, bare, dates_in, day_of, line_of, pieces
from rag.press import JOB, PRESS, common, is_name, is_person
from rag.text import squash
from rag.types import Span

WEIGHTS = Path(__file__).parent / "weights" / "head.json"
LONG = 25  # words of a line that says when the article was published, at most
SURE, MAYBE = 0.8, 0.22  # probability from which a piece is the outlet, and where nothing else names one
TITLE = 0.01  # probability from which a line is the headline: few articles have none
_PUBLISHED = re.compile(
    r"(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bis )(?<!\bbe )\b(?:publi\w+|posted|issued|released|filed|veröffentlicht|dated?)\b\W{0,3}(?:online )?(?:on |at )?(?:the )?(?:\w+day,? |\w{2,3}\.?,? )?$",
    re.IGNORECASE,
)
_KEYS = {
    "title": "title", "headline": "title",
    "source": "outlet", "outlet": "outlet", "publisher": "outlet", "publication": "outlet", "newspaper": "outlet",
    "date": "published", "published": "published", "published on": "published", "publication date": "published",
    "posted": "published", "updated": "updated", "last updated": "updated", "modified": "updated", "by": "", "author": "", "byline": "", "section": "", "tags": "", "news code": "", "code": "", "id": "",
    "url": "url", "link": "url",
}  # fmt: skip
_NAMES = "|".join(sorted(_KEYS, key=len, reverse=True))
_KEYED = re.compile(rf"^({_NAMES})\s*:\s*(\S.*)$", re.IGNORECASE)
_UPDATED = re.compile(
    r"\b(?:updated?|modified|corrected|amended|revised|oppdatert|uppdaterad|opdateret|päivitetty|aktualisiert|bijgewerkt|mis[e]? à jour|actualizado|atualizado|aggiornat\w|güncelle\w+|zaktualizowano|frissítve)\b[^|·•]{0,12}$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"^(?:file )?(?:photo|picture|image)s?\b.*|\b(?:when|opened|opens|starts|begins|venue|deadline|event|born|died|received|accepted|held|embargoed|printed|retrieved|accessed|archived|est\.?|since)\b[^|·•/]{0,12}$",
    re.IGNORECASE,
)
_POINT = re.compile(r"^\s*[-*•–]\s")  # of a list
_DATED_URL = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?:/|-|$)")
_OWNERS = (
    re.compile(r"\b[Cc]ontent by (?P<outlet>[A-Z][\w .&'’-]{1,40}?) is licensed"),
    re.compile(r"(?:©|\(c\)|\bCopyright)\s*\d{4}\s*(?:by\s+)?(?P<outlet>[A-Z][\w &'’-]{1,40}?)(?:[.,]| All rights|$)"),
    re.compile(r"(?:©|^Copyright)\s*(?:by\s+)?(?P<outlet>[A-Z][\w &'’-]{1,40}?)(?:[.,]? All rights|$)"),
    re.compile(r"(?:^|[.!?]\s+)(?P<outlet>[A-Z][\w .&-]{1,40}?)['’]s (?:website can|newsletters?\b)"),
    re.compile(
        rf"(?:\b[Tt]his {WORK}(?: was)? (?:first |originally )?|\b[Tt]he {WORK}(?: was)? (?:first|originally) |^\W*(?:First|Originally) )(?:appeared|published) (?:in|by|on) (?!\d|[A-Z][a-z]+day\b)(?P<outlet>(?:[Tt]he )?[A-Z][\w &'’-]{{1,40}}?)(?= on \d| on [A-Z]|[.,)]|$)"
    ),
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the head states, in its own words, "" for what it does not; which blocks are no story; and how the story begins."""

    facts: Mapping[str, str] = field(default_factory=dict)
    blocks: frozenset[int] = frozenset()
    opening: tuple[int, int] | None = None  # the block with whose dateline the story begins, and its characters

    def __getitem__(self, name: str) -> str:
        return self.facts.get(name, "")


def where(text: str, stated: str, url: str) -> Span | None:
    """The characters that state the date: those of its line, or those in the address."""
    if stated:
        start = text.find(stated)
        return Span(start, start + len(stated)) if start >= 0 else None
    start, match = text.find(url), _DATED_URL.search(url)
    return Span(start + match.start(1), start + match.end(3)) if match and start >= 0 else None


def url_date(url: str | None) -> date | None:
    match = _DATED_URL.search(url or "")
    return full_date("-".join(match.groups())) if match else None


@lru_cache(maxsize=4096)  # half as long as splitting the article into sentences
def read_head(text: str) -> Head:
    """Everything that an article says of itself; every value is cut from the text."""
    seen = HeadCues(text)
    lines = seen.lines
    facts: dict[str, str] = {}
    known = {n for n, line in enumerate(lines) if _note_keyed(line, facts)}
    for span in blocks(text):
        if url := URL.match(span.of(text)):
            facts.setdefault("url", url[1])
    tags = [_softmax("line", seen.line(n)) for n in range(len(lines))]
    first, opening = first_opening(lines)
    title = _title(lines, tags, {*known, first if opening else None})
    told = [n for n, line in enumerate(lines) if n not in known and n != title and (n == first or is_sentence(line.text))]
    inside = known | {n for n in range(len(lines)) if n == title or (n not in told and _is_head(lines[n], tags[n]))}
    shown = lines[title].text if title is not None else ""
    for sure in (True, False):
        for n in sorted(inside - known - {title}):
            _note_dates(lines[n], facts, beside=shown, sure=sure)
    facts["story"] = next((lines[n].text for n in told if len(lines[n].text.split()) > SHORT), "")
    if opening:
        _take_opening(facts, opening)
    if title is not None:
        facts.setdefault("title", lines[title].text)
        if not facts.get("published"):
            _note_dates(lines[title], facts, apart=True)
    likely = _outlets(seen, sorted(inside - known), title)
    outlet = facts.get("outlet") or _first(likely, SURE) or _owner(text) or facts.get("agency") or _first(likely, MAYBE)
    if title is not None and facts["title"] == lines[title].text:
        facts["title"] = _without(lines[title].text, outlet)
    found = {**facts, "outlet": squash(outlet)}
    begins = (first, blocks(text)[first].of(text).index(lines[first].text) + opening.end()) if opening else None  # behind marks of Markdown
    return Head(found, frozenset(inside if len(lines) > 1 else known), begins)


def _note_keyed(line: Line, facts: dict[str, str]) -> bool:
    """Note what a line states with keys, or as an address; whether it does."""
    if URL.match(line.text):
        return True
    keyed = _keyed(line.text)
    for name, value in keyed:
        days = [words for *_, words in dates_in(value) if words] if name in {"published", "updated"} else []
        facts.setdefault(name, days[0] if days else value)
    if keyed:
        _note_dates(line, facts)
    return bool(keyed)


def _note_dates(line: Line, facts: dict[str, str], *, beside: str = "", sure: bool = False, apart: bool = False) -> None:
    """Note the days that a line of the head states: of publication, or of what it says was updated; `sure`: only such as it says so of, `apart`: between
    marks alone, and none that the headline `beside` it tells, or that stands in the midst of words.
    """
    for start, end, words in line.dates:
        before, after = line.text[:start], line.text[end:]
        between = re.search(r"(?:[|/·•–—]|, \w+day) ?$", before) and not after.strip()
        goes_on = re.match(r" (?!edition|issue|updated|last|from|with)([a-z]{4,})\b", after)
        if (
            words
            and not _OTHER.search(before)
            and not (goes_on and common(goes_on[1]))
            and words not in beside
            and (between or not apart)
            and (not sure or _PUBLISHED.search(before))
        ):
            facts.setdefault("updated" if _UPDATED.search(before) else "published", words)


def _is_head(line: Line, tag: Mapping[str, float]) -> bool:
    """Whether a line that is no sentence and not the headline is of the head; a point of a list seldom is."""
    stated = any(words and _PUBLISHED.search(line.text[:start]) for start, _end, words in line.dates)
    if (stated or APPEARED.search(line.text)) and len(line.text.split()) <= LONG:
        return True
    return tag["head"] > tag["story"] and not (_POINT.match(line.text) and not any(words for *_, words in line.dates))


def _title(lines: Sequence[Line], tags: Sequence[Mapping[str, float]], barred: set[int | None]) -> int | None:
    """The likeliest headline above the story."""

    def may(n: int) -> bool:
        text = lines[n].text
        statement = re.search(r"[.。]\W*$", text) and is_sentence(text)  # the first words of a story stand for its title anyway
        long = len(text.split()) > LONGEST
        return any(map(str.isalpha, text)) and not (n in barred or _POINT.match(text) or statement or long)

    likely = [n for n in range(first_told(lines)) if may(n)]
    best = max(likely, key=lambda n: tags[n]["title"], default=None)
    return best if best is not None and tags[best]["title"] > TITLE and len(lines) > 1 else None


def _outlets(seen: HeadCues, inside: Sequence[int], title: int | None) -> list[tuple[float, str]]:
    """(probability, name) of every piece of the head, likeliest first."""
    found = []
    for n in inside:
        for piece in seen.pieces(n):
            if (n == title and (piece.whole or piece.start == 0)) or (piece.led == "by" and JOB.search(piece.text)):
                continue
            odds = _softmax("piece", seen.piece(n, piece, title))
            if odds["outlet"] * (1 if is_person(piece.name) else 2) > odds["author"]:
                found.append((odds["outlet"], piece.name))
    return sorted(found, key=lambda one: -one[0])


def _first(likely: Sequence[tuple[float, str]], least: float) -> str:
    return next((name for odds, name in likely if odds >= least), "")


def _without(title: str, outlet: str) -> str:
    """A headline without the outlet that a browser shows behind it."""
    return re.sub(rf"\s[|·•–—-]\s(?:the )?{re.escape(outlet)}\s*$", "", title, flags=re.IGNORECASE) if outlet else title


def _keyed(line: str) -> list[tuple[str, str]]:
    """(field, value) of each part of a line such as `Published: 3 May 2024 | Source: Bay Post`; a last part without a key is the outlet."""
    parts = re.split(rf"\s[|·•/]\s|[.,;] (?=(?:{_NAMES})\s*:)", line, flags=re.IGNORECASE)
    found = [(_KEYS[keyed[1].lower()], keyed[2]) for part in parts if (keyed := _KEYED.match(part))]
    if found and len(parts) == len(found) + 1 and is_name(outlet := parts[-1].split(",")[0]):
        return [*found, ("outlet", outlet)]
    return found if len(found) == len(parts) else [(_KEYS[keyed[1].lower()], keyed[2])] if (keyed := _KEYED.match(line)) else []


def _take_opening(facts: dict[str, str], opening: re.Match[str]) -> None:
    """`CITY, May 3, 2024 (Agency) - ` and `Title - Outlet, 3 May 2024. ` at the start of the story itself."""
    found = {"date": "", "outlet": "", **opening.groupdict()}
    if lead := found.get("lead"):
        found["date"] = next((words for *_, words in dates_in(lead) if words), "")
        named = [p.text for p in pieces(line_of(lead))]
        bracketed = (name for name in named if re.search(rf"[(\[]{re.escape(name)}[)\]]", lead))
        found["outlet"] = next(bracketed, "") or next((name for name in named if PRESS.search(name) and " " in name), "")
    stated = found["date"] or found.get("later") or found.get("day")
    agency = found["outlet"] or found.get("agency") or found.get("wire")
    dated = bool(stated and day_of(stated))
    if found.get("title"):
        facts.setdefault("title", found["title"])
    if agency:
        facts.setdefault("outlet" if found.get("title") else "agency", agency)
    if stated and dated:
        facts.setdefault("published", stated)
    facts["story"] = opening.string[opening.end() :]


def _owner(text: str) -> str:
    """The outlet that a line about the site names: one of the first three and the last three, and furniture anywhere."""
    lines = [bare(span.of(text)) for span in blocks(text)]
    for n, line in enumerate(lines):
        if n >= len(lines) - 3 or n < 3 or (BOILERPLATE.search(line) and len(line.split()) < CAPTION_WORDS):
            for pattern in _OWNERS:
                if owner := pattern.search(line):
                    return owner["outlet"]
    return ""


@lru_cache(maxsize=1)
def _weights() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(WEIGHTS.read_text("utf-8"))
    return found


def _softmax(kind: str, seen: Sequence[str]) -> dict[str, float]:
    """The probability of each label, by multinomial logistic regression."""
    model = _weights()[kind]
    odds = list(model["bias"])
    for cue in seen:
        for k, weight in enumerate(model["weights"].get(cue, ())):
            odds[k] += weight
    top = max(odds)
    powers = [math.exp(o - top) for o in odds]
    return {label: power / sum(powers) for label, power in zip(model["labels"], powers, strict=True)}
