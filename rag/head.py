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
from rag.dates import full_date
from rag.layout import BOILERPLATE, CAPTION_WORDS, ENDS, URL, blocks
from rag.periods import MONTHS
from rag.pieces import Line, bare, dates_in, day_of, line_of, pieces
from rag.press import JOB, is_name, is_person
from rag.text import squash
from rag.types import Span

WEIGHTS = Path(__file__).parent / "weights" / "head.json"
SURE, MAYBE = 0.8, 0.3  # probability from which a piece is the outlet, and where nothing else names one
TITLE = 0.01  # probability from which a line is the headline: few articles have none
_APPEARED = re.compile(
    r"\b(?:first|originally) (?:appeared|published|posted|issued|printed)\b|\bthis (?:article|story|piece|report|column|interview|essay) (?:was published|appeared)\b",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"\b(?:published|updated|posted|appeared|edition|ago|[ap]\.m|cookies|article|free|subscrib\w+|correspondent|reporter)\b", re.IGNORECASE
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
    r"^(?:file )?(?:photo|picture|image)s?\b.*|\b(?:born|died|received|accepted|held|embargoed|printed|retrieved|accessed|archived|est\.?|since)\b[^|·•/]{0,12}$",
    re.IGNORECASE,
)
_DATED_URL = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?:/|-|$)")
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
_OF_DATES = frozenset("de del le la di da du den der of".split()) | {m.lower() for m in MONTHS}
_OWNERS = (
    re.compile(r"\b[Cc]ontent by (?P<outlet>[A-Z][\w .&'’-]{1,40}?) is licensed"),
    re.compile(r"(?:©|\(c\)|\bCopyright)\s*\d{4}\s*(?:by\s+)?(?P<outlet>[A-Z][\w &'’-]{1,40}?)(?:[.,]| All rights|$)"),
    re.compile(r"(?:©|^Copyright)\s*(?:by\s+)?(?P<outlet>[A-Z][\w &'’-]{1,40}?)(?:[.,]? All rights|$)"),
    re.compile(r"(?:^|[.!?]\s+)(?P<outlet>[A-Z][\w .&-]{1,40}?)['’]s (?:website can|newsletters?\b)"),
    re.compile(
        r"\b(?:article|report|story|piece)?(?: was)? (?:first )?(?:appeared|published) (?:in|by|on) (?P<outlet>(?:[Tt]he )?[A-Z][\w &'’-]{1,40}?)(?:[.,]|$| on \d)"
    ),
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the head states, in its own words, "" for what it does not; which blocks are no story; and how the story begins."""

    facts: Mapping[str, str] = field(default_factory=dict)
    blocks: frozenset[int] = frozenset()

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


@lru_cache(maxsize=512)
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
    opening = next((n for n, line in enumerate(lines) if _opening(line.text)), None)
    if opening is not None:
        _take_opening(facts, _opening(lines[opening].text))
    title = _title(lines, tags, {*known, opening})
    story = _story(lines, title)
    inside = known | {n for n, tag in enumerate(tags) if n == title or (n != opening and _is_head(lines[n], tag, told=n > story))}
    shown = lines[title].text if title is not None else ""
    for n in sorted(inside - known - {title}):
        _note_dates(lines[n], facts, beside=shown)
    if title is not None:
        facts.setdefault("title", lines[title].text)
    if not facts.get("published"):
        for n in inside & {title}:
            _note_dates(lines[n], facts, apart=True)
    likely = _outlets(seen, sorted(inside - known), title)
    outlet = facts.get("outlet") or _first(likely, SURE) or _owner(text) or facts.get("agency") or _first(likely, MAYBE)
    if title is not None and facts["title"] == lines[title].text:
        facts["title"] = _without(lines[title].text, outlet)
    first = lines[story].text if story < len(lines) else ""
    return Head({**facts, "outlet": squash(outlet), "story": facts.get("story") or first}, frozenset(inside if len(lines) > 1 else known))


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


def _note_dates(line: Line, facts: dict[str, str], *, beside: str = "", apart: bool = False) -> None:
    """Note the days that a line of the head states: of publication, or of what it says was updated; `apart`: between marks alone,
    and none that the headline `beside` it tells.
    """
    for start, end, words in line.dates:
        before = line.text[:start]
        between = re.search(r"(?:[|/·•–—]|, \w+day) ?$", before) and not line.text[end:].strip()
        if words and not _OTHER.search(before) and words not in beside and (between or not apart):
            facts.setdefault("updated" if _UPDATED.search(before) else "published", words)


def _is_head(line: Line, tag: Mapping[str, float], *, told: bool) -> bool:
    """Whether a line that is not the headline is of the head: never a sentence, once the story has begun or if it is no line about the page."""
    words = line.text.split()
    if _APPEARED.search(line.text) and len(words) <= 25:
        return True
    if re.search(r"[a-z)\d][.!?][”\"’')]*$", line.text) and (told or len(words) > 3) and not _PAGE.search(line.text):
        return bool(line.dates) and not any(w[0].islower() and len(w) > 3 for w in words) and tag["head"] > tag["story"]
    return tag["head"] > tag["story"]


def _title(lines: Sequence[Line], tags: Sequence[Mapping[str, float]], barred: set[int | None]) -> int | None:
    """The likeliest headline above the story."""
    likely = [n for n in range(_story(lines)) if n not in barred]
    best = max(likely, key=lambda n: tags[n]["title"], default=None)
    return best if best is not None and tags[best]["title"] > TITLE and len(lines) > 1 else None


def _story(lines: Sequence[Line], title: int | None = None) -> int:
    """The first line that is long and ends like a sentence, and is not the headline."""

    def told(text: str) -> bool:
        ends = ENDS.search(text) if title is not None else re.search(r"[.:;][”\"’')]*$", text)
        return len(text.split()) > 30 or (len(text.split()) > 12 and bool(ends))

    return next((n for n, line in enumerate(lines) if n != title and told(line.text)), len(lines))


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


def _opening(line: str) -> re.Match[str] | None:
    """The dateline with which a story begins; a line of nothing else is a masthead."""
    if len(line.split()) <= 12 and not ENDS.search(line):
        return None
    titled = _LINE_DATED.match(line)
    opening = _DATELINE.match(line) or (titled if titled and day_of(titled["date"]) else None)
    if opening or not (lead := _LEAD.match(line)):
        return opening
    small = [w for w in lead["lead"].split() if w[0].islower() and w not in _OF_DATES]
    return lead if len(small) < 2 and ("(" in lead["lead"] or any(words for *_, words in dates_in(lead["lead"]))) else None


def _take_opening(facts: dict[str, str], opening: re.Match[str] | None) -> None:
    """`CITY, May 3, 2024 (Agency) - ` and `Title - Outlet, 3 May 2024. ` at the start of the story itself."""
    if opening is None:
        return
    found = {"date": "", "outlet": "", **opening.groupdict()}
    if lead := found.get("lead"):
        found["date"] = next((words for *_, words in dates_in(lead) if words), "")
        found["outlet"] = next((p.text for p in pieces(line_of(lead)) if re.search(rf"[(\[]{re.escape(p.text)}[)\]]", lead)), "")
    stated = found["date"] or found.get("later") or found.get("day")
    agency = found["outlet"] or found.get("agency") or found.get("wire")
    dated = bool(stated and day_of(stated))
    if found.get("title"):
        facts.setdefault("title", found["title"])
    if agency:
        facts.setdefault("outlet" if found.get("title") else "agency", agency)
    if stated and dated:
        facts.setdefault("published", stated)
    facts["story"] = opening.string


def _owner(text: str) -> str:
    """The outlet that a line about the site names: the last three lines, and furniture anywhere."""
    lines = [bare(span.of(text)) for span in blocks(text)]
    for n, line in enumerate(lines):
        if n >= len(lines) - 3 or n < 3 or (BOILERPLATE.search(line) and len(line.split()) < CAPTION_WORDS):
            for pattern in _OWNERS:
                if owner := pattern.search(line):
                    return owner["outlet"]
    return ""


def opening_length(line: str) -> int:
    """How many characters of a block are the `CITY, May 3 (Agency) - ` or `Title - Outlet, 3 May 2024. ` that it opens with."""
    opening = _opening(line)
    return opening.end() if opening else 0


def without_dateline(text: str) -> str:
    return _DATELINE.sub("", text.strip())


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
