"""What an article says of itself in its first lines: title, outlet, dates and address, in the layouts that sites and agencies use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rag.byline import is_name, is_outlet, is_section, read_line
from rag.dates import find_dates, full_date
from rag.layout import BOILERPLATE, BYLINE, CAPTION, CAPTION_WORDS, ENDS, URL, blocks
from rag.text import squash
from rag.types import Span

HEAD_BLOCKS = 10  # facts about an article stand in its first lines

_KEYS = {
    "title": "title", "headline": "title",
    "source": "outlet", "outlet": "outlet", "publisher": "outlet", "publication": "outlet", "newspaper": "outlet",
    "date": "published", "published": "published", "published on": "published", "publication date": "published",
    "posted": "published", "updated": "updated", "last updated": "updated", "modified": "updated", "by": "", "author": "", "byline": "", "section": "", "tags": "", "news code": "", "code": "", "id": "",
    "url": "url", "link": "url",
}  # fmt: skip
_NAMES = "|".join(sorted(_KEYS, key=len, reverse=True))
_KEYED = re.compile(rf"^({_NAMES})\s*:\s*(\S.*)$", re.IGNORECASE)
_UPDATED = re.compile(r"\b(?:last )?(?:updated|modified|corrected|amended)\b", re.IGNORECASE)
_DATED_URL = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?:/|-|$)")
_NAVIGATION = re.compile(r"^\w[\w ]*(?:[/>»|][\w ]+)+$")  # of a squashed line
_LINE_DATED = re.compile(
    r"^(?P<title>.{10,120}?) [-–—|] (?P<outlet>[A-Z][^-–—|,]{2,40}), (?P<date>[^-–—|.,]{8,30})(?:,[^-–—|.]{1,60}?)?(?: [-–—|]|\.) "
)
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?|\d{1,2} [A-Z][a-z]{2,8}\.?(?:,? \d{4})?)"
_DATELINE = re.compile(
    rf"^(?P<city>[A-Z][A-Z.'’ -]+[A-Z](?:, [A-Z][A-Za-z.]+(?: [A-Z][A-Za-z.]+)?)??)(?:,? (?P<date>{_DAY}))?"
    rf"\s*(?:[-–—]+ \((?P<agency>[^(),]{{2,40}}), (?P<day>{_DAY})\)|(?:\((?P<outlet>[^()]{{2,40}})\))?(?:,? (?P<later>{_DAY}))?\s*(?:-|–|—|:)+)\s"
)
_OWNERS = (
    re.compile(r"\b[Cc]ontent by (?P<outlet>[A-Z][\w .&'’-]{1,40}?) is licensed"),
    re.compile(r"(?:©|\(c\)|\bCopyright)\s*\d{4}\s*(?:by\s+)?(?P<outlet>[A-Z][\w &'’-]{1,40}?)(?:[.,]| All rights|$)"),
    re.compile(r"(?:©|^Copyright)\s*(?:by\s+)?(?P<outlet>[A-Z][\w &'’-]{1,40}?)(?:[.,]? All rights|$)"),
    re.compile(r"(?:^|[.!?]\s+)(?P<outlet>[A-Z][\w .&-]{1,40}?)['’]s (?:website can|newsletters?\b)"),
)


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


def facts_of(text: str) -> dict[str, str]:
    """What the article says of itself, by field, and how its story begins; every value is cut from the text."""
    lines = [bare(span.of(text)) for span in blocks(text)]
    facts: dict[str, str] = {}
    lone: list[int] = []  # lines that may be an outlet's name
    dated: list[int] = []
    for n, line in enumerate(lines):
        stated = _stated_by(line, story="story" in facts) if n < HEAD_BLOCKS else {}
        if "title" not in facts and _is_dated_title(line, lines[n + 1 : HEAD_BLOCKS]):
            stated = {}
        if url := URL.match(line):
            facts.setdefault("url", url[1])
        elif stated:
            changed = bool(_UPDATED.match(line))
            for field, value in stated.items():
                facts.setdefault("updated" if changed and field == "published" else field, value)
            dated += [n] if "published" in stated and not changed else []
        elif n < HEAD_BLOCKS and "story" not in facts:
            _read_plain(line, lines[n + 1 : HEAD_BLOCKS], facts, last=n + 1 == len(lines))
            lone += [n] if line not in facts.values() and _may_be_outlet(line) else []
        if len(line.split()) > 12 and line != facts.get("title") and ENDS.search(line):
            facts.setdefault("story", line)
    facts.pop("", None)
    outlet = facts.get("outlet") or _beside(lines, lone, dated) or _masthead(lines) or _owner(lines)
    return facts | ({"outlet": squash(outlet)} if outlet else {})


def _stated_by(line: str, *, story: bool) -> dict[str, str]:
    """What a line of facts states, by field: one with keys, with two dates or, before the story, with outlet and date in any order."""
    if keyed := _keyed(line):
        return dict(reversed(keyed))
    if days := _two_dates(line):
        return {"published": days[0], "updated": days[1]}
    read = None if story else read_line(line)
    return {field: value for field, value in (("published", read.date), ("outlet", read.outlet)) if value} or {"": line} if read else {}


def _is_dated_title(line: str, below: Sequence[str]) -> bool:
    """Whether a line with a date is the title: another line states the date, and what stands beside this one is not called like an outlet."""
    read = None if _keyed(line) else read_line(line)
    return bool(read and read.outlet and not read.named and any("published" in _stated_by(other, story=False) for other in below))


def _read_plain(line: str, below: Sequence[str], facts: dict[str, str], *, last: bool) -> None:
    """A line that opens the story with a dateline, or is the title."""
    if opening := _opening(line):
        _take_opening(facts, opening)
        facts["story"] = line
    elif not _is_masthead(line, below) and "title" not in facts and _may_be_title(line, last=last):
        facts["title"] = line
        if is_outlet(outlet := re.split(r"\s[|·–—-]\s", line)[-1]) and outlet != line:  # as a browser shows it
            facts.setdefault("outlet", outlet)


def bare(line: str) -> str:
    """A line without the marks of a Markdown heading or of stress around it."""
    return re.sub(r"^(?:#{1,6}\s+|[*_]{1,3}(?=\w))|(?<=[\w.!?])[*_]{1,3}$", "", line)


def _keyed(line: str) -> list[tuple[str, str]]:
    """(field, value) of each part of a line such as `Published: 3 May 2024 | Source: Bay Post`; a last part without a key is the outlet."""
    parts = re.split(rf"\s[|·•/]\s|[.,;] (?=(?:{_NAMES})\s*:)", line, flags=re.IGNORECASE)
    found = [(_KEYS[keyed[1].lower()], keyed[2]) for part in parts if (keyed := _KEYED.match(part))]
    if found and len(parts) == len(found) + 1 and is_name(outlet := parts[-1].split(",")[0]):
        return [*found, ("outlet", outlet)]
    return found if len(found) == len(parts) else [(_KEYS[keyed[1].lower()], keyed[2])] if (keyed := _KEYED.match(line)) else []


def _opening(line: str) -> re.Match[str] | None:
    """The dateline with which a story begins; a line of nothing else is a masthead."""
    opening = _DATELINE.match(line) or _LINE_DATED.match(line)
    return opening if opening and (len(line.split()) > 12 or ENDS.search(line)) else None


def _beside(lines: Sequence[str], lone: Sequence[int], dated: Sequence[int]) -> str:
    """The outlet in a line of its own: one above a date, or any that is called like an outlet."""
    above = [lines[n] for n in lone if n + 1 in dated or (n - 1 in dated and re.search(r"^The |&| (?:for|dei|das) ", lines[n]))]
    return next((_first(line) for line in (*[lines[n] for n in lone if is_outlet(_first(lines[n]))], *above)), "")


def _first(line: str) -> str:
    """`Bay Post` of `Bay Post | Islands`, and of `BP - Bay Post` what is called like an outlet."""
    parts = re.split(r"\s[|·•/–-]+\s", squash(line))
    return next((part for part in parts if is_outlet(part)), parts[0])


def _masthead(lines: Sequence[str]) -> str:
    """The outlet in a first line such as `Bay Post | Islands`."""
    return _first(lines[0]) if lines and " | " in lines[0] and _may_be_outlet(lines[0]) else ""


def _owner(lines: Sequence[str]) -> str:
    """The outlet that a line about the site names: the last three lines, and furniture anywhere."""
    for n, line in enumerate(lines):
        if n >= len(lines) - 3 or (BOILERPLATE.search(line) and len(line.split()) < CAPTION_WORDS):
            for pattern in _OWNERS:
                if owner := pattern.search(line):
                    return owner["outlet"]
    return ""


def _take_opening(facts: dict[str, str], opening: re.Match[str]) -> None:
    """`CITY, May 3, 2024 (Agency) - ` and `Title - Outlet, 3 May 2024. ` at the start of the story itself."""
    found = opening.groupdict()
    found = found | {"date": found["date"] or found.get("later") or found.get("day"), "outlet": found["outlet"] or found.get("agency")}
    dated = bool(found["date"] and full_date(found["date"]))
    if found.get("title") and not dated:
        return
    for field in ("title", "outlet"):
        if found.get(field):
            facts.setdefault(field, found[field])
    if dated:
        facts.setdefault("published", found["date"])


def _two_dates(line: str) -> tuple[str, str] | None:
    """(published, updated) of a line such as `Published May 3, 2024 | Updated May 5, 2024`."""
    mentions = [m for m in find_dates(line) if m.complete and m.day]
    if len(mentions) != 2 or len(line) > 120 or not _UPDATED.search(line[mentions[0].end : mentions[1].start]):
        return None
    return mentions[0].text, mentions[1].text


def _may_be_outlet(line: str) -> bool:
    """Whether a line of its own is written like an outlet's name, `Outlet` or `Outlet | Section`."""
    first, *sections = re.split(r"\s[|·•]\s", line)
    short = len(line.split()) <= 5 and not (ENDS.search(line) or BYLINE.match(line) or URL.match(line) or re.search(r"\d", line))
    return (2 <= len(first.split()) <= 5 and is_name(first) and not is_section(first)) if sections else short


def _is_masthead(line: str, below: Sequence[str]) -> bool:
    """Whether a line that could be the title names the outlet: a few capitalised words over a date, or what is called like an outlet, a title coming
    before the story.
    """
    first = _first(line)
    certain = is_outlet(first) and not _NAVIGATION.match(squash(line)) and len(line.split()) <= len(first.split()) + 2
    dated = bool(below) and "published" in _stated_by(below[0], story=False)
    if (
        BYLINE.match(line)
        or not (is_name(first) and (certain or squash(line).startswith(first)))
        or len(first.split()) > 4 + 2 * certain
        or not (certain or dated)
    ):
        return False
    for other in below:
        if _may_be_title(other, last=False) and (len(other.split()) > len(line.split()) or (certain and dated)):
            return True
        if len(other.split()) > 12:
            return False
    return False


def _may_be_title(line: str, *, last: bool) -> bool:
    if last or len(line.split()) > 30 or len(line.split()) < 2 or line.rstrip().endswith((".", ":")):
        return False
    if line.isupper() and len(line.split()) <= 4:  # a masthead or a section, not a headline
        return False
    return not (
        BOILERPLATE.search(line) or _NAVIGATION.match(squash(line)) or BYLINE.match(line) or _DATELINE.match(line) or CAPTION.search(line)
    )


def is_header_line(line: str) -> bool:
    """Whether a line of the head states a fact about the article and is no part of its story."""
    return bool(_KEYED.match(line) or read_line(line) or _two_dates(line))


def opening_length(line: str) -> int:
    """How many characters of a block are the `CITY, May 3 (Agency) - ` or `Title - Outlet, 3 May 2024. ` that it opens with."""
    opening = _DATELINE.match(line) or _LINE_DATED.match(line)
    dated = opening and ("title" not in opening.groupdict() or full_date(opening["date"]))
    return opening.end() if opening and dated else 0


def without_dateline(text: str) -> str:
    return _DATELINE.sub("", text.strip())
