"""What an article says of itself in its first lines: title, outlet, dates and address, in the layouts that sites and agencies use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rag.dates import find_dates, full_date
from rag.layout import BOILERPLATE, BYLINE, CAPTION, CAPTION_WORDS, ENDS, URL, blocks
from rag.text import squash
from rag.types import Span

HEAD_BLOCKS = 10  # facts about an article stand in its first lines

_KEYS = {
    "title": "title", "headline": "title",
    "source": "outlet", "outlet": "outlet", "publisher": "outlet", "publication": "outlet", "newspaper": "outlet",
    "date": "published", "published": "published", "published on": "published", "publication date": "published",
    "posted": "published", "updated": "updated", "last updated": "updated", "modified": "updated", "by": "", "author": "", "byline": "", "section": "", "tags": "",
    "url": "url", "link": "url",
}  # fmt: skip
_KEYED = re.compile(rf"^({'|'.join(sorted(_KEYS, key=len, reverse=True))})\s*:\s*(\S.*)$", re.IGNORECASE)
_UPDATED = re.compile(r"\b(?:last )?(?:updated|modified|corrected|amended)\b", re.IGNORECASE)
_WRITER = re.compile(r"^By [^,]{3,40}(?:, |$)")
_DATED_URL = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?:/|-|$)")
_NAVIGATION = re.compile(r"^\w[\w ]*(?:[/>»|][\w ]+)+$")  # of a squashed line
_LINE_DATED = re.compile(
    r"^(?P<title>.{10,120}?) [-–—|] (?P<outlet>[A-Z][^-–—|,]{2,40}), (?P<date>[^-–—|.,]{8,30})(?:,[^-–—|.]{1,60}?)?(?: [-–—|]|\.) "
)
_SECTION = re.compile(r"\b(?:home|news|world|latest|top|breaking|politics|business|sports?|opinion|culture|local)\b", re.IGNORECASE)
_DATELINE = re.compile(
    r"^(?P<city>[A-Z][A-Z.'’ -]+[A-Z](?:, [A-Z][A-Za-z.]+(?: [A-Z][A-Za-z.]+)?)??)(?:,? (?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?))?"
    r"\s*(?:\((?P<outlet>[^()]{2,40})\))?\s*(?:-|–|—|:)+\s"
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
    """What the article says of itself, by field; every value is cut from the text."""
    facts: dict[str, str] = {}
    lines = [bare(span.of(text)) for span in blocks(text)]
    body, between = False, ""  # an outlet between byline and date
    for n, line in enumerate(lines):
        head = n < HEAD_BLOCKS
        if (keyed := _KEYED.match(line)) and head:
            facts.setdefault(_KEYS[keyed[1].lower()], keyed[2])
            if _KEYS[keyed[1].lower()] == "published" and n > 1 and BYLINE.match(lines[n - 2]):
                between = _outlet_line(lines[n - 1], facts)
        elif url := URL.match(line):
            facts.setdefault("url", url[1])
        elif head and (days := _two_dates(line)):
            _take_date(facts, ("", days[0]), lines, n)
            facts.setdefault("updated", days[1])
        elif head and "published" in facts and _UPDATED.match(line) and (day := _date_line(line)):
            facts.setdefault("updated", day[1])
        elif head and (day := _date_line(line)):
            _take_date(facts, day, lines, n)
        elif head and not body and (opening := _DATELINE.match(line) or _LINE_DATED.match(line)):
            _take_opening(facts, opening)
            body = True
        elif head and not body and "title" not in facts and _may_be_title(line, last=n + 1 == len(lines)):
            facts["title"] = line
        body = body or (len(line.split()) > 12 and line != facts.get("title") and bool(ENDS.search(line)))
    facts.pop("", None)
    outlet = facts.get("outlet") or between or _masthead(lines, facts) or _owner(lines)
    return facts | ({"outlet": squash(outlet)} if outlet else {})


def bare(line: str) -> str:
    """A line without the marks of a Markdown heading or of stress around it."""
    return re.sub(r"^(?:#{1,6}\s+|[*_]{1,3}(?=\w))|(?<=[\w.!?])[*_]{1,3}$", "", line)


def _take_date(facts: dict[str, str], day: tuple[str, str], lines: Sequence[str], n: int) -> None:
    """A date line with its outlet, or with the outlet above it, which is no title then."""
    facts.setdefault("published", day[1])
    above = lines[n - 1] if n else ""
    if above and above == facts.get("title") and _is_masthead(above, lines[n + 1 : HEAD_BLOCKS]):
        del facts["title"]
    if outlet := day[0] or _outlet_line(above, facts):
        facts.setdefault("outlet", outlet)


def _masthead(lines: Sequence[str], facts: dict[str, str]) -> str:
    """The outlet in a first line such as `Bay Post | Islands`."""
    return _outlet_line(lines[0], facts) if lines and " | " in lines[0] else ""


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


def _date_line(line: str) -> tuple[str, str] | None:
    """(outlet or "", date) of a line that states a full date and little else; `Outlet | date | section` counts."""
    parts = [part.strip() for part in re.split(r"\s[|·•]\s", line)]
    if len(parts) > 1 and len(line) <= 100:
        dated = next(((n, day) for n, part in enumerate(parts) if (day := _date_line(part))), None)
        return (dated[1][0] or (parts[0] if dated[0] else ""), dated[1][1]) if dated else None
    mentions = [m for m in find_dates(line) if m.complete and m.day]
    if len(mentions) != 1 or len(line) > 80:
        return None
    before = re.sub(
        r"(?:^|\b)(?:published|posted|date|updated|last updated|on|at|in)\b:?(?: on:?)?\s*$",
        "",
        line[: mentions[0].start],
        flags=re.IGNORECASE,
    )
    outlet, after = _WRITER.sub("", before.strip(" ,|–—-•·/:(")), line[mentions[0].end :]
    few_words = len(outlet.split()) <= 5 and not re.search(r"[a-z]{3,} [a-z]{3,}", outlet)
    return (outlet, mentions[0].text) if few_words and not re.search(r"[^\W\d]{4,}", after) else None


def _outlet_line(line: str, facts: dict[str, str]) -> str:
    """The outlet in the line above a date: `Outlet`, or `Outlet | Section`."""
    first, *sections = re.split(r"\s[|·•]\s", line)
    if sections:
        return first if 2 <= len(first.split()) <= 5 and _is_capitalised(first) and not _SECTION.search(first) else ""
    short = len(line.split()) <= 5 and not (ENDS.search(line) or BYLINE.match(line) or URL.match(line) or re.search(r"\d", line))
    return line if short and line != facts.get("title") else ""


def _is_masthead(line: str, below: Sequence[str]) -> bool:
    """Whether a line that could be the title names the outlet: a few capitalised words over a date, a longer title coming before the story."""
    if len(line.split()) > 4 or not _is_capitalised(line):
        return False
    for other in below:
        if _may_be_title(other, last=False) and len(other.split()) > len(line.split()):
            return True
        if len(other.split()) > 12:
            return False
    return False


def _is_capitalised(line: str) -> bool:
    return all(word[0].isupper() for word in line.split())


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
    return bool(_KEYED.match(line) or _date_line(line) or _two_dates(line))


def opening_length(line: str) -> int:
    """How many characters of a block are the `CITY, May 3 (Agency) - ` or `Title - Outlet, 3 May 2024. ` that it opens with."""
    opening = _DATELINE.match(line) or _LINE_DATED.match(line)
    dated = opening and ("title" not in opening.groupdict() or full_date(opening["date"]))
    return opening.end() if opening and dated else 0


def without_dateline(text: str) -> str:
    return _DATELINE.sub("", text.strip())
