"""Articles from plain text: what each says of itself, where its sentences are, and which of them are evidence.

Captions, headings and site boilerplate stay in the document's text but in no passage, so they are never cited.
The splitting of sentences is syntok's; offsets always point into the unchanged text.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

from syntok import segmenter

from rag.dates import find_dates, full_date
from rag.errors import CorpusError
from rag.text import squash
from rag.types import Document, Passage, Span

SUFFIXES = (".txt", ".md")
PASSAGE_WORDS = 90  # the embedder reads 256 word pieces; whole sentences up to this many words stay together
HEAD_BLOCKS = 10  # facts about an article stand in its first lines

_KEYS = {
    "title": "title", "headline": "title",
    "source": "outlet", "outlet": "outlet", "publisher": "outlet", "publication": "outlet", "newspaper": "outlet",
    "date": "published", "published": "published", "published on": "published", "publication date": "published",
    "posted": "published", "updated": "", "last updated": "", "by": "", "author": "", "byline": "", "section": "", "tags": "",
    "url": "url", "link": "url",
}  # fmt: skip
_KEYED = re.compile(rf"^({'|'.join(sorted(_KEYS, key=len, reverse=True))})\s*:\s*(\S.*)$", re.IGNORECASE)
_URL = re.compile(r"^<?(https?://\S+?)>?$")
_DATED_URL = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?:/|-|$)")
_NAVIGATION = re.compile(r"^\w[\w ]*(?:\s*[/>»|]\s*\w[\w ]*)+$")
_LINE_DATED = re.compile(
    r"^(?P<title>.{10,120}?) [-–—|] (?P<outlet>[A-Z][^-–—|,]{2,40}), (?P<date>[^-–—|.,]{8,30})(?:,[^-–—|.]{1,60}?)?(?: [-–—|]|\.) "
)
_BYLINE = re.compile(r"^(?:By|Written by|Reporting by|Edited by)\s+[A-Z]")
_DATELINE = re.compile(
    r"^(?P<city>[A-Z][A-Z.'’ -]+[A-Z](?:, [A-Z][A-Za-z.]+(?: [A-Z][A-Za-z.]+)?)??)(?:,? (?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?))?"
    r"\s*(?:\((?P<outlet>[^()]{2,40})\))?\s*(?:-|–|—|:)+\s"
)
_OWNERS = (
    re.compile(r"\b[Cc]ontent by (?P<outlet>[A-Z][\w .&'’-]{1,40}?) is licensed"),
    re.compile(r"(?:©|\(c\)|\bCopyright)\s*(?:\d{4}\s*)?(?:by\s+)?(?P<outlet>[A-Z][\w &'’-]{1,40}?)(?:[.,]| All rights|$)"),
    re.compile(r"(?:^|[.!?]\s+)(?P<outlet>[A-Z][\w .&-]{1,40}?)['’]s (?:website|newsletter)\b"),
)
_CAPTION = re.compile(
    r"\((?:[^()]*\b)?(?:photo(?:graph)?s?|image|picture|photo credit|courtesy of|file photo|Getty)\b[^()]*\)\.?\s*$"
    r"|^\W*(?:(?:file )?photo(?:graph)?|image|picture|caption|pictured)\b[^.]{0,30}[:|]|\((?:L|R|C)\)[ ,]"
    r"|(?:/|\bvia )Getty Images\b",
    re.IGNORECASE,
)
_SIDES = re.compile(r"\((?:left|right|centre|center)\)")  # in a line of its own
CAPTION_WORDS = 60  # a longer block is a story that has a caption in it
_BOILERPLATE = re.compile(
    r"\bcan also be accessed at\b|\ball rights reserved\b|\bis licensed under\b|©|^\W*copyright\b|\bour newsletters?\b"
    r"|^\W*(?:subscribe|sign up|follow us|join us|read more|read also|also read|see also|share this|click here|download (?:our|the) app"
    r"|for more (?:news|stories|information)|to subscribe|support our journalism|register (?:now|here)|most read)\b"
    r"|^\W*(?:related|recommended|trending|more on this|advertisement)(?: (?:articles?|stories|story|news|content|topics?|for you))?\W*(?::|$)"
    r"|^(?:\S+ ){0,6}(?:terms of (?:use|service)|privacy policy|cookie policy)\W*$|^\W*\(?(?:reporting|writing|additional reporting) by\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?…:;][\"'”’»)\]]*\s*$|[\"”»]\s*$")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:Rep|Sen|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Rev|Hon|Amb|Prof|Pres|Supt|Insp|Cllr|Messrs|Mt|Ft|vs|approx)\.$"
)


def read_folder(folder: str | Path) -> list[Document]:
    """Every `.txt` and `.md` article below `folder`, by path. The path without its suffix is the document's id, with it where two would be one.

    Raises CorpusError when the folder is missing, holds no article, or one is empty or not UTF-8.
    """
    root = Path(folder)
    if not root.is_dir():
        raise CorpusError(f"{root} is no folder; name a folder that holds articles as .txt files")
    paths = sorted(p for p in root.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
    if not paths:
        raise CorpusError(f"no articles in {root}; put one .txt or .md file per article there")
    names = [path.relative_to(root).with_suffix("").as_posix() for path in paths]
    twice = {name for name, count in Counter(names).items() if count > 1}
    return [_read_file(path, root, name + path.suffix * (name in twice)) for path, name in zip(paths, names, strict=True)]


def _read_file(path: Path, root: Path, doc_id: str) -> Document:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path} is not UTF-8 text ({error.reason}); save it as UTF-8 or move it away") from error
    except OSError as error:
        raise CorpusError(f"{path} cannot be read ({error.strerror}); make it readable or move it away") from error
    if not text.strip():
        raise CorpusError(f"{path} is empty; put the article in it or delete it")
    return read_article(text, doc_id, path=path.relative_to(root).as_posix())


def read_article(text: str, doc_id: str, path: str | None = None) -> Document:
    r"""A document with the title, outlet, date and URL that the article itself states; the rest stays None.

    >>> d = read_article("Ferry returns\n\nBay Post\nMay 3 2024\n\nThe ferry is back.", "ferry")
    >>> d.title, d.outlet, d.published
    ('Ferry returns', 'Bay Post', datetime.date(2024, 5, 3))
    """
    facts = _facts(text)
    url = facts.get("url")
    stated = facts.get("published")
    published = full_date(stated) if stated else _url_date(url)
    title = squash(facts.get("title") or " ".join(text.split()[:12]) + "…")
    return Document(doc_id, title, text, facts.get("outlet"), published, url, path)


def _url_date(url: str | None) -> date | None:
    match = _DATED_URL.search(url or "")
    return full_date("-".join(match.groups())) if match else None


def _facts(text: str) -> dict[str, str]:
    """What the article says of itself, by field; every value is cut from the text."""
    facts: dict[str, str] = {}
    spans = blocks(text)
    body = False
    for n, span in enumerate(spans):
        line = span.of(text)
        head = n < HEAD_BLOCKS
        if (keyed := _KEYED.match(line)) and head:
            facts.setdefault(_KEYS[keyed[1].lower()], keyed[2])
        elif url := _URL.match(line):
            facts.setdefault("url", url[1])
        elif head and (day := _date_line(line)):
            facts.setdefault("published", day[1])
            outlet = day[0] or (_outlet_line(spans[n - 1].of(text), facts) if n else "")
            if outlet:
                facts.setdefault("outlet", outlet)
        elif head and not body and (opening := _DATELINE.match(line) or _LINE_DATED.match(line)):
            _take_opening(facts, opening)
            body = True
        elif head and not body and "title" not in facts and _may_be_title(line, last=n + 1 == len(spans)):
            facts["title"] = line
        body = body or (len(line.split()) > 12 and line != facts.get("title") and bool(_ENDS.search(line)))
    facts.pop("", None)
    if "outlet" not in facts and (owner := next(filter(None, (o.search(text) for o in _OWNERS)), None)):
        facts["outlet"] = owner["outlet"]
    return facts


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
    outlet, after = before.strip(" ,|–—-•·/:("), line[mentions[0].end :]
    few_words = len(outlet.split()) <= 5 and not re.search(r"[a-z]{3,} [a-z]{3,}", outlet)
    return (outlet, mentions[0].text) if few_words and not re.search(r"[^\W\d]{4,}", after) else None


def _outlet_line(line: str, facts: dict[str, str]) -> str:
    short = len(line.split()) <= 5 and not _ENDS.search(line) and not _BYLINE.match(line)
    return line if short and line != facts.get("title") else ""


def _may_be_title(line: str, *, last: bool) -> bool:
    if last or len(line.split()) > 30 or len(line.split()) < 2 or line.rstrip().endswith((".", ":")):
        return False
    if line.isupper() and len(line.split()) <= 4:  # a masthead or a section, not a headline
        return False
    return not (
        _BOILERPLATE.search(line) or _NAVIGATION.match(line) or _BYLINE.match(line) or _DATELINE.match(line) or _CAPTION.search(line)
    )


def blocks(text: str) -> list[Span]:
    """Paragraphs and single lines, without blank ones. In text wrapped at a fixed width a paragraph's lines stay together."""
    lines = [_stripped(text, m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    width = max((s.end - s.start for s in lines), default=0)
    if width > 110 or len(lines) < 4:
        return lines
    joined: list[Span] = []
    for span in lines:
        last = joined[-1] if joined else None
        wrapped = last and "\n" not in text[last.end : span.start].replace("\n", "", 1) and _line_length(text, last) > 0.6 * width > 30
        if last and wrapped:
            joined[-1] = Span(last.start, span.end)
        else:
            joined.append(span)
    return joined


def _stripped(text: str, start: int, end: int) -> Span:
    line = text[start:end]
    return Span(start + len(line) - len(line.lstrip()), start + len(line.rstrip()))


def _line_length(text: str, span: Span) -> int:
    return span.end - max(span.start, text.rfind("\n", 0, span.end) + 1)


def sentences(text: str) -> list[Span]:
    """The sentences of `text` in order; no sentence crosses a block.

    >>> [s.of("He met U.S. Rep. Lee. It ended.") for s in sentences("He met U.S. Rep. Lee. It ended.")]
    ['He met U.S. Rep. Lee.', 'It ended.']
    """
    return [span for block in blocks(text) for span in _split(text, block)]


def _split(text: str, block: Span) -> list[Span]:
    found: list[Span] = []
    for paragraph in segmenter.analyze(block.of(text)):
        for words in paragraph:
            start, end = block.start + words[0].offset, block.start + words[-1].offset + len(words[-1].value)
            if found and _ABBREVIATION.search(found[-1].of(text)):
                found[-1] = Span(found[-1].start, end)
            else:
                found.append(Span(start, end))
    return found


def evidence_sentences(document: Document) -> list[Span]:
    """The sentences that may be cited: neither title, header line, caption, heading nor boilerplate."""
    text = document.text
    found: list[Span] = []
    for n, block in enumerate(blocks(text)):
        line = block.of(text)
        caption = _CAPTION.search(line) and len(line.split()) <= CAPTION_WORDS
        if (
            squash(line) == document.title
            or caption
            or (_SIDES.search(line) and len(_split(text, block)) == 1)
            or _is_furniture(line, head=n < HEAD_BLOCKS)
        ):
            continue
        found += [s for s in _split(text, block) if not _BOILERPLATE.search(s.of(text)) and not _CAPTION.search(s.of(text))]
    return found


def _is_furniture(line: str, *, head: bool) -> bool:
    """Header lines, navigation, bylines, addresses, and short lines that end like no sentence."""
    if _URL.match(line) or _BYLINE.match(line) or (head and (_KEYED.match(line) or _date_line(line))):
        return True
    return len(line.split()) < 12 and not _ENDS.search(line) and not _BULLET.match(line)


def passages(document: Document) -> list[Passage]:
    """The evidence sentences in runs of up to PASSAGE_WORDS words; a run never bridges what is no evidence."""
    runs: list[list[Span]] = []
    size = 0
    for span in evidence_sentences(document):
        words = len(span.of(document.text).split())
        if runs and size + words <= PASSAGE_WORDS and not document.text[runs[-1][-1].end : span.start].strip():
            runs[-1].append(span)
            size += words
        else:
            runs.append([span])
            size = words
    return [_passage(document, run[0].start, run[-1].end) for run in runs]


def _passage(document: Document, start: int, end: int) -> Passage:
    return Passage(f"{document.doc_id}:{start}-{end}", document.doc_id, start, end, document.text[start:end])
