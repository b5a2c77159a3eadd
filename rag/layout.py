"""How a text is laid out: its lines and paragraphs, its sentences, and the looks of what is no story.

The splitting of sentences is syntok's; offsets always point into the unchanged text.
"""

from __future__ import annotations

import re

from syntok import segmenter

from rag.types import Span

URL = re.compile(r"^<?(https?://\S+?)>?$")
BYLINE = re.compile(r"^(?:By|Written by|Reporting by|Edited by)\s+[A-Z]\S*(?:\s+\S+){0,9}(?<![.!?])$")
CAPTION = re.compile(
    r"\((?!see\b)(?:[^()]*\b)?(?:photo(?:graph)?s?|image|picture|photo credit|courtesy of|file photo|Getty)\b[^()]*\)\.?\s*$"
    r"|^\W*(?:(?:file )?photo(?:graph)?|image|picture|caption|pictured)\b[^.]{0,30}[:|]|\((?-i:L)\).*\((?-i:R)\)"
    r"|(?:/|\bvia )Getty Images\b",
    re.IGNORECASE,
)
SIDES = re.compile(r"\((?:left|right|centre|center)\)")  # in a line of its own
CAPTION_WORDS = 60  # a longer block is a story that has a caption in it
BOILERPLATE = re.compile(
    r"\bcan also be accessed at\b|\ball rights reserved\b|\bis licensed under\b|©|^\W*copyright\W*(?:\(c\)|\d{4}|by\b|notice)|\bour newsletters?\b"
    r"|^[^\w“\"‘]*(?:subscribe|sign up|follow us|join us|read more|read also|also read|see also|share this|click here|download (?:our|the) app"
    r"|for more (?:news|stories|information)|to subscribe|support our journalism|register (?:now|here)|most read)\b"
    r"|^\W*(?:related|recommended|trending|more on this|advertisement)(?: (?:articles?|stories|story|news|content|topics?|for you))?\W*(?::|$)"
    r"|^(?:\S+ ){0,6}(?:terms of (?:use|service)|privacy policy|cookie policy)\W*$|^\W*(?:reporting|writing|editing|additional reporting) by (?-i:[A-Z])",
    re.IGNORECASE,
)
ADDRESSED = re.compile(  # to whatever machine reads the page (indirect prompt injection, Greshake et al. 2023): no part of a story
    r"(?:^\W*|[:;,]\s+|\bplease |\band |\bmust )(?:ignore|disregard|forget|override)\b.{0,30}\b(?:previous|prior|above|earlier|instructions?|passages?|evidence|prompts?|you were told)\b"
    r"|\b(?:AI|language|chat) ?(?:assistants?|models?|tools?|bots?)\b.{0,60}\b(?:should|must|reply|answer|recommend|summari[sz]ing|add|write)\b"
    r"|\b(?:if|as) (?:you are )?an? (?:AI(?: assistant| model| tool)?|language model|chatbot)(?=,| you\b)|\byou are (?:now )?(?:in|an?) (?:\w+ )?(?:mode|AI|assistant|language model)\b"
    r"|\b(?:in|of|begin|end|start|sign|translate|group|format) your (?:answers?|reply|replies|responses?|output)\b|^\W*your (?:answer|reply|response|output) (?:must|should|has to)\b"
    r"|<\|\w+\|>|\[/?INST\]|^\W*(?:system|assistant|user)(?: prompt)?\s*:",
    re.IGNORECASE,
)
ENDS = re.compile(r"[.!?…:;][\"'”’»)\]]*\s*$|[\"”»]\s*$")
BULLET = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:Rep|Sen|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Rev|Hon|Amb|Prof|Pres|Supt|Insp|Cllr|Messrs|Mt|Ft|vs|approx)\.$"
)


def blocks(text: str) -> list[Span]:
    """Paragraphs and single lines, without blank ones. In text wrapped at a fixed width a paragraph's lines stay together."""
    lines = [_stripped(text, m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    width = max((s.end - s.start for s in lines), default=0)
    if width > 110 or len(lines) < 4:
        return lines
    paragraphs = "\n\n" in text
    joined: list[Span] = []
    for span in lines:
        last = joined[-1] if joined else None
        wrapped = (
            last
            and (paragraphs or text[span.start].islower())
            and "\n" not in text[last.end : span.start].replace("\n", "", 1)
            and _line_length(text, last) > 0.6 * width > 30
        )
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
    return [span for block in blocks(text) for span in split(text, block)]


def split(text: str, block: Span) -> list[Span]:
    """The sentences of one block."""
    found: list[Span] = []
    for paragraph in segmenter.analyze(block.of(text)):
        for words in paragraph:
            start, end = block.start + words[0].offset, block.start + words[-1].offset + len(words[-1].value)
            if found and _ABBREVIATION.search(found[-1].of(text)):
                found[-1] = Span(found[-1].start, end)
            else:
                found.append(Span(start, end))
    return found
