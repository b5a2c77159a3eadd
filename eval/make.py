"""Draft questions about a person's own archive: `python -m eval.make --archive DIR --out FILE`.

Templates over what is said of somebody, who holds an office, how many and when (Heilman and Smith 2010 call it overgenerate and rank; here little is
generated and a person ranks), and twins without an answer: the same question with another name, or about another thing counted. All have the split
"draft": read them, mend or delete them, and give them a split of your own. What somebody said is asked for by its first words: add others.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import simplemma
from syntok import segmenter

from eval.sets import Question, plain
from rag import Document, passages, read_folder

NAME = r"[A-Z][\w’'-]+(?: (?:de |van |von |al |bin |el )?[A-Z][\w’'-]+){1,3}"
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = rf"((?:\d{{1,2}} )?(?:{_MONTH})(?: \d{{1,2}}(?!\d))?(?:,? \d{{4}})?|(?:19|20)\d\d)\b"
_NUMBER = (
    r"(\d[\d,.]*\d|\d|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve|[Nn]ineteen|[Tt]wenty)"
)
_PAST = (
    r"([a-z]{3,}ed|won|began|fell|rose|took|left|made|built|met|gave|became|sold|bought|found|lost|struck|broke|ran|went|came|led|held|paid|sent|spent"
    r"|cut|hit|put|had)"
)
_SUBJECT = rf"((?:The|A|An|His|Her) (?:(?!(?:that|who|which|will|says|has|have|had)\b)[\w’'-]+ ){{0,4}}?(?!(?:will|has|have|had)\b)[\w’'-]+|{NAME}|[A-Z][\w’'-]{{3,}})"
_REST = r"([^,.;:“”\"]{3,70}?)"
_SAID = r"(?:said|says|added|announced|warned|stressed|told \w+)"
_QUOTE = re.compile(rf"[“\"]([^“”\"]{{20,}}?)[,.]?[”\"],? {_SAID}(?: [\w’' -]{{0,60}}?,| [a-z]+(?: [a-z]+)?)? ({NAME})")
_TOLD = re.compile(rf"({NAME})(?:, [^,.]{{3,60}},)? {_SAID}(?: on \w+day)? that ([a-z][^.;“”\"]{{25,}})")
_OFFICE = re.compile(rf"\b((?:[Tt]he|[A-Z][\w-]+(?: [A-Z][\w-]+)*[’']s?) (?:[\w’'-]+ ){{0,4}}?[\w’'-]+), ({NAME})[,.]")
_MANY = re.compile(rf"^(?:Some |About |Around |More than |At least |Only |Over )?{_NUMBER} ((?:[a-z]+ )?(?:[a-z]{{3,}}s|people|men|women|children)) "
                   rf"((?:were|are|have|had|will|was) (?:been )?[a-z]+|{_PAST}) {_REST}(?=[,.;])")  # fmt: skip
_WHEN = re.compile(rf"^{_SUBJECT} (was|were) ([a-z]+(?:ed|en|ught|lt|ld|de|un)\b[^,.;:“”\"]{{0,60}}?) (?:on|in) {_DATE}")
_DID = re.compile(rf"^{_SUBJECT} {_PAST} {_REST} (?:on|in) {_DATE}")
_COST = re.compile(
    rf"^{_SUBJECT} (costs?|is worth|was worth) (?:about |some |almost |nearly )?([£$€]?\d[\d,.]*(?: (?:million|billion|thousand))?(?: [a-z]+)?)"
)
_COUNTED = re.compile(r"How many ((?:[a-z]+ )?(?:[a-z]{3,}s|people|men|women|children)) ")
WORDS = 9  # of a quotation in a question
EACH = 3  # questions of one kind about one article


@dataclass(frozen=True, slots=True)
class Draft:
    """A question made of a sentence, and the answer that the sentence gives."""

    category: str
    question: str
    answer: str


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.make", description=__doc__)
    parser.add_argument("--archive", type=Path, required=True, help="folder of articles")
    parser.add_argument("--out", type=Path, required=True, help="JSON lines to write")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args(argv)
    if arguments.out.exists():
        raise SystemExit(f"{arguments.out} is there already, perhaps edited; name another with --out")
    questions = make(read_folder(arguments.archive), random.Random(arguments.seed))
    arguments.out.write_text("".join(f"{json.dumps(plain(q), ensure_ascii=False)}\n" for q in questions), encoding="utf-8")
    without = sum(not q.answerable for q in questions)
    print(
        f"{len(questions)} drafts, {without} of them without an answer, in {arguments.out}: read them, mend or delete them, then ask them with"
    )
    print(f"python -m eval.run --archive {arguments.archive} --questions {arguments.out}")


def make(documents: Sequence[Document], chance: random.Random) -> list[Question]:
    """Questions with an answer, article by article, then their twins without one."""
    made = [(document, draft) for document in documents for draft in _some(drafts(document), chance)]
    found = [Question("", "draft", draft.category, draft.question, True, [[draft.answer]], [document.doc_id]) for document, draft in made]
    found += [Question("", "draft", "near_miss", twin, False, [], []) for twin in twins(made, documents, chance)]
    return [replace(q, id=f"draft-{n:03d}") for n, q in enumerate(found, start=1)]


def _some(found: Iterator[Draft], chance: random.Random) -> list[Draft]:
    """A few of each kind, no question twice."""
    kinds: dict[str, dict[str, Draft]] = {}
    for draft in found:
        kinds.setdefault(draft.category, {}).setdefault(draft.question, draft)
    return [draft for kind in kinds.values() for draft in chance.sample(list(kind.values()), min(EACH, len(kind)))]


def drafts(document: Document) -> Iterator[Draft]:
    """What the templates make of an article's sentences."""
    for passage in passages(document):
        for quote, name in _QUOTE.findall(passage.text):
            words = " ".join(quote.split()[:WORDS]).rstrip(",.;:")
            yield Draft("person", f'Who said "{words}"?', name)
            yield Draft("quote", f"What did {name} say?", words)
        for name, told in _TOLD.findall(passage.text):
            yield Draft("quote", f"What did {name} say?", " ".join(told.split()[:WORDS]).rstrip(",.;:"))
        for office, name in _OFFICE.findall(passage.text):
            yield Draft("person", f"Who is {_lowered(office)}?", name)
        for sentence in _sentences(passage.text):
            yield from _facts(sentence)


def _facts(sentence: str) -> Iterator[Draft]:
    """How many, when and how much, of a sentence that begins with whom it is about."""
    if match := _MANY.match(sentence):
        number, noun, verb, *_past, rest = match.groups()
        yield Draft("number", f"How many {noun} {verb} {rest}?", number)
    if match := _WHEN.match(sentence):
        who, verb, rest, when = match.groups()
        yield Draft("date", f"When {verb} {_lowered(who)} {rest}?", when)
    if match := _DID.match(sentence):
        who, verb, rest, when = match.groups()
        yield Draft("date", f"When did {_lowered(who)} {simplemma.lemmatize(verb, lang='en')} {rest}?", when)
    if match := _COST.match(sentence):
        who, verb, price = match.groups()
        asked = f"does {_lowered(who)} cost" if verb.startswith("cost") else f"{verb.split()[0]} {_lowered(who)} worth"
        yield Draft("number", f"How much {asked}?", price)


def twins(made: Sequence[tuple[Document, Draft]], documents: Sequence[Document], chance: random.Random) -> Iterator[str]:
    """The same questions with another name of the archive in the place of their own, or, without a name, with another noun counted; where no article
    says the one together with the rest. Of what somebody said: about whom no article names beside them.
    """
    nouns = sorted({m[1] for _document, draft in made if (m := _COUNTED.match(draft.question))})
    names = sorted({name for d in documents for name in re.findall(rf"(?<=[a-z,] ){NAME}", d.text)})
    for _document, draft in made:
        question = draft.question
        own = _COUNTED.match(question) or re.search(rf"(?<= )({NAME})", question)
        if own is None or draft.category == "person":
            continue
        before, after = question[: own.start(1)], question[own.end(1) :]
        others = [o for o in (nouns if own.re is _COUNTED else names) if o.split()[-1] not in question]
        if draft.category == "quote":
            apart = [f"What did {own[1]} say about {o}?" for o in others if not any(_beside(o, own[1], d.text) for d in documents)]
        else:
            asked = [w.strip("?.,")[:5].lower() for w in after.split() if len(w) > 4]
            apart = [
                f"{before}{o}{after}" for o in others if not any(o in d.text and all(w in d.text.lower() for w in asked) for d in documents)
            ]
        if apart:
            yield chance.choice(apart)


def _beside(one: str, other: str, text: str) -> bool:
    """Whether a text has the last names of both."""
    return one.rsplit(maxsplit=1)[-1] in text and other.rsplit(maxsplit=1)[-1] in text


def _sentences(text: str) -> Iterator[str]:
    for paragraph in segmenter.process(text):
        for sentence in paragraph:
            yield text[sentence[0].offset : sentence[-1].offset + len(sentence[-1].value)]


def _lowered(subject: str) -> str:
    """With a small letter at the head of what is no name."""
    return subject[0].lower() + subject[1:] if subject.split(maxsplit=1)[0] in {"The", "A", "An", "His", "Her"} else subject


if __name__ == "__main__":
    main()
