"""Which of the sentences that the reader has read are worth a second look by the judge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import attrgetter

from rag.comparable import likeness, named, shared
from rag.completed import dates_of
from rag.dates import find_dates
from rag.lexicon import forms, mentions_name, place
from rag.observed import ODDS, VERDICT, Observed
from rag.periods import MONTHS, WEEKDAYS, that_year
from rag.question import ask
from rag.text import named_runs, tokens
from rag.types import Document, first_of_each

LATEST = 1.7  # log-odds within which the latest article is looked for
JUDGED = 3  # sentences looked at twice: each costs a sixth of a second without bfloat16 units
TIED = 1.0  # log-odds behind the best within which more than those are, up to
MOST = 5
RIVAL = 2.0  # log-odds within which an article of which nothing is judged so far may say otherwise, one of the same days within one more
RIVALS = 2  # such articles at most
UNNAMED = 4  # sentences of articles that do not have a name of the question
SHARED = 3  # names, beside those of countries, that articles on one story have in common
DAYS = 4  # between two reports of one thing, at most
LIKELY = 2.0  # a span that is so good that one name is enough
POOR = -12.0  # the least good span of a report of the same days
ALIKE = 0.2  # of the words of two such reports, on one thing: of 40,000 pairs on two it is one in a thousand
_DOCUMENT = attrgetter("view.document")


def one_each(best: Sequence[Observed]) -> list[Observed]:
    """The best sentence of each article, the latest article first, of those that come close to the best of all."""
    close = [s for s in first_of_each(best, _DOCUMENT) if best[0].odds(ODDS) - s.odds(ODDS) < LATEST]
    return sorted(close, key=lambda s: s.view.document.published or date.min, reverse=True)[:JUDGED]


def worth_a_look(best: Sequence[Observed]) -> list[Observed]:
    """The best sentences, more where more are nearly as good, and the best of other articles where they come close: they may say otherwise."""
    behind = [best[0].odds(ODDS) - s.odds(ODDS) for s in best]
    many = min(MOST, max(JUDGED, sum(by < TIED for by in behind)))
    seen = {s.view.document.doc_id for s in best[:many]}
    others = [
        s
        for s, by in zip(best[many:], behind[many:], strict=True)
        if by < RIVAL + _of_the_same_days(s, best[0]) and s.view.document.doc_id not in seen
    ]
    close = first_of_each(others, _DOCUMENT)
    return [*best[:many], *close[:RIVALS]]


def unheard(answers: Sequence[Observed], judged: Sequence[Observed], best: Sequence[Observed]) -> list[Observed]:
    """The next best sentence of reports of the same days of which only such were judged that do not answer: they may say otherwise further on."""
    first = max(answers, key=lambda s: s.odds(VERDICT))
    heard, known = {s.view.document.doc_id for s in answers}, {(s.view.document.doc_id, s.view.span.start) for s in judged}
    tried = {doc_id for doc_id, _start in known} - heard
    others = [
        s
        for s in best
        if s.view.document.doc_id in tried
        and (s.view.document.doc_id, s.view.span.start) not in known
        and s.odds(ODDS) > best[0].odds(ODDS) - RIVAL
        and _of_the_same_days(s, first)
    ]
    return first_of_each(others, _DOCUMENT)[:RIVALS]


def unnamed(question: str, seen: Sequence[Observed]) -> list[Observed]:
    """The best sentences that were silenced for nothing but names that their article does not have: those of countries or peoples, as it may tell of a Czech
    as a man from Brno, or of any kind, where an article on the same story has them.
    """
    names = ask(question).names
    named = {s.view.document for s in seen if all(mentions_name(run, s.view.article) for run in names)}
    nameless = [s for s in seen if s.unnamed]
    kin = {d.doc_id for d in {s.view.document for s in nameless} if any(_of_one_story(d, other) for other in named)}

    def countries(s: Observed) -> bool:
        lacking = [run for run in names if not mentions_name(run, s.view.article)]
        elsewhere = any(place(t.folded) for t in tokens(s.view.around))
        return not elsewhere and all(len(run) == 1 and _is_country(run[0].folded) for run in lacking)

    told = [s for s in nameless if s.view.document.doc_id in kin or countries(s)]
    return sorted(told, key=lambda s: -s.odds(ODDS))[:UNNAMED]


def _is_country(word: str) -> bool:
    found = place(word) or place(word.removesuffix("s"))
    return found is not None and found[1] != "capital"


def linked(question: str, best: Observed, seen: Sequence[Observed]) -> list[Observed]:
    """The likeliest sentence of articles that lack a name of the question but tell of someone that a sure answer names, or share several names with its
    article; or were published within a few days of it and are alike, name somebody or something that it names, too, or tell of the day that is asked about: they may
    say otherwise.
    """
    known = forms(question) | {*MONTHS, *WEEKDAYS}
    runs = ([t for t in run if t.folded not in known and not place(t.folded)] for run in named_runs(best.view.text))
    names = [run for run in runs if len(run) > 1]  # a single word is shared by chance
    people = [run for run in ask(question).names if mentions_name(run, best.view.words) and not place(run[-1].folded)]

    def tells(s: Observed) -> bool:
        span, here, there = s.features["span"], best.view.document, s.view.document
        if _of_the_same_days(s, best) and (
            likeness(here, there) >= ALIKE or _of_one_story(here, there, few=True) or _tell_of(question, here, there)
        ):
            return span > POOR
        enough = 1 if span > LIKELY else SHARED
        return span > 0 and (any(mentions_name(run, s.view.words) for run in (*names, *people)) or shared(here, there) >= enough)

    told = [s for s in seen if s.unnamed and tells(s)]
    return first_of_each(sorted(told, key=lambda s: -s.odds(ODDS)), _DOCUMENT)[:RIVALS]


def _tell_of(question: str, *documents: Document) -> bool:
    """Whether the question names a day of which all of some articles tell: "the meteorite of 12 November"."""
    told = [(d.published, {m.period or that_year(m.text, d.published) for m in dates_of(d)} - {None}) for d in documents]
    return any(all(that_year(m.text, published) in days for published, days in told) for m in find_dates(question))


def _of_one_story(one: Document, other: Document, *, few: bool = False) -> bool:
    """Whether two articles have as many names in common as those on one story do, of one outlet or with `few` one less, and a name of several words among them."""
    same = few or (one.outlet is not None and one.outlet == other.outlet)
    common = (named(one) & named(other)) - {t.folded for d in (one, other) for t in tokens(d.outlet or "")}
    if sum(not place(name) for name in common) < SHARED - same:
        return False
    return any(len(run) > 1 and all(t.folded in common for t in run) for run in named_runs(one.text))


def _of_the_same_days(one: Observed, other: Observed) -> bool:
    """Whether two articles were published within a few days."""
    here, there = one.view.document.published, other.view.document.published
    return bool(here and there and abs((here - there).days) <= DAYS)
