"""Training pairs for the judge of citations: a quote and a sentence, and whether the sentence follows from the quote.

Two sources. Public pairs of premise and hypothesis, thinned where they are templates. And pairs made here: a true sentence is the quote shortened,
or a question about it turned into a statement with its answer ("Who opened it?", "Ida" -> "Ida opened it."); a false one is a true one in which one
thing was changed - a figure, a name, two names for each other, "not", how much, how sure, who said it - or with a thing added.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from nltk.tokenize.treebank import TreebankWordDetokenizer

from rag import Claim
from train.changes import Stock, changed, stock_of
from train.guard import is_copy
from train.judging_data import Judged, sentences
from train.paragraphs import KEPT_OUT, Paragraph, copied, held_out, near_misses, qamr, rows, squadshifts
from train.writing_data import compress, detokenised

PUBLIC = {
    "fever_symmetric": 1.0,
    "cannot_wikifactcheck": 0.45,
    "breaking_nli": 0.2,
    "med": 0.35,
    "help_conj_disj": 0.12,
    "dnc_megaveridicality": 0.06,
}
FALSE = 0.55  # of the made pairs
LONGEST = 60  # words of a quote
_SAYING = (
    "said",
    "announced",
    "stated",
    "claimed",
    "argued",
    "warned",
    "insisted",
    "predicted",
    "suggested",
    "alleged",
    "believes",
    "denied",
    "doubted",
)
_SAID_SO = frozenset({"said", "announced", "stated"})  # one for another says the same
_NOT_SO = frozenset({"denied", "doubted"})
_WHO = (
    "the minister",
    "the company",
    "a spokesman",
    "the police",
    "her lawyer",
    "the union",
    "the opposition",
    "the director",
    "officials",
    "the coach",
    "the mayor",
    "a neighbour",
)
_SUBJECT = re.compile(r"(?:who|what|which [\w ]+?|what [\w ]+?|whose [\w ]+?|how many [\w ]+?) ((?:is|are|was|were|has|had|have|will|can|could|would|\w+ed|won|led|made|became|took|wrote|gave|held|said|ran|built|began|left|lost|died|came|went|got|fought|beat|met) .+?)\??$", re.IGNORECASE)  # fmt: skip
_DONE = re.compile(r"(when|where|what|who|whom|how many [\w ]+?|which [\w ]+?|in what year) (?:did|does|do) (.+?)\??$", re.IGNORECASE)
_BEEN = re.compile(r"(when|where|in what year) (is|are|was|were|has|have|had) (.+?) ((?:been )?(?:\w+ed|born|held|built|made|found|known|sold|sent|won|put|taken|given|written|shot|seen|set|located|based))\b(.*?)\??$", re.IGNORECASE)  # fmt: skip


def training_pairs(folder: Path, seed: int, most: int) -> list[Judged]:
    """`most` pairs, shuffled: the public ones, and as many made ones as are wanting."""
    return _mixed(folder, seed, most, kept=False)


def kept_out_pairs(folder: Path, seed: int, most: int = 1000) -> list[Judged]:
    """The same of paragraphs and premises that training never sees, for measuring."""
    return _mixed(folder, seed, most, kept=True)


def _mixed(folder: Path, seed: int, most: int, *, kept: bool) -> list[Judged]:
    chance = random.Random(seed)
    public = list(_public(folder / "entailment.jsonl", chance, kept=kept))
    paragraphs = [
        *squadshifts(folder / "squadshifts_new_wiki.jsonl"),
        *(p for p in near_misses(folder / "near_misses.jsonl") if p.text != p.text.lower()),
    ]
    news = [detokenised(p) for p in qamr(folder / "qamr.jsonl", together=2)]
    paragraphs = [p for p in (*paragraphs, *news, *news) if held_out(p.text) == kept and not copied(p)]
    made = list(_made(paragraphs, chance))
    public = chance.sample(public, min(len(public), most * 2 // 5))
    mixed = public + chance.sample(made, min(len(made), most - len(public)))
    chance.shuffle(mixed)
    return mixed


def _public(path: Path, chance: random.Random, *, kept: bool) -> Iterator[Judged]:
    """Premise and hypothesis as quote and sentence; of a contradicted one the half the time also its premise said again, which follows."""
    join: Callable[[list[str]], str] = TreebankWordDetokenizer().detokenize
    for row in rows(path):
        if chance.random() < PUBLIC[row["source"]]:
            quote, sentence = (join(row[name].replace("-LRB-", "(").replace("-RRB-", ")").split()) for name in ("premise", "hypothesis"))
            if is_copy(quote, KEPT_OUT) or is_copy(sentence, KEPT_OUT):
                continue
            again = row["source"] == "cannot_wikifactcheck" and chance.random() < 0.4
            if held_out(quote) == kept:
                yield _judged(quote, sentence, "public", follows=row["label"] == "entailed")
                if again:
                    yield _judged(quote, compress(quote, "", "") or quote, "public", follows=True)


def _judged(quote: str, sentence: str, kind: str, *, follows: bool, changed: tuple[int, int] = (-1, -1)) -> Judged:
    """`changed` is what of the sentence the quote does not say."""
    return Judged(Claim(quote, sentence), follows, *changed, kind)


def _made(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Judged]:
    """Of each sentence that is long enough one pair for each question about it, and one for the sentence."""
    stock = stock_of([p.text for p in paragraphs])
    for paragraph in paragraphs:
        spans = sentences(paragraph.text, 0)
        for start, end in spans:
            quote = paragraph.text[start:end]
            if not 6 <= len(quote.split()) <= LONGEST:
                continue
            inside = [(q, a) for q, a, at in paragraph.questions if start <= at < end]
            told = [(s, "statement") for q, a in inside if (s := statement(q, a, quote))][:3]
            short = compress(quote, *chance.choice(inside)) if inside else compress(quote, "", "")
            told += [(short, "shorter" if short != quote else "whole")] if short != quote or chance.random() < 0.3 else []
            others = [paragraph.text[a:b] for a, b in spans if a != start and b - a > 30]
            for sentence, kind in told:
                if pair := _pair(_judged(quote, sentence, kind, follows=True), others, stock, chance):
                    yield pair


def _pair(true: Judged, others: Sequence[str], stock: Stock, chance: random.Random) -> Judged | None:
    """A true pair as it is, or a false one made of it; one in eight as something that somebody said."""
    assert isinstance(true.pair, Claim)
    quote, sentence = true.pair.quote, true.pair.sentence
    if chance.random() < 0.12:
        return said(quote, sentence, chance)
    if chance.random() >= FALSE:
        return true
    if others and chance.random() < 0.06:
        return _judged(quote, chance.choice(others), "other", follows=False)
    change = changed(quote, sentence, stock, chance)
    return _judged(quote, change[0], "changed", follows=False, changed=change[1:]) if change else None


def said(quote: str, sentence: str, chance: random.Random) -> Judged:
    """What somebody said, told as said or as so, by the same or another, with a verb that means the same or not."""
    who, other = chance.sample(_WHO, 2)
    verb, another = chance.sample(_SAYING, 2)
    body, told = (
        text[0].lower() + text[1:] if re.match(r"(?:The|A|An|It|In|On|He|She|They)\b", text) else text for text in (quote, sentence)
    )
    front = f"{who.capitalize()} {verb} that {body}"
    back = f"“{quote.rstrip('.')},” {who} said." if verb in _SAID_SO and "“" not in quote and '"' not in quote else front
    premise = chance.choice((front, back))
    if chance.random() < 0.5:
        again = chance.choice(sorted(_SAID_SO)) if verb in _SAID_SO else verb
        kept = chance.choice((f"{who.capitalize()} {again} that {told}", f"{sentence.rstrip('.')}, {who} {again}."))
        return _judged(premise, kept, "said", follows=True)
    if chance.random() < 0.5:
        wrong = sentence if verb not in _NOT_SO or chance.random() < 0.7 else f"{who.capitalize()} said that {told}"
    elif chance.random() < 0.5 or {verb, another} <= _SAID_SO:
        wrong = f"{other.capitalize()} {verb} that {told}"
    else:
        wrong = f"{who.capitalize()} {another} that {told}"
    return _judged(premise, wrong, "said", follows=False, changed=(0, min(len(wrong), 25)))


def statement(question: str, answer: str, sentence: str) -> str:
    """A question and its answer as a statement; empty where its form does not allow it.

    >>> statement("Who opened the bridge?", "Ida Holm", "The bridge was opened by Ida Holm.")
    'Ida Holm opened the bridge.'
    >>> statement("Where was she born?", "Rona", "She was born in Rona.")
    'she was born in Rona.'
    """
    hinge = re.search(r"\b(?:in|on|at|by|from|to|near|during|since|until|around)(?: the)? $", sentence[: max(0, sentence.find(answer))])
    placed = (hinge.group() if hinge else "") + answer
    if match := _SUBJECT.match(question):
        told = f"{answer} {match[1]}"
        return _stopped(told if len(answer.split()) < 9 else "")
    if match := _DONE.match(question):
        asking, rest = match[1].lower(), match[2]
        return _stopped(f"{rest} {placed if asking in {'when', 'where', 'in what year'} else answer}")
    if (match := _BEEN.match(question)) and hinge:
        return _stopped(f"{match[3]} {match[2]} {match[4]}{match[5]} {placed}")
    return ""


def _stopped(told: str) -> str:
    return f"{told.rstrip('. ')}." if told else ""
