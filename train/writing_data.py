"""Training examples for the writer: a question, the evidence, and the short sentence that answers, made from public data by rule.

The target is the answering sentence with what the question does not ask for left out: parentheses, appositions, side clauses. A pronoun at
its head becomes the name that the sentence before gives. Sentence compression by deletion (Knight and Marcu 2002; Filippova and Altun
2013), without a parser: only what commas set off is dropped, and only when the verifier would let the sentence pass.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from nltk.tokenize.treebank import TreebankWordDetokenizer
from syntok import segmenter
from tqdm import tqdm

from rag import Document, Evidence, objections
from train.paragraphs import Paragraph, copied, held_out, near_misses, qamr, squadshifts

NOTHING = "The evidence does not say."  # as the prompt asks for it
LONGEST = 320  # characters of evidence: time goes with length, and most quotes are shorter
_WORD = re.compile(r"\w+")
_COMMON = frozenset(
    """the a an of in on at to for from by with and or is are was were be been did do does has have had what when where which who whom
    whose why how many much long often old kind type name that this these those it its their his her as not""".split()
)
_CLAUSE = re.compile(  # what may begin a clause that can be left out
    r"(?:who|whom|whose|which|where|when|while|whereas|although|though|as|after|before|since|until|including|especially|notably|such as|with|without"
    r"|also|however|despite|during|in|on|at|by|from|for|because|following|along|among|a|an|the|one|then|now|formerly|\w+ing)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(r"(?:In|On|At|During|After|By|From|However|Also|With|Since|Following)\b")
_DANGLING = re.compile(r"\b(?:however|but|and|or|that|than|as|of|in|with|also)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """What the writer is shown and what it should write."""

    question: str
    evidence: str
    target: str

    @property
    def kind(self) -> str:
        """short, whole or nothing: how much of the evidence is written."""
        return "nothing" if self.target == NOTHING else "whole" if self.target in self.evidence else "short"


def training_examples(folder: Path, seed: int, most: int) -> list[Written]:
    """`most` examples, shuffled; a quarter has no answer, and the target says so; the whole sentence is the target of three in ten."""
    chance = random.Random(seed)
    paragraphs = [*squadshifts(folder / "squadshifts_new_wiki.jsonl"), *_written_well(near_misses(folder / "near_misses.jsonl"))]
    paragraphs += [detokenised(p) for p in qamr(folder / "qamr.jsonl", together=2)]
    chance.shuffle(paragraphs)
    wanted = {"short": most * 9 // 20, "whole": most * 6 // 20, "nothing": most * 5 // 20}
    found: list[Written] = []
    for paragraph in tqdm(paragraphs, desc="examples", mininterval=10):
        if not held_out(paragraph.text) and not copied(paragraph):
            for written in (*_answered(paragraph), *_unanswered(paragraph, chance)):
                if wanted[written.kind] > 0 and len(written.evidence) <= LONGEST:
                    wanted[written.kind] -= 1
                    found.append(written)
    chance.shuffle(found)
    return found


def _written_well(paragraphs: Iterator[Paragraph]) -> Iterator[Paragraph]:
    """Without those that were lower-cased and taken apart."""
    return (p for p in paragraphs if p.text != p.text.lower())


def detokenised(paragraph: Paragraph) -> Paragraph:
    """With its words put together again, and the answers that are then found in it."""
    join = TreebankWordDetokenizer().detokenize
    text = join(paragraph.text.split())
    questions = tuple(
        (question, answer, text.find(answer)) for question, words, _start in paragraph.questions if (answer := join(words.split())) in text
    )
    return Paragraph(paragraph.title, text, questions)


def _sentences(text: str) -> list[tuple[int, int]]:
    return [(s[0].offset, s[-1].offset + len(s[-1].value)) for paragraph in segmenter.analyze(text) for s in paragraph]


def _answered(paragraph: Paragraph) -> Iterator[Written]:
    bounds = _sentences(paragraph.text)
    for question, answer, start in paragraph.questions[:6]:
        n = next((n for n, (first, last) in enumerate(bounds) if first <= start and start + len(answer) <= last), None)
        if n is not None:
            written = example(question, paragraph.text[slice(*bounds[n])], answer)
            if written:
                yield written


def _unanswered(paragraph: Paragraph, chance: random.Random) -> Iterator[Written]:
    """A question that its paragraph does not answer, or whose answer stands in another sentence, over the likeliest sentence left."""
    bounds = _sentences(paragraph.text)
    for question, answer, start in chance.sample(paragraph.questions, min(3, len(paragraph.questions))):
        rest = [paragraph.text[first:last] for first, last in bounds if not first <= start < last]
        rest = [s for s in rest if not answer or answer not in s]
        if rest:
            asked = _content(question)
            likeliest = max(rest, key=lambda s: len(asked & _content(s)))
            if asked & _content(likeliest):
                yield Written(question, likeliest, NOTHING)


def example(question: str, sentence: str, answer: str) -> Written | None:
    """The shortest sentence that passes the verifier; None when none does.

    >>> example("Who opened the bridge?", "Ida Holm, who took office in May, opened the bridge (her third).", "Ida Holm").target
    'Ida Holm opened the bridge.'
    """
    document = Document("training", "", sentence)
    given = Evidence(document, 0, len(sentence), sentence, 1.0, answer)
    for candidate in (compress(sentence, question, answer), sentence):
        if candidate.endswith((".", "!", ".”", '."')) and not objections(candidate, given):
            return Written(question, sentence, candidate)
    return None


def compress(sentence: str, question: str, answer: str) -> str:
    """The sentence without the parentheses, appositions and side clauses that neither answer nor stand in the question.

    >>> compress("On Friday, Ida Holm, a former pilot, opened the bridge, which cost 3 million.", "Who opened the bridge?", "Ida Holm")
    'Ida Holm opened the bridge.'
    """
    needed = _content(question)
    sentence = re.sub(r" \(([^()]*)\)", lambda m: m.group() if _wanted(m.group(), needed, answer) else "", sentence)
    body = sentence.rstrip(".!?")
    parts = re.split(r", (?!\d)", body)
    if re.search(r"[\"“”;]", body):
        return sentence
    kept = [n for n, part in enumerate(parts) if _wanted(part, needed, answer) or not _left_out(parts, n)]
    if not kept:
        return sentence
    joined = parts[kept[0]]
    for one, other in pairwise(kept):
        joined += (", " if other == one + 1 else " ") + parts[other]
    return joined[0].upper() + joined[1:] + sentence[len(body) :]


def _left_out(parts: Sequence[str], n: int) -> bool:
    """Whether a part can go: an opening phrase, an apposition before a verb, a clause at the end; never one of a list."""
    if n == 0:
        return len(parts) > 1 and bool(_LEADING.match(parts[0]))
    if not _CLAUSE.match(parts[n]) or _DANGLING.search(parts[n - 1]) or (n == 1 and _LEADING.match(parts[0])):
        return False
    return n == len(parts) - 1 or (parts[n + 1][:1].islower() and not re.match(r"(?:and|or|but)\b", parts[n + 1]))


def _wanted(part: str, needed: frozenset[str], answer: str) -> bool:
    return answer in part or bool(_content(part) & needed)


def _content(text: str) -> frozenset[str]:
    return frozenset(w.lower()[:6] for w in _WORD.findall(text) if w.lower() not in _COMMON)
