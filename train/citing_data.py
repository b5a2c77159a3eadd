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
from train.changes import FIGURE, NAME, Stock, changed, sort_of, stock_of
from train.guard import is_copy
from train.judging_data import Judged, sentences
from train.paragraphs import KEPT_OUT, Paragraph, copied, held_out, near_misses, qamr, rows, squadshifts
from train.rephrased import clauses, moved, reworded, statement
from train.writing_data import compress, detokenised
from train.written import KIND, claims

PUBLIC = {
    "fever_symmetric": 1.0,
    "cannot_wikifactcheck": 0.8,
    "breaking_nli": 0.25,
    "med": 0.35,
    "help_conj_disj": 0.12,
    "dnc_megaveridicality": 0.06,
}
SHARES = {  # of all pairs, at most
    "public": 0.22,
    "statement": 0.22,
    "clause": 0.07,
    "shorter": 0.04,
    "whole": 0.03,
    "said": 0.08,
    "changed": 0.22,
    "misplaced": 0.1,
    "unanswered": 0.08,
    "other": 0.02,
}
WORDED = ("breaking_nli", "cannot_wikifactcheck")  # sources whose two sentences mostly differ in a word
TALK = 0.3  # of the paragraphs of forums and reviews
NOTHING_ASKED = ("", "\0")  # a question and an answer that need no part of a sentence
STATEMENTS = 5  # of one quote at most
MISPLACED = 0.6  # of the answers that could be taken for another's
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


def training_pairs(folder: Path, seed: int, most: int) -> list[Judged]:
    """About `most` public and made pairs, of each kind its share, or all where there are fewer, and all that were written for training; shuffled."""
    pairs = [*public_pairs(folder, seed, most), *written_pairs()]
    random.Random(seed).shuffle(pairs)
    return pairs


def public_pairs(folder: Path, seed: int, most: int) -> list[Judged]:
    """About `most` public and made pairs, of each kind its share, or all where there are fewer."""
    return _mixed(folder, seed, most, kept=False)


def written_pairs(*, kept: bool = False) -> Iterator[Judged]:
    """The sentences that were written for training, with their quotes."""
    for row in claims(kept=kept):
        for pair in row["pairs"]:
            yield _judged(row["premise"], pair["h"], KIND, follows=pair["follows"])


def kept_out_pairs(folder: Path, seed: int, most: int = 1000) -> list[Judged]:
    """The same of paragraphs, premises and quotes that training never sees, for measuring."""
    return [*_mixed(folder, seed, most, kept=True), *written_pairs(kept=True)]


def _mixed(folder: Path, seed: int, most: int, *, kept: bool) -> list[Judged]:
    chance = random.Random(seed)
    told = list(_pairs(folder / "entailment.jsonl"))
    public = [p for p in _public(told, chance) if held_out(_quote(p)) == kept]
    paragraphs = [
        *squadshifts(folder / "squadshifts_new_wiki.jsonl"),
        *(p for p in near_misses(folder / "near_misses.jsonl") if p.text != p.text.lower()),
    ]
    talk = [p for name in ("reddit", "amazon_reviews") for p in squadshifts(folder / f"squadshifts_{name}.jsonl") if chance.random() < TALK]
    news = [detokenised(p) for p in qamr(folder / "qamr.jsonl", together=2)]
    paragraphs = [p for p in (*paragraphs, *talk, *news) if held_out(p.text) == kept and not copied(p)]
    stock = stock_of(
        [p.text for p in paragraphs], [(q, s, follows) for source, q, s, follows in told if source in WORDED and held_out(q) == kept]
    )
    pools: dict[str, list[Judged]] = {}
    for pair in (*public, *_made(paragraphs, stock, chance), *_unanswered(paragraphs, chance)):
        pools.setdefault(pair.kind, []).append(pair)
    mixed = [p for kind, pool in sorted(pools.items()) for p in chance.sample(pool, min(len(pool), int(most * SHARES[kind])))]
    chance.shuffle(mixed)
    return mixed


def _pairs(path: Path) -> Iterator[tuple[str, str, str, bool]]:
    """(source, quote, sentence, whether it follows) of the public pairs, those left out that are copies of what the project is judged on."""
    join: Callable[[list[str]], str] = TreebankWordDetokenizer().detokenize
    for row in rows(path):
        quote, sentence = (join(row[name].replace("-LRB-", "(").replace("-RRB-", ")").split()) for name in ("premise", "hypothesis"))
        if not (is_copy(quote, KEPT_OUT) or is_copy(sentence, KEPT_OUT)):
            yield row["source"], quote, sentence, row["label"] == "entailed"


def _public(told: Sequence[tuple[str, str, str, bool]], chance: random.Random) -> Iterator[Judged]:
    """A share of each source; of the one that has nothing that follows, also its quotes told again, shortened or as they are."""
    for source, quote, sentence, follows in told:
        if chance.random() < PUBLIC[source]:
            yield _judged(quote, sentence, "public", follows=follows)
            if source == "cannot_wikifactcheck" and chance.random() < 0.6:
                yield _judged(quote, moved(quote) or next(clauses(quote), "") or compress(quote, *NOTHING_ASKED), "public", follows=True)


def _quote(judged: Judged) -> str:
    assert isinstance(judged.pair, Claim)
    return judged.pair.quote


def _judged(quote: str, sentence: str, kind: str, *, follows: bool, changed: tuple[int, int] = (-1, -1)) -> Judged:
    """`changed` is what of the sentence the quote does not say."""
    return Judged(Claim(quote, sentence), follows, *changed, kind)


def _made(paragraphs: Sequence[Paragraph], stock: Stock, chance: random.Random) -> Iterator[Judged]:
    """Of each sentence that is long enough one pair for each way in which it can be said truly."""
    for paragraph in paragraphs:
        spans = sentences(paragraph.text, 0)
        for start, end in spans:
            quote = paragraph.text[start:end]
            if not 6 <= len(quote.split()) <= LONGEST:
                continue
            inside = [(q, a) for q, a, at in paragraph.questions if start <= at < end]
            others = [paragraph.text[a:b] for a, b in spans if a != start and b - a > 30]
            for true in _told(quote, inside, stock, chance):
                if pair := _pair(true, others, [a for _q, a in inside], stock, chance):
                    yield pair
            yield from _misplaced(quote, inside, chance)


def _told(quote: str, inside: Sequence[tuple[str, str]], stock: Stock, chance: random.Random) -> Iterator[Judged]:
    """What is true of a quote, in other words than its own where there is a way."""
    short = compress(quote, *(chance.choice(inside) if inside else NOTHING_ASKED))
    some = chance.sample(inside, min(STATEMENTS, len(inside)))
    told = [(s, "statement") for q, a in some if (s := statement(q, a, quote))]
    told += [(s, "clause") for s in (*clauses(quote), moved(quote)) if s]
    told += [(short, "shorter" if short != quote else "whole")] if short != quote or chance.random() < 0.3 else []
    for sentence, kind in told:
        again = reworded(sentence, stock.alike, chance) if chance.random() < 0.5 else ""
        yield _judged(quote, again or sentence, kind, follows=True)


def _unanswered(paragraphs: Sequence[Paragraph], chance: random.Random) -> Iterator[Judged]:
    """A question that people wrote so that its paragraph does not answer it, with something of the likeliest sentence for an answer."""
    for paragraph in paragraphs:
        spans = [paragraph.text[a:b] for a, b in sentences(paragraph.text, 0)]
        for question in [q for q, _answer, at in paragraph.questions if at < 0]:
            asked = set(re.findall(r"\w{4,}", question.lower()))
            quote = max(spans, key=lambda s: len(asked & set(re.findall(r"\w{4,}", s.lower()))))
            sort = FIGURE if re.match(r"(?:when|how (?:many|much)|(?:in )?wh\w+ year)\b", question, re.IGNORECASE) else NAME
            found = [m.group() for m in sort.finditer(quote) if m.group() not in question]
            if found and (sentence := statement(question, chance.choice(found), quote)) and len(quote.split()) <= LONGEST:
                yield _judged(quote, sentence, "unanswered", follows=False)


def _misplaced(quote: str, inside: Sequence[tuple[str, str]], chance: random.Random) -> Iterator[Judged]:
    """A statement with the answer to another question about the same quote: every word is there, and it is not so."""
    for question, answer in chance.sample(inside, min(STATEMENTS, len(inside))):
        others = [
            a
            for _q, a in inside
            if sort_of(a) == sort_of(answer) and not set(a.lower().split()) & set(f"{answer} {question}".lower().split())
        ]
        if others and chance.random() < MISPLACED:
            wrong = chance.choice(others)
            if sentence := statement(question, wrong, quote):
                at = max(0, sentence.find(wrong))
                yield _judged(quote, sentence, "misplaced", follows=False, changed=(at, at + len(wrong)))


def _pair(true: Judged, others: Sequence[str], parts: Sequence[str], stock: Stock, chance: random.Random) -> Judged | None:
    """A true pair as it is, or a false one made of it; one in eight as something that somebody said."""
    assert isinstance(true.pair, Claim)
    quote, sentence = true.pair.quote, true.pair.sentence
    if chance.random() < 0.12:
        return said(quote, sentence, chance)
    if chance.random() >= FALSE:
        return true
    if others and chance.random() < 0.06:
        return _judged(quote, chance.choice(others), "other", follows=False)
    change = changed(quote, sentence, stock, parts, chance)
    return _judged(quote, change[0], "changed", follows=False, changed=change[1:]) if change else None


def said(quote: str, sentence: str, chance: random.Random) -> Judged:
    """What somebody said, told as said or as so, by the same or another, with a verb that means the same or not."""
    who, other = chance.sample(_WHO, 2)
    verb = chance.choice(_SAYING)
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
        return _judged(premise, wrong, "said", follows=False)
    differ = [v for v in _SAYING if v != verb and (v not in _SAID_SO or verb in _NOT_SO)]
    wrong = (
        f"{other.capitalize()} {verb} that {told}" if chance.random() < 0.5 else f"{who.capitalize()} {chance.choice(differ)} that {told}"
    )
    return _judged(premise, wrong, "said", follows=False, changed=(0, wrong.index(" that ")))
