"""Articles from plain text: what each says of itself, where its sentences are, and which of them are evidence.

Captions, headings and site boilerplate stay in the document's text but in no passage, so they are never cited.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

from rag.dateline import opening_length
from rag.errors import CorpusError
from rag.head import read_head, url_date, where
from rag.layout import ADDRESSED, BOILERPLATE, BULLET, BYLINE, CAPTION, CAPTION_WORDS, ENDS, SIDES, URL, blocks, split
from rag.pieces import bare, day_of
from rag.text import squash
from rag.types import Document, Passage, Span

SUFFIXES = (".txt", ".md")
PASSAGE_WORDS = 90  # the embedder reads 256 word pieces; whole sentences up to this many words stay together
TITLE = 120  # characters of the first words, where they stand for a title
LONGEST = 150  # words of a sentence; what is longer is a table or a list without ends
NAMED = 5  # files named in one error


def read_folder(folder: str | Path) -> list[Document]:
    """Every `.txt` and `.md` article below `folder`, by path. The path without its suffix is the document's id, with it where two would be one.

    Raises CorpusError when the folder is missing, holds no article, or some are empty or not UTF-8: it names the first few of them.
    """
    root = Path(folder)
    if not root.is_dir():
        raise CorpusError(f"{root} is no folder; name a folder that holds articles as .txt files")
    paths = sorted(p for p in root.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
    if not paths:
        raise CorpusError(f"no articles in {root}; put one .txt or .md file per article there")
    names = [path.relative_to(root).with_suffix("").as_posix() for path in paths]
    twice = {name for name, count in Counter(names).items() if count > 1}
    read: list[Document] = []
    problems: list[str] = []
    for path, name in zip(paths, names, strict=True):
        try:
            read.append(_read_file(path, root, name + path.suffix * (name in twice)))
        except CorpusError as error:
            problems.append(str(error))
    if problems:
        more = f"; and {len(problems) - NAMED} more" if len(problems) > NAMED else ""
        raise CorpusError("; ".join(problems[:NAMED]) + more)
    return read


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
    head = read_head(text)
    url, stated, changed = head["url"] or None, head["published"], head["updated"]
    published, updated = day_of(stated) if stated else url_date(url), day_of(changed) if changed else None
    if published is None:  # what only says when it was updated is of that day
        stated, published, updated = changed, updated, None
    dated = where(text, stated, url or "") if published else None
    title = squash(head["title"] or " ".join((head["story"] or text).split()[:12])[:TITLE] + "…")
    return Document(doc_id, title, text, head["outlet"] or None, published, url, path, updated, dated)


@lru_cache(maxsize=512)  # splitting a long article takes longer than reading a question
def evidence_sentences(document: Document) -> tuple[Span, ...]:
    """The sentences that may be cited: neither title, header line, caption, heading nor boilerplate."""
    text = document.text
    head = read_head(text)
    found: list[Span] = []
    for n, block in enumerate(blocks(text)):
        line = block.of(text)
        caption = CAPTION.search(line) and len(line.split()) <= CAPTION_WORDS
        if (
            squash(bare(line)) == document.title
            or caption
            or (SIDES.search(line) and len(split(text, block)) == 1)
            or _is_furniture(line, head=n in head.blocks)
        ):
            continue
        found += [
            s
            for s in split(text, _after_dateline(text, block, head.opening[1] if head.opening and head.opening[0] == n else 0))
            if _is_evidence(s.of(text))
        ]
    return tuple(found)


def _after_dateline(text: str, block: Span, first: int) -> Span:
    """A block without the dateline that it opens with, the `first` characters where the head tells so: that is of the article, not of its story."""
    return Span(block.start + (first or opening_length(block.of(text))), block.end)


def _is_evidence(sentence: str) -> bool:
    return not any(p.search(sentence) for p in (BOILERPLATE, CAPTION, ADDRESSED)) and len(sentence.split()) <= LONGEST


def _is_furniture(line: str, *, head: bool) -> bool:
    """Header lines, navigation, bylines, addresses, and short lines that end like no sentence."""
    if head or URL.match(line) or BYLINE.match(line):
        return True
    return len(line.split()) < 12 and not ENDS.search(line) and not BULLET.match(line)


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
