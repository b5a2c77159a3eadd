"""Questions that a paragraph does not answer, made of those that another or the whole of it does: one maker for each way to miss."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

from train.paragraphs import Example, Paragraph, headed

_SWAPPED = {  # what is changed in a question for another of its sort: names, years, figures
    "name": re.compile(r"(?<=\w )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*"),
    "year": re.compile(r"\b1[5-9]\d\d\b|\b20[0-3]\d\b"),
    "figure": re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d+)*(?![\d.,])"),
}
_FOCUS = re.compile(
    r"\b(?:how many ([a-z]{4,})|(?:which|what) ([a-z]{4,}) (?:did|do|does|was|were|is|are|has|have|had|can|could|will|would))\b",
    re.IGNORECASE,
)
_VAGUE = frozenset("people persons individuals times things kind kinds type types sort different more date place".split())
_STOP = re.compile(r"(?<=[.!?])\s+")
PREPOSITION = re.compile(r",? \b(?:in|on|at|by|of|for|from|since|with|to|as|until|about|around)(?: the)? $")  # before an answer


def neighbour(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Example]:
    """A question asked of another paragraph under the same title."""
    titles: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs:
        titles.setdefault(paragraph.title, []).append(paragraph)
    for paragraph in paragraphs:
        others = [p for p in titles[paragraph.title] if p is not paragraph]
        for question, answer, _start in paragraph.questions if others else ():
            other = chance.choice(others)
            if answer.lower() not in other.text.lower():
                yield headed(other, Example(question, other.text, -1, -1, "neighbour"), chance)


def retrieved(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Example]:
    """A question over one of the paragraphs that a search for it finds first, where that does not hold the answer."""
    texts = list({p.text: p for p in paragraphs}.values())
    lexical = TfidfVectorizer(sublinear_tf=True, stop_words="english")
    known = lexical.fit_transform([f"{p.title} {p.text}" for p in texts])
    asked = [(p, question, answer) for p in paragraphs for question, answer, start in p.questions if start >= 0]
    likeness = lexical.transform([question for _p, question, _answer in asked]) @ known.T
    for n, (paragraph, question, answer) in enumerate(asked):
        row = likeness[n].toarray()[0]
        others = [texts[m] for m in row.argsort()[::-1][:4] if row[m] > 0 and texts[m].text != paragraph.text]
        others = [o for o in others if answer.lower() not in o.text.lower()]
        if others:
            other = chance.choice(others)
            yield headed(other, Example(question, other.text, -1, -1, "retrieved"), chance)


def removed(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Example]:
    """A question whose answering sentence was cut out."""
    for paragraph in paragraphs:
        cuts = [0, *(m.end() for m in _STOP.finditer(paragraph.text)), len(paragraph.text)]
        for question, answer, start in paragraph.questions:
            sentence = next(((a, b) for a, b in pairwise(cuts) if a <= start < b), None)
            if sentence and len(cuts) > 3:
                rest = paragraph.text[: sentence[0]] + paragraph.text[sentence[1] :]
                if answer.lower() not in rest.lower():
                    yield headed(paragraph, Example(question, rest, -1, -1, "removed"), chance)


def cut(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Example]:
    """A question whose answer alone was cut out, with the preposition before it: the event is told, what is asked of it is not."""
    for paragraph in paragraphs:
        for question, answer, start in paragraph.questions:
            before, after = paragraph.text[: max(start, 0)], paragraph.text[start + len(answer) :]
            hinge = PREPOSITION.search(before)
            if start > 0 and hinge and answer.lower() not in (before + after).lower():
                yield headed(paragraph, Example(question, before[: hinge.start()] + after, -1, -1, "cut"), chance)


def swapped(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Example]:
    """A question in which a name, a year or a figure was changed for another of the same paragraph, or of one nearby."""
    for n, paragraph in enumerate(paragraphs):
        nearby = paragraph.text if chance.random() < 0.6 else paragraphs[(n + 1) % len(paragraphs)].text
        for question, answer, start in paragraph.questions:
            made = []
            for sort in _SWAPPED.values():
                own = [m for m in sort.finditer(question) if m.group() in paragraph.text]
                there = sorted({m.group() for m in sort.finditer(nearby)})
                others = [o for o in there if o not in question and o not in answer and answer not in o]
                if own and others:
                    made.append(_swap(question, own, others, chance))
            if start >= 0 and made:
                yield headed(paragraph, Example(chance.choice(made), paragraph.text, -1, -1, "swapped"), chance)


def transplanted(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Example]:
    """A question about something else, its one name changed for a name of this paragraph: who is asked about is there, what is asked is not told."""
    name = _SWAPPED["name"]
    foreign = [(q, runs[0], p) for p in paragraphs for q, _answer, _start in p.questions if len(runs := list(name.finditer(q))) == 1]
    for paragraph in paragraphs:
        there = sorted({m.group() for m in name.finditer(paragraph.text)})
        for _question, _answer, start in paragraph.questions if there else ():
            question, own, source = chance.choice(foreign)
            like = [n for n in there if n.count(" ") == own.group().count(" ")] or there
            told = {w for w in question[: own.start()].split() + question[own.end() :].split() if len(w) > 4 and w.islower()}
            absent = sum(w[:5] not in paragraph.text for w in told)
            if start >= 0 and source is not paragraph and absent and absent * 2 >= len(told):
                yield headed(paragraph, Example(_swap(question, [own], like, chance), paragraph.text, -1, -1, "transplanted"), chance)


def refocused(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Example]:
    """A question that asks for another sort of thing than its paragraph tells: how many boats sank, where it tells of houses."""
    asking = [(p, q, m) for p in paragraphs for q, _answer, start in p.questions if start >= 0 and (m := _FOCUS.search(q))]
    often = Counter((m.lastindex, m[m.lastindex or 0]) for _p, _q, m in asking)
    nouns = {
        form: sorted(n for (f, n), times in often.items() if f == form and times > 3 and n not in _VAGUE | ENGLISH_STOP_WORDS)
        for form in (1, 2)
    }
    for paragraph, question, match in asking:
        form = match.lastindex or 0
        if not nouns[form]:
            continue
        other = chance.choice(nouns[form])
        plain = match[form].lower() not in _VAGUE and other.endswith("s") == match[form].endswith("s")
        if plain and other[:5] not in f"{paragraph.text} {question}".lower():
            asked = question[: match.start(form)] + other + question[match.end(form) :]
            yield headed(paragraph, Example(asked, paragraph.text, -1, -1, "refocused"), chance)


def _swap(question: str, own: Sequence[re.Match[str]], others: Sequence[str], chance: random.Random) -> str:
    """The question with one of its own things changed for one of the others."""
    old = chance.choice(own)
    return question[: old.start()] + chance.choice(others) + question[old.end() :]
