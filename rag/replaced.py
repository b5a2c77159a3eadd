"""A follow-up that names another thing, "What about the second bridge?", and the question before it, asked of that thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import simplemma

from rag.dates import find_dates
from rag.lexicon import place, stem
from rag.phrases import AUX, DETERMINED, OWNED, PREPOSITION, is_name, names_in, person, phrases, thing, written
from rag.retimed import at_time
from rag.text import STOPWORDS, Token, content_tokens, named_runs, tokens
from rag.types import Span

Alike = Callable[[str, Sequence[str]], Sequence[float]]  # how near in meaning a phrase is to each of others, 1 being the same

NEAR = 0.3  # cosine from which one phrase may take the place of another
SUBJECT = re.compile(
    r"^(?P<word>who|what|how many|how much|which) (?P<noun>(?:[^\W\d_][\w’'-]* ){0,3}?)(?P<verb>\w+(?:ed|ew|ot|on|an|old|ade|ell|ose|ave|ook|ent|eft|ost|oke|ore|ilt|ought|aught|eld|ound|ank|ut|et|it)) (?P<rest>.+?)\W*$",
    re.IGNORECASE,
)
_THE_OTHER = re.compile(r"the (?!.*\bones?\W*$)", re.IGNORECASE)
_NEXT_TO = re.compile(r"\b(?:day|week|month|year|time|election|one)s? (?:before|after|earlier|later)\b", re.IGNORECASE)
_TIMED = re.compile(r" (?:in|on|since|before|after|until|during) [^,]*\d[^,]*$")  # the time at the end of a phrase
_HURT = frozenset("hurt shot slain killed missing".split())
_OWNER = re.compile(r"\b(?:(?:the|a|an) )?(?!(?:people|that|who)\b)[a-z’'-]+ (?:of|to|over|in|at|for|on|from|between) (?:the )?$")


def is_participle(word: str) -> bool:
    """Whether a word is what happened to somebody: "Wounded?"."""
    plain = word.lower()
    return plain in _HURT or (plain.isalpha() and plain.endswith("ed") and simplemma.lemmatize(plain, "en") != plain and not place(plain))


def with_phrase(phrase: str, before: str, alike: Alike | None, question: str, earlier: str) -> str:  # noqa: PLR0911  # one way for each kind
    """The question before it, with a new phrase in the place of the one that it takes after: by its name, by its noun, or by what is nearest in meaning;
    first of all, of the one that was put there in place of another the turn before.
    """
    new = re.sub(rf"^(?:{PREPOSITION} )?(?:(?:the|a|an|its|his|her|their) )?", "", phrase.rstrip("?!. "), flags=re.IGNORECASE)
    if (timed := _TIMED.search(new)) and timed.start() and find_dates(timed.group()):
        return at_time(timed.group().strip(), with_phrase(phrase[: phrase.index(timed.group())], before, alike, question, earlier))
    if _NEXT_TO.search(new):
        return f"{before} {question}"
    if of_person := _of_person(phrase, new, before):
        return of_person
    if is_participle(new) and (replaced := _with_participle(new.lower(), before)):
        return replaced
    runs = [run for run in named_runs(new) if run[0].folded not in STOPWORDS]
    dates = find_dates(before)
    old = [run for run in names_in(before) if not any(m.start <= run[0].start < m.end for m in dates)]
    nouns = [t for t in content_tokens(new) if not t.is_name]
    led = re.match(rf"{PREPOSITION} (?:the )?", phrase, re.IGNORECASE)
    alike_led = [run for run in old if led and before[: run[0].start].lower().endswith(f" {led.group().lower()}")]
    if runs and old and (taken := _like(runs[0], alike_led or old)):
        return _with_name(phrase, new, runs[0], before, taken, nouns, alike)
    there = phrases(before)
    heads = [
        Span(span.start, span.start + t.end)
        for span in there
        for t in tokens(span.of(before))
        if nouns and stem(t.folded) == stem(nouns[-1].folded)
    ]
    if heads:
        return _replace(before, heads[-1], _owned(new, heads[-1].of(before)))
    said = {t.folded for t in tokens(earlier)}
    newest = [span for span in there if earlier and not any(t.folded in said for t in tokens(span.of(before)))]
    if len(newest) == 1:
        return _replace(before, newest[0], _owned(new, newest[0].of(before)))
    nearest = max(
        zip(_nearness(new, [span.of(before) for span in there], alike), there, strict=True), key=lambda pair: pair[0], default=None
    )
    if nearest and nearest[0] >= NEAR:
        return _in_place(before, nearest[1], new, phrase)
    if _THE_OTHER.match(phrase) and not re.match(rf"{AUX}\b", before, re.IGNORECASE) and (about := thing(before, "it")) and about in before:
        return before.replace(about, phrase.rstrip("?!. "))
    return f"{before} {question}"


def _of_person(phrase: str, new: str, before: str) -> str:
    """The question before it, asked of somebody of the one whom it names: "his brother"; or of "the other one" where it has a name and no noun for it."""
    runs = names_in(before)
    own = re.match(r"(?:his|her) ", phrase, re.IGNORECASE) and OWNED.fullmatch(f" {new}")
    if own and is_name(named := person(before)) and not re.search(rf"\b{PREPOSITION} (?:the )?{re.escape(named)}", before):
        return before.replace(named, f"{named}’s {new}", 1)
    if (
        re.fullmatch(r"(?:the )?(?:other|second|first) one", phrase.rstrip("?!. "), re.IGNORECASE)
        and len(runs) == 1
        and not DETERMINED.search(before)
    ):
        return before.replace(written(before, runs[0]), phrase.rstrip("?!. "), 1)
    return ""


def _nearness(new: str, others: Sequence[str], alike: Alike | None) -> list[float]:
    """How near in meaning a phrase is to each of others, or its last word to theirs."""
    if not alike or not others or not new.strip():
        return [0.0] * len(others)
    heads = alike(new.rsplit(maxsplit=1)[-1], [other.split()[-1] for other in others])
    return [max(pair) for pair in zip(alike(new, others), heads, strict=True)]


def _in_place(before: str, old: Span, new: str, phrase: str) -> str:
    """A phrase in the place of another, with its own preposition, if it has one; "foreign ones" are of the other's noun."""
    if ones := re.search(r" ones?$", new):
        sort = re.search(r"(?<!\S)(?!the |an? )[\w’-]+ $", before[: old.start])
        return before[: sort.start() if sort else old.start] + new[: ones.start() + 1] + old.of(before).split()[-1] + before[old.end :]
    led = re.match(rf"{PREPOSITION}|before|after|during", phrase, re.IGNORECASE)
    there = re.search(rf"\b(?:{PREPOSITION}|before|after|during) (?:the )?$", before[: old.start], re.IGNORECASE)
    if led:
        own = phrase.rstrip("?!. ")
        return before[: there.start()] + own + before[old.end :] if there else f"{before.rstrip('?!. ')} {own}?"
    timed = re.search(r"\b(?:this|last|next|the) $", before[: old.start], re.IGNORECASE)
    if timed and re.match(r"(?:this|last|next) ", new, re.IGNORECASE):
        return before[: timed.start()] + new + before[old.end :]
    return _replace(before, old, _owned(new, old.of(before)))


def _with_participle(new: str, before: str) -> str:
    """The question before it, asked of what else was done: "How many were wounded in the fire?"; "" where it asks of nothing done."""
    done = re.search(r"\b(?:was|were|been) (?P<what>[a-z]+)", before)
    if done and is_participle(done["what"]):
        return _replace(before, Span(*done.span("what")), new)
    subject = SUBJECT.match(before)
    if not subject or re.search(rf"\b{AUX}\b", subject["noun"]) or not re.match(rf"(?:{PREPOSITION}|when|after|during) ", subject["rest"]):
        return ""
    return f"{subject['word']} {subject['noun']}were {new} {subject['rest']}?"


def _with_name(  # noqa: PLR0913, PLR0917  # both names, in their phrase and question
    phrase: str, new: str, run: Sequence[Token], before: str, taken: Sequence[Token], nouns: Sequence[Token], alike: Alike | None
) -> str:
    """The question before it with a name in the place of another; with the noun that the new name belongs to, where both have one."""
    owner = _OWNER.search(before[: taken[0].start])
    if nouns and nouns[0].end <= run[0].start and owner:
        return _replace(before, Span(owner.start(), taken[-1].end), phrase.rstrip("?!. "))
    there, here = written(before, taken), new if _spans(new, run) else written(new, run)
    plain = re.sub(r"['’]s?$", "", here)
    replaced = _replace(before, Span(taken[0].start, taken[-1].end), plain + "’s" * bool(re.search(r"['’]s?$", there)))
    known = {stem(t.folded) for t in tokens(before)}
    strange = [t for t in nouns if stem(t.folded) not in known]
    told = not strange or not alike or max(alike(strange[-1].text, [t.text for t in content_tokens(before)])) > NEAR
    return replaced if told else f"{new}: {replaced}"


def _like(run: Sequence[Token], others: Sequence[tuple[Token, ...]]) -> tuple[Token, ...] | None:
    """The last name of the same sort: a country for a country, else any."""
    sort = bool(place(run[-1].folded))
    same = [other for other in others if bool(place(other[-1].folded)) == sort]
    return (same or others)[-1] if same or others else None


def _spans(text: str, run: Sequence[Token]) -> bool:
    return run[0].start == 0 and run[-1].end == len(text)


def _owned(new: str, old: str) -> str:
    """A new owner with the noun of the old one: "women's race" for "women's" in the place of "men's race"."""
    noun = re.search(r"['’]s? (.+)$", old)
    return f"{new} {noun[1]}" if noun and re.search(r"['’]s?$", new) else new


def _replace(text: str, span: Span, new: str) -> str:
    return text[: span.start] + new + text[span.end :]
