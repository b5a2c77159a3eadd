"""What a question asks: whether it can be asked at all, and what it is taken apart into."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.errors import QuestionError
from rag.lexicon import place
from rag.text import STOPWORDS, Token, content_tokens, named_runs, squash, tokens

LONGEST = 1000  # characters

_IN = re.compile(r"\b(?:in|at|inside|near) (?:the )?(?:[a-z]+ )?$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*(?!\w)")
_PARTICLE = re.compile(
    r" (?:de|del|della|di|da|do|dos|das|van|von|der|den|af|av|al|el|la|le|du|des|bin|ibn|ben)(?: (?:la|los|las|der|den))? "
)
_REPORTED = re.compile(
    r"\b(?:in|by|from)(?: the)? ?['‘“\"]?$|\b(?:according to|reported by|as per|per|told to|(?:article|report|piece|story|coverage|review|account)s?(?: \w+)? (?:by|in|from|of))(?: an?)?(?: (?:article|report|piece)s?(?: (?:in|by|from))?)?(?: the| The)? ?['‘“\"]?$",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"['’”\"]?(?:['’]s)? (?:article|report|piece|story|coverage|review|reported|reports|says|wrote|describes|published|discusses|claims?)\b",
    re.IGNORECASE,
)
_ADDED = re.compile(  # "Clacton-on-Sea" may go by "Clacton"
    r"\b[A-Z][\w’']*-(?:(?:on|upon|in|by|under|over|next|near|the|le|la|les|sur|sous|de|en|am|an|der)-)+$"
)
_OF = re.compile(r" of (?:the )?(?=[A-Z])")
_SORTS = frozenset(  # "the Isle of Skye" may go by "the island"
    """isle isles island islands lake mount bay cape gulf strait port city town village province state republic kingdom emirate sultanate principality duchy
    county district region territory university bank house church cathedral battle treaty duke earl bishop archbishop ministry department council chamber
    academy institute museum festival court""".split()
)
_COMMON = frozenset(  # capitals that name nobody
    "ceo ceos cfo coo pm pms fm mp mps mep meps vp gp gps ngo ngos tv ai gdp hq km christmas easter ramadan eid diwali passover thanksgiving halloween".split()
)


_SEVERAL = re.compile(
    r"^(?:which|what) (?:[\w’'-]+ ){0,5}?(?!(?:has|does|was|this|says?|news|series|species)\b)(?-i:[a-z]{2,})(?<!s)(?<!u)(?<!i)s (?:are|were|have|did|do|will|can|want|[a-z]+ed)\b"
    r"|^(?:which|what) (?:people|children|men|women)\b|^what (?:are|were)\b|^who (?:are|were) the\b|\bwho (?:all|else)\b|\b(?:list|name) (?:all|some|two|three|the \w+s\b)"
    r"|\bnames,? please\b|\bnames of the\b|\btwo (?:different|other)\b|\b(?:each|both|either) (?:side|part)(?:s|y|ies)?\b|\baccording to (?:the )?(?:different|various|both|two|several)\b"
    r"|\b(?:different|differing|conflicting|competing|various|two) (?:[\w’'-]+ )?(?:figures|numbers|tolls?|counts|estimates|reports|sources|accounts|versions|dates)\b|^which estimates\b",
    re.IGNORECASE,
)


_ANOTHER = re.compile(r"\b(?:who|whom|what|where|how|anyone|anybody|anything|anywhere) else\b|\b(?:what|which) other\b", re.IGNORECASE)
_MEASURES = (  # what is asked for by its name alone
    r"(?:population|names?|dates?|year|month|day|time|number|amount|length|size|height|width|depth|area|weight|capacity|price|cost|budget|salary|fine|age|title|post|job|nationality|birthplace"
    r"|cause|reasons?|location|place|venue|winner|loser|score|result|attendance|crowd|turnout|toll|casualties|earnings|profit|revenue|losses|rate|share|forecast|demands?|terms|conditions|estimates?)"
)
_MEASURE = re.compile(
    rf"^(?:the )?(?P<led>(?:[a-z]+ (?:and )?){{0,3}}?{_MEASURES})(?= (?:of|for|in|at|on|from|between|after|before|during|given|paid)\b)|^(?:the )?(?:(?!(?:the|that|this|on|my|your)\b)[\w’'.-]+ ){{0,6}}{_MEASURES}$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(  # "treaty signed when"
    r"^(?:the )?(?P<what>(?:[\w’'-]+ ){1,6}(?:signed|held|built|founded|killed|born|elected|arrested|sold|adopted|published|ratified|approved|appointed|convicted|sentenced|found))"
    r" (?P<word>when|where|why|how)$",
    re.IGNORECASE,
)
_FINITE = re.compile(  # no thing alone: a verb, somebody who speaks, more than a phrase
    r"\b(?:is|are|was|were|am|be|do|does|did|has|have|had|will|would|can|could|may|might|must|shall|should|me|i|we|you|please|who|what|when|where|why|how|which|whether|any)\b|n['’]t\b|[.:;,]| - ",
    re.IGNORECASE,
)
_BIDS = re.compile(
    r"(?:name (?!of\b)|list|give|tell|explain|describe|show|find|summari[sz]e|compare|say|quote|check|translate|write|define|identify)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"(?:[a-z]+ ){0,3}(?:names|dates|reasons|earnings|losses|demands|terms|conditions|estimates|casualties)\b", re.IGNORECASE
)
_WHEN = re.compile(r"^(?:\w+ )?(?:when|(?:on |in |by )?(?:what|which) (?:day|date|month|year))\b|\bdate of\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what it was taken apart into: its content words, names, places and figures."""

    question: str
    words: tuple[Token, ...]
    names: tuple[tuple[Token, ...], ...]  # runs: (Ida, Holm)
    places: tuple[Token, ...]  # countries and capitals in which something is said to have been
    figures: frozenset[str]  # written in digits: "three" may be meant loosely


def ask(question: str) -> Asked:
    """Take a question apart.

    >>> asked = ask("How many sailors died in Bergen?")
    >>> [t.text for t in asked.words], [t.text for run in asked.names for t in run]
    (['sailors', 'died', 'Bergen'], ['Bergen'])
    """
    words = tuple(content_tokens(question))
    return Asked(question, words, _names(question, words), tuple(located(question)), frozenset(_DIGITS.findall(question)))


def asks_for_several(question: str) -> bool:
    """Whether a question asks for more than one thing, which may stand in more than one sentence.

    >>> asks_for_several("Which ministers have resigned?"), asks_for_several("Which bus did they take?"), asks_for_several("Which two figures are given?")
    (True, False, True)
    """
    return bool(_SEVERAL.search(question))


def asks_when(question: str) -> bool:
    """Whether a date is asked for.

    >>> asks_when("When did it open?"), asks_when("In which year was it?"), asks_when("Who came when it opened?")
    (True, True, False)
    """
    return bool(_WHEN.search(question))


def asks_for_another(question: str) -> bool:
    """Whether a question asks for something beside what was answered before: "who else", "what other towns"."""
    return bool(_ANOTHER.search(question))


def reported_by(asked: Asked, outlets: Iterable[str]) -> tuple[Asked, frozenset[str]]:
    """The outlets whose reports a question asks about ("according to the Bay Post"), and the question without them among its names.

    >>> asked, outlets = reported_by(ask("What did Holm say about the ferry, according to the Bay Post?"), ["Bay Post", "Islander"])
    >>> sorted(outlets), [t.text for run in asked.names for t in run]
    (['Bay Post'], ['Holm'])
    """
    found: dict[str, tuple[Token, ...]] = {}
    for outlet in outlets:
        words = [t.folded for t in content_tokens(outlet)]
        for run in asked.names if words else ():
            own = [t.folded for t in run if t.folded not in STOPWORDS]
            if own == words and _says(asked.question, run):
                found[outlet] = run
    return replace(asked, names=tuple(run for run in asked.names if run not in found.values())), frozenset(found)


def _says(question: str, run: Sequence[Token]) -> bool:
    """Whether a name in a question is that of who reported something."""
    before, after = question[: run[0].start], question[run[-1].end :]
    return bool(_REPORTED.search(before) or _REPORTS.match(after))


def _names(question: str, words: Sequence[Token]) -> tuple[tuple[Token, ...], ...]:
    """Runs of name words; in a question without capitals, the countries, peoples and capitals that it names."""
    opening = [t for t in tokens(question) if not re.search(r"[^.?!:;–—]$", question[: t.start].rstrip())]
    meaning = {t for t in words if t.folded not in _COMMON} - ({t for t in opening if not place(t.folded)} if len(words) > 1 else set())
    meaning -= {t for t in meaning if _ADDED.search(question, max(0, t.start - 60), t.start)}
    runs = [] if question.isupper() else [tuple(t for t in run if t in meaning) for run in named_runs(question)]
    runs = _with_particles(
        question, [run for run in runs if not (len(run) == 1 and run[0].folded in _SORTS and _OF.match(question, run[0].end))]
    )
    lower = [(t,) for t in words if place(t.folded) and not any(t in run for run in runs)]
    return tuple(run for run in [*runs, *lower] if run)


def _with_particles(question: str, runs: Sequence[tuple[Token, ...]]) -> list[tuple[Token, ...]]:
    """Runs that a small word of names joins are one name: "Embalse del Rey"."""
    joined: list[tuple[Token, ...]] = []
    for run in runs:
        if run and joined and joined[-1] and _PARTICLE.fullmatch(question[joined[-1][-1].end : run[0].start]):
            joined[-1] = (*joined[-1], *run)
        else:
            joined.append(run)
    return joined


def located(text: str) -> list[Token]:
    """The countries and capitals that `text` says something was in.

    >>> [t.text for t in located("They met in the Austrian capital, in Vienna, about Peru.")]
    ['Austrian', 'Vienna']
    """
    return [t for t in tokens(text) if place(t.folded) and _IN.search(text, max(0, t.start - 40), t.start)]


def as_question(words: str) -> str:
    """What is typed as into a search box, as a question: a thing alone, or a question word behind what was done. Anything else as it is.

    >>> as_question("population of Norway"), as_question("Bergen treaty signed when"), as_question("Berthelsen on the dam"), as_question("Who won?")
    ('What is the population of Norway?', 'When was Bergen treaty signed?', 'Berthelsen on the dam', 'Who won?')
    """
    body = words.rstrip("?!. ")
    if (done := _PASSIVE.match(body)) and not _FINITE.search(done["what"]):
        return f"{done['word'].capitalize()} was {done['what']}?"
    measure = _MEASURE.match(body)
    if not measure or " " not in body or _BIDS.match(body) or _FINITE.search(re.sub(r"\b(?:who|which|that)\b.*", "", body)):
        return words
    thing = re.sub(r"^the ", "", body, flags=re.IGNORECASE)
    thing = thing[0].lower() + thing[1:] if measure["led"] else thing
    article = "" if re.match(r"(?:[A-Z]\S* )*\S+[’']s? ", thing) else "the "
    return f"What {'are' if _PLURAL.match(thing) else 'is'} {article}{thing}?"


def check_days(since: date | None, until: date | None) -> None:
    """Raises QuestionError for days between which there is none."""
    if since and until and since > until:
        raise QuestionError(f"nothing is from {since} on and up to {until}: give the earlier day as since, the later as until")


def check_question(question: str) -> str:
    """The question with single spaces. Raises QuestionError when it is empty, without letters, or too long."""
    asked = squash(question.replace("\x00", " ").encode("utf-8", "replace").decode())
    if not any(c.isalpha() for c in asked):
        raise QuestionError("the question has no words; type a question in words")
    if len(asked) > LONGEST:
        raise QuestionError(f"the question has {len(asked):,} characters; ask in {LONGEST:,} or fewer")
    return asked
