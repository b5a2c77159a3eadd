"""What an article says of itself in its first lines: title, outlet, dates and address, in the layouts that sites and agencies use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from rag.byline import GIVEN, LED, dates_in, is_name, is_no_outlet, is_outlet, is_person, is_section, name_of, read_line
from rag.dates import find_dates, full_date
from rag.layout import BOILERPLATE, BYLINE, CAPTION, CAPTION_WORDS, ENDS, URL, blocks
from rag.lexicon import stem
from rag.text import content_tokens, squash
from rag.types import Span

HEAD_BLOCKS = 10  # facts about an article stand in its first lines
SPOKEN = 16  # words of a title that ends with what somebody said, at most

_KEYS = {
    "title": "title", "headline": "title",
    "source": "outlet", "outlet": "outlet", "publisher": "outlet", "publication": "outlet", "newspaper": "outlet",
    "date": "published", "published": "published", "published on": "published", "publication date": "published",
    "posted": "published", "updated": "updated", "last updated": "updated", "modified": "updated", "by": "", "author": "", "byline": "", "section": "", "tags": "", "news code": "", "code": "", "id": "",
    "url": "url", "link": "url",
}  # fmt: skip
_NAMES = "|".join(sorted(_KEYS, key=len, reverse=True))
_KEYED = re.compile(rf"^({_NAMES})\s*:\s*(\S.*)$", re.IGNORECASE)
_UPDATED = re.compile(r"\b(?:last )?(?:updated?|modified|corrected|amended)\b", re.IGNORECASE)
_DATED_URL = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?:/|-|$)")
_NAVIGATION = re.compile(r"^\w[\w ]*(?:[/>»|][\w ]+)+$")  # of a squashed line
_LINE_DATED = re.compile(
    r"^(?P<title>.{10,120}?) [-–—|] (?P<outlet>[A-Z][^-–—|,]{2,40}), (?P<date>[^-–—|.,]{8,30})(?:,[^-–—|.]{1,60}?)?(?: [-–—|]|\.) "
)
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?|\d{1,2} [A-Z][a-z]{2,8}\.?(?:,? \d{4})?)"
_DATELINE = re.compile(
    rf"^(?P<city>[A-Z][A-Z.'’ -]+[A-Z](?:, [A-Z][A-Za-z.]+(?: [A-Z][A-Za-z.]+)?)??)(?:,? (?P<date>{_DAY}))?"
    rf"(?:\s*(?:[-–—]+ \((?P<agency>[^(),]{{2,40}}), (?P<day>{_DAY})\)|(?:,? ?\((?P<outlet>[^()]{{2,40}})\))?(?:,? (?P<later>{_DAY})(?: \d\d?[:.]\d\d(?: [A-Z]{{2,4}})?)?)?\s*(?:-|–|—|:)+)|\.? /(?P<wire>[^/]{{2,40}})/\.?\s*[-–—]*)\s"
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
    titles: list[int] = []  # lines that may be the title
    dated: list[int] = []
    paragraphs = 0  # whole ones so far: a first one may stand above the line of date and by-line
    for n, line in enumerate(lines):
        stated = _stated_by(line, story=paragraphs > 1) if n < HEAD_BLOCKS else {}
        if not titles and _is_dated_title(line, lines[n + 1 : HEAD_BLOCKS]):
            stated = {}
        if url := URL.match(line):
            facts.setdefault("url", url[1])
        elif stated:
            dated += [n] if _note(stated, line, facts) else []
        elif n < HEAD_BLOCKS and not paragraphs:
            if opening := _opening(line):
                _take_opening(facts, opening)
                facts["story"], paragraphs = line, 2
            elif _may_be_title(line, last=n + 1 == len(lines)):
                titles.append(n)
        if len(line.split()) > 12 and n not in titles and ENDS.search(line):
            facts.setdefault("story", line)
            paragraphs += 1
    title = _title(lines, titles)
    lone = [n for n in range(_head_end(lines, facts, dated)) if n != title and _may_be_outlet(lines[n])]
    if title is not None:
        facts.setdefault("title", lines[title])
    return facts | ({"outlet": squash(outlet)} if (outlet := _outlet(lines, facts, lone, dated)) else {})


def _note(stated: Mapping[str, str], line: str, facts: dict[str, str]) -> bool:
    """Note what a line states, for which nothing is noted yet, and tell whether it says when the article was published."""
    changed = bool(_UPDATED.match(line))
    for field, value in stated.items():
        facts.setdefault("updated" if changed and field == "published" else field, value)
    return "published" in stated and not changed


def _title(lines: Sequence[str], likely: Sequence[int]) -> int | None:
    """Of the lines that may be the title the first that has nearly half as many words of the story as the one with most, of what is written like a name nearly as many."""
    likely = [n for n in likely if not is_outlet(own := _first(lines[n])) or len(lines[n].split()) > len(own.split()) + 2]
    if not likely:
        return None

    def bar(line: str) -> float:  # what is written like a name must say more of the story to be its title
        return 0.8 if is_name(re.split(r" [|–—-] ", line)[0]) else 0.4

    story = {stem(t.folded) for line in lines[likely[-1] + 1 :] for t in content_tokens(line)}
    told = [len({stem(t.folded) for t in content_tokens(lines[n])} & story) for n in likely]
    return next(n for n, words in zip(likely, told, strict=True) if words >= max(told) * bar(lines[n]))


def _head_end(lines: Sequence[str], facts: Mapping[str, str], dated: Sequence[int]) -> int:
    """How many lines stand before the story, or before a date that stands below its first paragraph."""
    story = next((n for n, line in enumerate(lines) if line == facts.get("story")), len(lines))
    return min(HEAD_BLOCKS, max([story, *dated]))


def _outlet(lines: Sequence[str], facts: Mapping[str, str], lone: Sequence[int], dated: Sequence[int]) -> str:
    """The outlet: one that is stated as such, that is called like one, or else that stands where outlets stand."""
    title = re.split(r"\s[|·–—-]\s", facts.get("title", ""))
    shown = title[-1] if len(title) > 1 and is_outlet(title[-1]) else ""  # as a browser shows it
    return facts.get("outlet") or shown or _beside(lines, lone, dated, facts.get("maybe", "")) or _masthead(lines) or _owner(lines)


def _stated_by(line: str, *, story: bool) -> dict[str, str]:
    """What a line of facts states, by field: one with keys, with two dates or, before the story, with outlet and date in any order. What is not called
    like an outlet is "maybe" one.
    """
    if days := _two_dates(line):
        return {"published": days[0], "updated": days[1]}
    if keyed := _keyed(line):
        return dict(reversed(keyed))
    read = None if story else read_line(line)
    if not read:
        return {}
    found = {"published": read.date, "outlet" if read.named else "maybe": read.outlet}
    return {field: value for field, value in found.items() if value} or {"": line}


def _is_dated_title(line: str, below: Sequence[str]) -> bool:
    """Whether a line with a date is the title: another line states the date, and what stands beside this one is not called like an outlet."""
    read = None if _keyed(line) else read_line(line)
    return bool(read and read.outlet and not read.named and any("published" in _stated_by(other, story=False) for other in below))


def bare(line: str) -> str:
    """A line without the marks of a Markdown heading or of stress around it."""
    return re.sub(r"^(?:#{1,6}\s+|[*_]{1,3}(?=[^\W_]))|(?<=[^\W_])[*_]{1,3}$|(?<=[.!?])[*_]{1,3}$", "", line) or line


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


def _beside(lines: Sequence[str], lone: Sequence[int], dated: Sequence[int], maybe: str) -> str:
    """The outlet in a line of its own, called like an outlet, or what stands beside a date, or above one."""
    credited = [n for n, line in enumerate(lines[:HEAD_BLOCKS]) if BYLINE.match(line)]
    certain = [_first(lines[n]) for n in lone if is_outlet(_first(lines[n]))]
    the = [
        first for n in lone if (first := _first(lines[n])).startswith("The ") and is_name(first) and {n - 1, n, n + 1} & {*dated, *credited}
    ]
    above = [lines[n] for n in lone if n + 1 in dated or (n - 1 in dated and re.search(r"&| (?:for|dei|das) ", lines[n]))]
    joined = any(re.search(rf"{re.escape(maybe)}\s[|·•]|[|·•]\s{re.escape(maybe)}", lines[n]) for n in dated)
    writer = is_person(maybe) and (maybe.split(maxsplit=1)[0].lower() in GIVEN or (joined and not credited))
    above = [line for line in above if line.split()[0].lower() not in GIVEN]
    return next(iter([*certain, *the, *([maybe] if maybe and not writer else []), *map(_first, above)]), "")


def _first(line: str) -> str:
    """`Bay Post` of `Bay Post | Islands` and of `Islands desk, Bay Post, English edition`: what is called like an outlet, else the first part."""
    parts = re.split(r"\s[|·•/–—-]+\s|(?<=[a-z]{3})\. ", squash(line))
    named = [*parts, *re.split(r", ", LED.sub("", parts[0]))]
    return name_of(next((part for part in named if is_outlet(part)), parts[0]))


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
    found = found | {
        "date": found["date"] or found.get("later") or found.get("day"),
        "outlet": found["outlet"] or found.get("agency") or found.get("wire"),
    }
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
    days = [found for found in dates_in(line) if found[2]]
    if len(days) != 2 or len(line) > 120 or not _UPDATED.search(line[days[0][1] : days[1][0]]):
        return None
    return days[0][2], days[1][2]


def _may_be_outlet(line: str) -> bool:
    """Whether a line of its own is written like an outlet's name, `Outlet` or `Outlet | Section`."""
    first, *sections = re.split(r"\s[|·•]\s", line)
    if is_outlet(_first(line)) and len(line.split()) <= 8 and not (ENDS.search(line) or BYLINE.match(line)):
        return True
    if sections:
        return 2 <= len(first.split()) <= 5 and is_name(first) and not is_section(first)
    other = ENDS.search(line) or BYLINE.match(line) or URL.match(line) or re.search(r"\d", line)
    return len(line.split()) <= 5 and any(map(str.isalpha, line)) and not (other or is_no_outlet(_first(line)))


def _may_be_title(line: str, *, last: bool) -> bool:
    if last or len(line.split()) > 30 or len(line.split()) < 2 or line.rstrip().endswith((".", ":")) or not _says_more_than_when(line):
        return False
    if len(line.split()) > SPOKEN and re.search(r"\.[”\"’']$", line.rstrip()):  # a story that opens with what somebody said
        return False
    if line.isupper() and len(line.split()) <= 4:  # a masthead or a section, not a headline
        return False
    return not (
        BOILERPLATE.search(line)
        or is_section(line)
        or _NAVIGATION.match(squash(line))
        or BYLINE.match(line)
        or _opening(line)
        or CAPTION.search(line)
    )


def _says_more_than_when(line: str) -> bool:
    for mention in reversed(find_dates(line)):
        line = line[: mention.start] + line[mention.end :]
    return bool(content_tokens(re.sub(r"\d", "", line)))


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
