"""The cues that tell what the lines of a head are, and what their pieces name, for a linear tagger (`head.py`).

Sites put headline, outlet, by-line, section and date in any order and with any mark between them, so no cue is sure by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from rag.layout import BOILERPLATE, BYLINE, CAPTION, ENDS, URL
from rag.lexicon import place, stem
from rag.periods import WEEKDAYS
from rag.pieces import CLOCK, LED, LONGEST, STRONG, Line, Piece, head_lines, pieces
from rag.press import ABROAD, EDITION, FURNITURE, GIVEN, JOB, NUMBERED, PRESS, RANK, SECTION, SMALL, common, is_name, is_person
from rag.text import content_tokens, fold

_LONG = 12  # words from which a line that ends like a sentence may be the story's


class HeadCues:
    """What is to be seen in the head of an article: `lines`, its first ones, and `body`, whatever lines of it all are long or end like sentences."""

    def __init__(self, text: str) -> None:
        self.lines, self.body = head_lines(text)
        self._shares = _told([line.text for line in self.lines], self.body)
        self._pieces = [pieces(line) if len(line.text) < LONGEST else [] for line in self.lines]

    def pieces(self, n: int) -> list[Piece]:
        """The stretches of the nth line that may name somebody."""
        return self._pieces[n]

    def line(self, n: int) -> list[str]:
        """The cues of the nth line."""
        return _line_cues(self.lines, n, self._pieces[n], self._shares)

    def piece(self, n: int, piece: Piece, title: int | None) -> list[str]:
        """The cues of a piece of the nth line, where the headline is the line `title`."""
        return _piece_cues(self.lines, n, piece, title, self._story, self._pieces)

    @cached_property
    def _story(self) -> str:
        return " ".join(self.body)


def _line_cues(lines: Sequence[Line], n: int, own: Sequence[Piece], told: Sequence[float]) -> list[str]:
    """What is to be seen in the nth line, whether it is headline, head or story; `told` is how much each line says of the story."""
    line, text = lines[n], lines[n].text
    words = text.split()
    story = next((k for k, other in enumerate(lines) if _like_story(other.text)), len(lines))
    small = sum(w[0].islower() for w in words)
    size = f"{min(len(words), 6)}" if len(words) < 7 else "7-12" if len(words) < 13 else "13-20" if len(words) < 21 else "21+"
    end = (
        "." if re.search(r"[.…][”\"’')]*$", text) else "?" if re.search(r"[?!][”\"’')]*$", text) else text[-1] if text[-1] in ':”"' else ""
    )
    shape = (
        "upper"
        if text.isupper()
        else "lower"
        if text.islower()
        else "title"
        if small == 0
        else "few"
        if small * 3 < len(words)
        else "mixed"
    )
    date = "day" if any(w for *_, w in line.dates) else "month" if line.dates else ""
    left = re.sub(r"\W+", " ", "".join(text[a:b] for a, b in _gaps(line))).split()
    cues = [
        f"size={size}", f"end={end}", f"shape={shape}", f"date={date}", f"n={n}", f"to={max(-2, min(4, story - n))}", f"size={size} shape={shape}",
        f"size={size} end={end}", f"shape={shape} to={max(-2, min(4, story - n))}", f"date={date} left={min(len(left), 7)}", f"apart={line.apart}",
        f"told={_grade(told[n])}", f"told={_grade(told[n])} size={size}", f"told={_grade(told[n])} shape={shape}",
        f"most={told[n] == max(told[: story + 1] or [0])}",
        f"first={fold(words[0].strip(':'))}", f"last={fold(words[-1])}",
    ]  # fmt: skip
    tests = {
        "by": BYLINE.match(text) or re.match(r"by\b", text, re.IGNORECASE),
        "marks": STRONG.search(text),
        "section": all(SECTION.match(p.text) for p in own),
        "furniture": FURNITURE.match(text),
        "boilerplate": BOILERPLATE.search(text),
        "caption": CAPTION.search(text),
        "url": URL.match(text),
        "numbered": NUMBERED.search(text),
        "person": is_person(text),
        "press": PRESS.search(EDITION.sub("", text)),
        "press inside": any(PRESS.search(p.text) for p in own),
        "job": JOB.search(text),
        "led": LED.match(text),
        "clock": CLOCK.search(text),
        "colon": ": " in text,
        "quote": text[0] in "“\"‘'",
        "digit": re.search(r"\d", text),
        "name": is_name(text),
        "opening": re.match(r"[A-Z][A-Z.'’ -]{2,}.{0,60}[-–—:]", text),
        "path": re.search(r"\w ?[>»›] ?\w|^\w+(?: ?/ ?\w+)+$", text),
        "comma": ", " in text,
        "verb": re.search(r"\b(?:is|are|was|were|has|have|had|will|says|said|to)\b", text),
        "doubled": any(text in other.text and other is not line for other in lines[:n]),
    }
    cues += [name for name, seen in tests.items() if seen]
    cues += [f"{name} {size}" for name in ("name", "person", "press", "marks") if tests[name]]
    for side, k in (("above", n - 1), ("below", n + 1)):
        if 0 <= k < len(lines):
            other = lines[k]
            dated = bool([w for *_, w in other.dates if w])
            kind = (
                "story"
                if _like_story(other.text)
                else "by"
                if re.match(r"by\b", other.text, re.IGNORECASE)
                else "dated"
                if dated
                else f"{min(len(other.text.split()), 8)}"
            )
            cues += [f"{side}={kind}", f"{side}={kind} {shape}"]
        else:
            cues.append(f"{side}=none")
    return cues


def _piece_cues(  # noqa: PLR0913, PLR0917  # what stands around it
    lines: Sequence[Line], n: int, piece: Piece, title: int | None, body: str, every: Sequence[Sequence[Piece]]
) -> list[str]:
    """What is to be seen in a piece of the nth line, whether it names an outlet, a writer, or something else; `body` has the lines in which the story is told."""
    line, name = lines[n], piece.name
    words = name.split()
    last, first = fold(words[-1]), fold(words[0])
    known = [w for w in words if len(w) > 3]
    usual = sum(common(w) for w in known)
    mix = "none" if not usual else "all" if usual == len(known) else "some"
    shape = "upper" if name.isupper() else "lower" if name.islower() else "title" if is_name(name) else "mixed"
    below = 9 if title is None else max(-3, min(3, n - title))
    days = [(s, e) for s, e, _ in line.dates]
    end = piece.start + len(piece.text)
    date = (
        ""
        if not days
        else "next"
        if any(0 <= s - end < 6 for s, _ in days)
        else "last"
        if any(0 <= piece.start - e < 6 for _, e in days)
        else "in"
    )
    near = "date above" if n and lines[n - 1].dates else "date below" if n + 1 < len(lines) and lines[n + 1].dates else ""
    parts = every[n]
    rank = "whole" if piece.whole else "first" if parts and piece.start == parts[0].start else "later"
    bylines = [k for k, other in enumerate(lines) if re.match(r"(?:by|written by|words|text)\b", other.text, re.IGNORECASE)]
    where = re.sub(r"\W+", "", line.text[end : end + 3]) or line.text[end : end + 3].strip()[:1]
    before = line.text[max(0, piece.start - 3) : piece.start].strip()[-1:]
    size = min(len(words), 6)
    press = "end" if PRESS.search(name) else "abroad" if {fold(w) for w in re.split(r"[\s-]", name)} & ABROAD else ""
    cues = [
        f"size={size}", f"shape={shape}", f"common={mix}", f"size={size} common={mix} {shape}", f"last={last}", f"first={first}", f"ends={last[-4:]}", f"ends={last[-3:]}",
        f"ends={last[-2:]}", f"begins={first[:3]}", f"stops={first[-2:]} {size}", f"led={piece.led}", f"below={below}", f"n={min(n, 6)}", f"date={date}", f"near={near}", f"rank={rank}", f"rank={rank} date={date} common={mix}",
        f"rank={rank} below={below}", f"press={press} size={size}", f"by={'here' if n in bylines else 'else' if bylines else ''} common={mix} size={size}",
        f"next={where}", f"before={before}", f"whole={rank == 'whole'} n={min(n, 3)} {shape}", f"rank={rank} {shape} below={below}", f"common={mix} near={near}",
    ]  # fmt: skip
    story = f"{lines[title].text if title is not None else ''} {body}"
    others = [p.text for k, own in enumerate(every) if k != title for p in own if p.text != piece.text]
    tests = {
        "section": SECTION.match(name),
        "furniture": FURNITURE.match(piece.text),
        "numbered": NUMBERED.search(piece.text),
        "job": JOB.search(piece.text),
        "rank": RANK.match(piece.text),
        "given": fold(words[0]) in GIVEN,
        "person": is_person(name),
        "place": place(fold(name)),
        "place inside": any(place(fold(w)) for w in words),
        "initial": re.search(r"\b[A-Z]\. ", piece.text),
        "hyphened": re.search(r"\w-\w", words[-1]),
        "the": first == "the",
        "small": any(w in SMALL for w in words),
        "and": " and " in name or " & " in name,
        "digit": re.search(r"\d", piece.text),
        "edition": EDITION.search(piece.text),
        "told": re.search(rf"\b{re.escape(words[-1])}\b", story),
        "told first": len(words) > 1 and first != "the" and re.search(rf"\b{re.escape(words[0])}", story),
        "told whole": len(words) > 1 and name in body,
        "rival press": any(PRESS.search(EDITION.sub("", other)) for other in others),
        "again": any(piece.text.casefold() in other.casefold() for other in others),
        "day": first in {day.lower() for day in WEEKDAYS} or re.match(r"(?:mon|tue|wed|thu|fri|sat|sun)\.?$", first),
        "question": re.search(r"[?!:…]$", piece.text),
        "quoted": re.search(r"[“\"]", line.text),
        "path": re.search(r"[>»›]", line.text),
    }
    cues += [name for name, seen in tests.items() if seen]
    if tests["person"]:
        cues.append(f"person {mix} {rank}")
    if tests["given"]:
        cues.append(f"given {size}")
    return cues


def _told(lines: Sequence[str], body: Sequence[str]) -> list[float]:
    """How many content words of each line are the story's, as a share of the most that any line has."""
    story = {stem(t.folded) for line in body for t in content_tokens(line)}
    counts = [len({stem(t.folded) for t in content_tokens(line)} & story) for line in lines]
    most = max(counts, default=0)
    return [count / most if most else 0.0 for count in counts]


def _grade(share: float) -> str:
    return "0" if share == 0 else "1" if share < 0.3 else "2" if share < 0.6 else "3" if share < 1 else "4"


def _gaps(line: Line) -> list[tuple[int, int]]:
    """What of a line is no date."""
    cuts = [0, *(x for s, e, _ in line.dates for x in (s, e)), len(line.text)]
    return list(zip(cuts[::2], cuts[1::2], strict=True))


def _like_story(text: str) -> bool:
    return len(text.split()) > 2 * _LONG or (len(text.split()) > _LONG and bool(ENDS.search(text)) and not text.endswith(":"))
