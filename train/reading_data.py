"""Training examples for the reader, made from public data: questions with a span, and many kinds of questions without one.

Splits are by paragraph: a paragraph whose hash falls into the held-out fifth is never trained on, whatever question is asked of it.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

from train.guard import forbidden, is_copy

KEPT_OUT = forbidden()
POLAR = 0.25  # of the questions that can be asked so are asked as yes/no questions
TERSE = 0.04  # are asked as people type into a search box
HELD_OUT = 5  # one paragraph in so many is kept for measuring
_SWAPPED = {  # what is changed in a question for another of its sort: names, years, figures
    "name": re.compile(r"(?<=\w )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*"),
    "year": re.compile(r"\b1[5-9]\d\d\b|\b20[0-3]\d\b"),
    "figure": re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d+)*(?![\d.,])"),
}
_POLAR = re.compile(
    r"(when|where|why|how|(?:in|on|at) (?:what|which) \w+|what (?:year|day|month|date)) (did|was|were|is|are|has|had|have|does|do) (.+?)\??$",
    re.IGNORECASE,
)
_FOCUS = re.compile(
    r"\b(?:how many ([a-z]{4,})|(?:which|what) ([a-z]{4,}) (?:did|do|does|was|were|is|are|has|have|had|can|could|will|would))\b",
    re.IGNORECASE,
)
_VAGUE = frozenset("people persons individuals times things kind kinds type types sort different more date place".split())
_ASKING = {"when": "date", "where": "place", "who": "name", "whose": "name", "many": "number", "much": "amount", "why": "reason"}
_STOP = re.compile(r"(?<=[.!?])\s+")
_PREPOSITION = re.compile(r",? \b(?:in|on|at|by|of|for|from|since|with|to|as|until|about|around)(?: the)? $")


@dataclass(frozen=True, slots=True)
class Example:
    """A question over a text; `text[start:end]` answers it, start -1 when nothing does."""

    question: str
    text: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    title: str
    text: str
    questions: tuple[tuple[str, str, int], ...]  # question, answer, start (-1 for none)


def held_out(text: str) -> bool:
    """Whether a paragraph is kept out of training."""
    return int(hashlib.sha256(" ".join(text.split()).encode()).hexdigest(), 16) % HELD_OUT == 0


def training_examples(folder: Path, seed: int) -> list[Example]:
    """The mixture, shuffled; another seed makes other questions without an answer. Each source keeps its share whatever the order of its file."""
    chance = random.Random(seed)
    wiki = _train(squadshifts(folder / "squadshifts_new_wiki.jsonl"))
    misses = _train(near_misses(folder / "near_misses.jsonl"))
    news = _train(qamr(folder / "qamr.jsonl"))
    files = ("squadshifts_reddit.jsonl", "squadshifts_amazon_reviews.jsonl")
    talk = [replace(p, title="") for name in files for p in _train(squadshifts(folder / name))]  # their titles are numbers
    examples = [*_given(wiki, "wiki", chance), *_given(misses, "near miss", chance)]
    made = (
        (_given(news, "news", chance), 8000),
        (_given(talk, "talk", chance), 8000),
        (_neighbour(wiki, chance), 1500),
        (_retrieved([*wiki, *misses], chance), 4500),
        (_retrieved(talk, chance), 1000),
        (_removed([*wiki, *news, *misses], chance), 3000),
        (_swapped([*wiki, *news, *misses], chance), 4500),
        (_cut([*wiki, *misses, *talk], chance), 2000),
        (_transplanted([*wiki, *news, *misses], chance), 5000),
        (_refocused([*wiki, *news, *misses], chance), 2500),
    )
    for found, most in made:
        pool = list(found)
        examples += chance.sample(pool, min(most, len(pool)))
    chance.shuffle(examples)
    asked = [_polar(e, chance) if chance.random() < POLAR and e.kind != "cut" else e for e in examples]
    return [replace(e, question=_terse(e.question)) if chance.random() < TERSE else e for e in asked]


def reader_titles(folder: Path) -> frozenset[str]:
    """The titles that may stand in front of an example's text."""
    return frozenset(p.title for p in squadshifts(folder / "squadshifts_new_wiki.jsonl"))


def kept_out_examples(folder: Path, seed: int, most: int = 2000) -> list[Example]:
    """Questions over paragraphs that training never saw, half of them without an answer: for measuring."""
    chance = random.Random(seed)
    wiki = [p for p in squadshifts(folder / "squadshifts_new_wiki.jsonl") if held_out(p.text)]
    misses = [p for p in near_misses(folder / "near_misses.jsonl") if held_out(p.text)]
    answered = [e for e in (*_given(wiki, "wiki", chance), *_given(misses, "near miss", chance)) if e.start >= 0]
    without = [e for e in _given(misses, "near miss", chance) if e.start < 0] + list(_neighbour(wiki, chance))
    return chance.sample(answered, min(most // 2, len(answered))) + chance.sample(without, min(most // 2, len(without)))


def _train(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Those that are neither kept for measuring nor copies of what the project is judged on."""
    return [p for p in paragraphs if not held_out(p.text) and not copied(p)]


def copied(paragraph: Paragraph) -> bool:
    """Whether a paragraph or one of its questions is a copy of what the project is judged on."""
    return any(is_copy(text, KEPT_OUT) for text in (paragraph.text, *(question for question, _answer, _start in paragraph.questions)))


def squadshifts(path: Path) -> Iterator[Paragraph]:
    for row in rows(path):
        questions = []
        for qa in row["qas"]:
            answer, start = min(qa["answers"], key=lambda a: len(a[0]))
            questions.append((qa["question"].strip(), answer, start))
        yield Paragraph(row["title"].replace("_", " "), row["context"], tuple(questions))


def near_misses(path: Path) -> Iterator[Paragraph]:
    for row in rows(path):
        answer, start = row["answers"][0] if row["answerable"] else ("", -1)
        yield Paragraph("", row["context"], ((row["question"], answer, start),))


def qamr(path: Path, together: int = 4) -> Iterator[Paragraph]:
    """Sentences of Wikinews that follow each other in the file, `together` at a time, with the questions on each of them."""
    by_sentence: dict[str, list[tuple[str, list[str]]]] = {}
    for row in rows(path):
        if row["source"] == "wikinews":
            by_sentence.setdefault(row["sentence"], []).append((row["question"].strip(), row["answers"]))
    sentences = list(by_sentence)
    for n in range(0, len(sentences), together):
        group = sentences[n : n + together]
        text = " ".join(group)
        questions, at = [], 0
        for sentence in group:
            for question, answers in by_sentence[sentence]:
                answer = min((a for a in answers if a in sentence), key=len, default="")
                if answer and len(question.split()) > 3:
                    questions.append((question, answer, at + sentence.index(answer)))
            at += len(sentence) + 1
        yield Paragraph("", text, tuple(questions))


def _given(paragraphs: Sequence[Paragraph], kind: str, chance: random.Random) -> Iterator[Example]:
    for paragraph in paragraphs:
        for question, answer, start in paragraph.questions:
            yield _headed(paragraph, Example(question, paragraph.text, start, start + len(answer) if start >= 0 else -1, kind), chance)


def _headed(paragraph: Paragraph, example: Example, chance: random.Random) -> Example:
    """With the title in front, as at run time, in half of the paragraphs that have one."""
    if not paragraph.title or chance.random() < 0.5:
        return example
    head = f"{paragraph.title}. "
    moved = (example.start + len(head), example.end + len(head)) if example.start >= 0 else (-1, -1)
    return Example(example.question, head + example.text, *moved, example.kind)


def _polar(example: Example, chance: random.Random) -> Example:
    """As a yes/no question where its form allows: "When did it end?" as "Did it end?" or "Did it end in 1998?", answered by the same words.

    Not for a paragraph whose answer was cut out: that it ended is still told there.
    """
    match = _POLAR.match(example.question)
    if not match:
        return example
    asking, verb, rest = match.groups()
    hinge = _PREPOSITION.search(example.text[: max(0, example.start)])
    told = hinge.group().lstrip(",") + example.text[example.start : example.end] if hinge and chance.random() < 0.6 else ""
    if asking.lower() == "where" and not told:
        return example
    return replace(example, question=f"{verb.capitalize()} {rest}{told}?", kind="polar")


def _neighbour(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Example]:
    """A question asked of another paragraph under the same title."""
    titles: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs:
        titles.setdefault(paragraph.title, []).append(paragraph)
    for paragraph in paragraphs:
        others = [p for p in titles[paragraph.title] if p is not paragraph]
        for question, answer, _start in paragraph.questions if others else ():
            other = chance.choice(others)
            if answer.lower() not in other.text.lower():
                yield _headed(other, Example(question, other.text, -1, -1, "neighbour"), chance)


def _retrieved(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Example]:
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
            yield _headed(other, Example(question, other.text, -1, -1, "retrieved"), chance)


def _removed(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Example]:
    """A question whose answering sentence was cut out."""
    for paragraph in paragraphs:
        cuts = [0, *(m.end() for m in _STOP.finditer(paragraph.text)), len(paragraph.text)]
        for question, answer, start in paragraph.questions:
            sentence = next(((a, b) for a, b in pairwise(cuts) if a <= start < b), None)
            if sentence and len(cuts) > 3:
                rest = paragraph.text[: sentence[0]] + paragraph.text[sentence[1] :]
                if answer.lower() not in rest.lower():
                    yield _headed(paragraph, Example(question, rest, -1, -1, "removed"), chance)


def _cut(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Example]:
    """A question whose answer alone was cut out, with the preposition before it: the event is told, what is asked of it is not."""
    for paragraph in paragraphs:
        for question, answer, start in paragraph.questions:
            before, after = paragraph.text[: max(start, 0)], paragraph.text[start + len(answer) :]
            hinge = _PREPOSITION.search(before)
            if start > 0 and hinge and answer.lower() not in (before + after).lower():
                yield _headed(paragraph, Example(question, before[: hinge.start()] + after, -1, -1, "cut"), chance)


def _swapped(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Example]:
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
                yield _headed(paragraph, Example(chance.choice(made), paragraph.text, -1, -1, "swapped"), chance)


def _transplanted(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Example]:
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
                yield _headed(paragraph, Example(_swap(question, [own], like, chance), paragraph.text, -1, -1, "transplanted"), chance)


def _refocused(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Example]:
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
            yield _headed(paragraph, Example(asked, paragraph.text, -1, -1, "refocused"), chance)


def _terse(question: str) -> str:
    """The words that carry the question, and what sort of thing is asked for.

    >>> _terse("When did the bridge open in Ellery?")
    'date bridge open Ellery'
    """
    words = [_ASKING.get(w.lower(), w) for w in re.findall(r"[\w’'.,-]*\w", question)]
    kept = [w for w in words if w.lower() not in ENGLISH_STOP_WORDS | {"did", "does"}]
    return " ".join(kept) if len(kept) > 2 else question


def _swap(question: str, own: Sequence[re.Match[str]], others: Sequence[str], chance: random.Random) -> str:
    """The question with one of its own things changed for one of the others."""
    old = chance.choice(own)
    return question[: old.start()] + chance.choice(others) + question[old.end() :]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
