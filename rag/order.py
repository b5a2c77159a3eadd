"""Questions about order: "Which came first, the fire or the strike?", "Was the bridge opened before or after the mayor resigned?", "What happened after
the ceasefire?".

Each of two things is looked up by itself; what is said of their order follows from the dates of the two quotes, and where it does not a sentence must tell it in words.
What happened after a thing is asked of the time after it, once a quote has said when that was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import simplemma

from rag.counted import SUPERLATIVE
from rag.dates import find_dates
from rag.lexicon import forms, mentions, place
from rag.periods import DateMention, Period
from rag.phrases import main_verb
from rag.scope import Scope
from rag.tense import is_past_form
from rag.text import content_tokens, squash, tokens
from rag.types import Evidence, Sentence
from rag.verify import cite, context

_BE = r"(?:was|were|is|are|did|does|do|has|have|had)"
_WHICH = re.compile(
    r"^(?:which|what|who)\b(?! (?:did|does|do|will)\b)(?P<head>[^,:?]*?)(?<!\bthe)(?<!\ba)(?<!\bits)(?<!['’]s) (?P<word>first|earlier|earliest|later|last)(?P<tail>(?: (?:in|at|on|of) [^,:?]*)?)"
    r"[,:]\s*(?P<one>[^?]+?),? or (?P<other>[^?]+?)\W*$",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"^(?:which|who)\b[^,:?]*? (?:was|were|is)(?: the)? (?P<word>first|last) to (?P<did>[^:?]+?)[,:]\s*(?P<one>[^?,]+?),? or (?P<other>[^?,]+?)\W*$",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"^(?P<aux>{_BE}) (?P<one>.+?) (?P<word>before or after|after or before) (?P<other>.+?)\W*$", re.IGNORECASE)
_EITHER = re.compile(r"^(?:and )?did (?P<one>.+?) or (?P<rest>.+?) (?P<word>first|last)\W*$", re.IGNORECASE)
_WHERE = re.compile(
    rf"^(?P<about>{_BE} .+? (?:in|by|at|for|on|from|with|to)) (?P<one>.+?) or (?:(?:in|by|at|for|on|from|with|to) )?(?P<other>.+?) (?P<word>first|last)\W*$",
    re.IGNORECASE,
)
_ONE_OR_OTHER = re.compile(rf"^(?P<about>{_BE}) (?P<one>.+?) or (?P<rest>.+?) (?P<word>first|last)\W*$", re.IGNORECASE)
_TELLS = re.compile(r"\b(?:before|after|earlier|later|first|prior to|following|ahead of|until|once|then|since|already)\b", re.IGNORECASE)
_RANKS = re.compile(  # a place in a race or a vote, and no time
    r"\bfinish\w*\b|\b(?:team|party|driver|player|club|candidate|athlete|runner|rider|swimmer|side|horse|film|song)s? (?:came|ranked|placed|(?:is|was) (?:first|last))\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:more|less|better|worse|fewer|open|[a-z]{3,}(?<!aft)(?<!memb)(?<!und)(?<!ov)(?:ier|her|fer|ger|ler|wer))$|^(?:more|fewer|less)\b",
    re.IGNORECASE,
)
_DID = re.compile(
    r"(?:(?:of (?:the (?:two )?\w+|them)|[a-z]+) )?(?P<verb>(?!(?:did|had|has|the)\b)[a-z]+)(?P<what>(?: (?:the|an?|its|his|her|their|[A-Z]).*)?)"
)
_DONE = re.compile(  # "which of the two banks was taken over first"
    r"(?:of (?:the (?:two )?\w+|them)|[a-z]+) (?P<be>was|were) (?P<done>[a-z]+(?:ed|en|wn|ld|lt|ht|ut|un)\b(?: .*)?)"
)
_PRESENT = {
    "won": "win",
    "left": "leave",
    "broke": "break",
    "rose": "rise",
    "shot": "shoot",
}  # which the dictionary has as words of their own
_COMMON = re.compile(r"\b(?:came|come|comes|happened|happens?|took place|was|were|is|occurred)\b", re.IGNORECASE)


_HAPPENED = r"what(?: else| exactly)?(?:['’]s| (?:has|had|is|was))?(?: been)? (?:happened|happening|occurred|changed|going on|took place|taken place|became of|become of)\b"
_EVENT = (
    r"(?P<word>after|since|following|before) (?P<event>(?:(?:the|a|an|this|that|his|her|its|their) |[\w’'-]+['’]s? |(?-i:[A-Z]))[^,;:?]+?)"
)
_SEQUEL = re.compile(rf"^(?P<asked>{_HAPPENED}[^?]*?),? {_EVENT}\W*$", re.IGNORECASE)
_SEQUEL_LAST = re.compile(rf"^{_EVENT}, (?P<asked>{_HAPPENED}[^?]*?)\W*$", re.IGNORECASE)
_NO_EVENT = re.compile(r"\b(?:and|or|who|whom|which|that|he|she|they|it|court|committee|parliament|council|judge)\b", re.IGNORECASE)
_OTHER_TIME = re.compile(
    r"\b(?:the|named|looks?|looking|in|on|and|or|day|night|morning|hours?|minutes?|weeks?|months?|years?|shortly|soon|long|immediately|just|right)$",
    re.IGNORECASE,
)


_OF_TIME = frozenset(
    """first second third fourth last final end start beginning middle half quarter day night morning afternoon evening week weekend fortnight month season spring
    summer autumn winter year decade period""".split()
)


@dataclass(frozen=True, slots=True)
class Order:
    """Two things, what is asked of both beside their order, and which of them is asked for: the "first", the "last", or, where that is not asked, how
    one stands "to" the other.
    """

    one: str
    other: str
    about: str
    asks: str
    behind: bool = False  # the things end what is asked: "was it sold in"

    def questions(self) -> tuple[str, str]:
        """When each of them was, as a question of its own."""
        if self.about.startswith("did ") and not self.behind:
            return tuple(squash(f"When did {thing} {self.about[4:]}?") for thing in (self.one, self.other))  # type: ignore[return-value]  # two of them
        if self.asks != "to":
            return tuple(squash(f"When {self.about} {thing}?") for thing in (self.one, self.other))  # type: ignore[return-value]  # two of them
        return squash(f"When {self.about} {self.one}?"), squash(f"When was it that {self.other}?")

    def told_in(self, text: str) -> bool:
        """Whether a text speaks of both, and of an order."""
        said = forms(text)
        spoken = ([mentions(t, said) for t in content_tokens(thing)] for thing in (self.one, self.other))
        return bool(_TELLS.search(text)) and all(2 * sum(each) >= len(each) for each in spoken)


def read_order(question: str) -> Order | None:  # noqa: PLR0911  # one way of asking it each
    """What a question about order compares; None for any other.

    >>> read_order("Which came first in Bergen, the fire or the strike?").questions()
    ('When was in Bergen the fire?', 'When was in Bergen the strike?')
    >>> read_order("Who came first?")
    """
    if _RANKS.search(question):
        return None
    if which := _WHICH.match(question):
        asks = "last" if which["word"].lower() in {"last", "later"} else "first"
        if done := _DONE.fullmatch(which["head"].strip()):
            return Order(f"{which['one']} {done['done']}", f"{which['other']} {done['done']}", done["be"], asks)
        if re.search(r", (?!(?:the|a|an|in|on|at)\b)", which["one"]) and not place(tokens(which["one"])[-1].folded):
            return None  # three things
        about = (
            f"was {_COMMON.sub('', which['head'])} {which['tail']}" if _COMMON.search(which["head"]) else f"{which['head']} {which['tail']}"
        )
        did = _DID.fullmatch(which["head"].strip())
        if did and is_past_form(did["verb"]) and not _COMMON.search(which["head"]):  # "which country struck first"
            about = f"did {_PRESENT.get(did['verb']) or simplemma.lemmatize(did['verb'], 'en')}{did['what']} {which['tail']}"
        return Order(which["one"], which["other"], squash(about), asks)
    if who := _WHO.match(question):
        return Order(who["one"], who["other"], f"did {who['did']}", who["word"].lower())
    if either := _either(question):
        return either
    if (before := _BEFORE.match(question)) and not find_dates(before["other"]) and not _COMPARED.search(before["one"]):
        return Order(before["one"], before["other"], before["aux"].lower(), "to")
    return None


def _either(question: str) -> Order | None:
    """What "Did the tunnel or the bridge open first?" and "Was it sold in Bergen or in Oslo first?" compare."""
    where = _WHERE.match(question)
    either = _EITHER.match(question) or _ONE_OR_OTHER.match(question)
    about = ((either.groupdict().get("about") if either else "") or "did").lower()
    verb = main_verb(f"{about} {either['rest']}") - len(about) - 1 if either else 0
    if not either or not 0 < verb < len(either["rest"]):
        return where and Order(
            where["one"], where["other"], where["about"][:1].lower() + where["about"][1:], where["word"].lower(), behind=True
        )
    one, did = (either["one"], either["rest"][verb:])
    if about != "did":  # "was the tunnel or the bridge opened first"
        return Order(f"{one} {did}", f"{either['rest'][:verb].strip()} {did}", about, either["word"].lower())
    return Order(one, either["rest"][:verb].strip(), f"did {did}", either["word"].lower())


@dataclass(frozen=True, slots=True)
class Sequel:
    """What is asked of the time after an event, or `before` it."""

    asked: str
    event: str
    before: bool

    def question(self) -> str:
        """When the event was, as a question of its own."""
        clause = any(is_past_form(t.folded) and not t.is_name for t in tokens(self.event)[1:])
        return f"When was {'it that ' * clause}{self.event}?"

    def after(self, anchor: Evidence) -> After | None:
        """The time after or before the event, by what is said of when it was; None where that does not tell. After a month is from its first day on."""
        period = when(anchor)
        if period is None:
            return None
        ahead = timedelta(days=1) if period.day else timedelta()
        return After(self.asked, Scope(until=period.last - ahead) if self.before else Scope(since=period.first + ahead), anchor)


@dataclass(frozen=True, slots=True)
class After:
    """What is asked of the time after an event, or before it, that time, and what tells when the event was."""

    asked: str
    scope: Scope
    anchor: Evidence

    def holds(self, evidence: Evidence) -> bool:
        """Whether evidence may tell of that time: the article that tells when the event was does only where it states a date of the time."""
        dates = find_dates(evidence.text, evidence.document.published, before=context(evidence))
        return evidence.document.doc_id != self.anchor.document.doc_id or any(d.period and self.scope.holds(d.period) for d in dates)


def read_sequel(question: str) -> Sequel | None:
    """What a question asks of the time after an event; None for any other, and for one that names nothing but the days, which is a scope.

    >>> read_sequel("What happened in Bergen after the strike?")
    Sequel(asked='What happened in Bergen?', event='the strike', before=False)
    >>> read_sequel("What happened after 3 May 2021?"), read_sequel("What happened the day after the fire?")
    (None, None)
    """
    found = _SEQUEL.match(question) or _SEQUEL_LAST.match(question)
    dates = find_dates(found["event"]) if found else []
    if (
        not found
        or len(find_dates(question)) > len(dates)
        or (dates and not _named_beside(found["event"], dates))
        or _NO_EVENT.search(found["event"])
        or _OTHER_TIME.search(found["asked"])
    ):
        return None
    asked = f"{found['asked'][:1].upper()}{found['asked'][1:]}?"
    return Sequel(asked if content_tokens(asked) else question, found["event"], found["word"].lower() == "before")


def _named_beside(event: str, dates: Sequence[DateMention]) -> bool:
    """Whether words of an event name it beside its one date: "the track was relaid in January 2023", not "the first week of May"."""
    beside = content_tokens(event[: dates[0].start] + event[dates[0].end :])
    return len(dates) == 1 and any(t.folded not in _OF_TIME for t in beside)


def when(evidence: Evidence) -> Period | None:
    """The days that the words which answer state, else the only date of the quote, unless it stands in an aside or says since or before when; None where
    that is not clear.
    """
    dates = find_dates(evidence.text, evidence.document.published, before=context(evidence))
    at = evidence.text.find(evidence.value) if evidence.value else -1
    dates = [d for d in dates if not SUPERLATIVE.search(evidence.text[: d.start])]
    meant = [d for d in dates if at >= 0 and d.start < at + len(evidence.value) and at < d.end]
    alone = [d for d in dates if len(dates) == 1 and not _beside(evidence.text, d)]
    chosen = meant or alone
    return chosen[0].period if chosen else None


def _beside(text: str, mention: DateMention) -> bool:
    """Whether a date stands in an aside between commas, or only bounds when something was."""
    before, after = text[: mention.start], text[mention.end :]
    aside = "," in before and re.match(r"[^.;]*,", after)
    return bool(aside or re.search(r"\b(?:since|until|before|after|from|than) (?:\w+ )?$", before))


def compared(order: Order, one: Evidence, other: Evidence) -> list[Sentence]:
    """The order of the two, told with both dates and both quotes; empty where the dates do not tell it."""
    there, here = when(one), when(other)
    if there is None or here is None or (there.last >= here.first and here.last >= there.first):
        return []
    first = there.last < here.first
    things = ((order.one, there), (order.other, here))
    dated = "; ".join(f"{thing[:1].upper()}{thing[1:]}: {period}" for thing, period in (things if first else reversed(things)))
    asked = order.one if first == (order.asks == "first") else order.other
    came = f"{order.one} {'before' if first else 'after'} {order.other}" if order.asks == "to" else f"{asked} came {order.asks}"
    return [Sentence(f"{dated}. So {came}.", (cite(one, 1), cite(other, 2)))]
