"""Plain gates on evidence, which speak only where they are sure: a name, a place or a figure of the question that the article never mentions, a sentence
without anything of the sort that is asked for, be it a number, a sum of money, an age, a time, an hour or a name, or one of another thing of its sort.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from rag.completed import dates_of
from rag.dates import find_dates
from rag.lexicon import figures, in_digits, mentions_name, place, related, stem
from rag.periods import MONTHS, WEEKDAYS, on
from rag.question import Asked, located
from rag.tense import is_past_form
from rag.text import STOPWORDS, Token, squash, tokens
from rag.types import Document
from rag.views import View

_THERE = re.compile(
    r"\b(?:(?:in|at|inside|near|outside)(?: the)?|visit\w*(?: to)?|(?:trip|journey|travel\w*|fl[ey]w|go|goes|went|came|return\w*|invit\w*)(?: \w+){0,3} to)"
    r"(?: [a-z]+)? $",
    re.IGNORECASE,
)
_SORTS = {  # of answer, by what asks for them
    "age": re.compile(r"\bhow old\b|\bwhat age\b", re.IGNORECASE),
    "number": re.compile(r"\bhow many\b|^(?:what (?:is|was|were) )?(?:the )?number of\b", re.IGNORECASE),
    "money": re.compile(
        r"\bhow much\b.*\b(?:cost|pay|paid|earns?|spen[dt]|charged?|offer\w*|worth|salary|fined?|money|receive\w*|price)\b"
        r"|^(?:(?:what|how high) (?:is|was|were|are|will be) )?(?:the |its |their )?(?:\w+ )?(?:salary|price) of\b",
        re.IGNORECASE,
    ),
    "time": re.compile(
        r"^(?:and |so )?when (?:did|was|were|will|has|had)\b|^(?:(?:on|in) )?(?:what|which) (?:day|date|month|year)\b", re.IGNORECASE
    ),
    "hour": re.compile(r"^(?:at )?what time (?:does|do|did|is|was|were|will|are|has)\b", re.IGNORECASE),
    "name": re.compile(r"^(?:what|which)\b.*\b(?:names? of|title of|(?:is|was) called)\b", re.IGNORECASE),
}
_ASKS = re.compile(
    r"\W*(?:who|whom|whose|what|when|where|why|which|how|did|does|do|is|are|was|were|has|have|had|can|will)\b", re.IGNORECASE
)
_AGE = re.compile(
    r"\byears?[- ]old\b|\baged?\b|, \d{1,3}(?=[,.;]| and\b)|\(\d{1,3}\)|\bborn\b|\bbirthday\b|\bin (?:his|her|their) \w+ies\b|\bturn(?:s|ed)? \d"
    r"|\d{4}\s*[–-]\s*\d{4}|\b(?:died )?at \d{2,3}(?= \w|,)|\b(?:teenager|centenarian)s?\b",
    re.IGNORECASE,
)
_BEING = re.compile(
    r"\b(?:was|is|at|only|just|already) \d{1,3}(?=[.,;:)]|$| (?:when|and (?:s?he|had|was|is|has)|years)\b)"
)  # "She was ninety-eight when she died"
_LOOSE = re.compile(  # numbers without figures
    r"\b(?:no|none|nobody|hundreds?|thousands?|millions?|billions?|dozens?|scores?|half|third|quarter|both|pair|couple|several|few|many|most|all"
    r"|every|single|sole|only|twice|double[ds]?|triple[ds]?|majority|an? (?:\w+ )?(?:death|person|man|woman|victim|soldier|child|officer))\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$€£¥₹₽%]|\b(?:euros?|dollars?|pounds?|crowns?|pesos?|yen|yuan|rupees?|roubles?|rubles?|francs?|liras?|cents?|pence|kron\w+|dirhams?|manats?"
    r"|drams?|rials?|shekels?|rands?|[A-Z]{3} ?\d|\d ?[A-Z]{3}|free|nothing|million|billion|trillion|salary|wages?|per ?cent)\b"
)
_OF_A_PEOPLE = re.compile(r"['’]s?$|(?:an|ani|ari|ese|ish|[^aeiou]i)$")
_APART = {
    "ordinal": re.compile(r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"),
    "sex": re.compile(r"(?:wo)?men['’]?s?|(?:fe)?male|boys?['’]?s?|girls?['’]?s?"),
    "side": re.compile(r"(?:north|south|east|west)(?:ern)?|upper|lower"),
}
_HOW_LONG_AFTER = re.compile(r"\bhow many (?:day|week|month|year)s (?:after|before|later|earlier|passed|went by)\b", re.IGNORECASE)
_WITHDRAWN = re.compile(  # what a paper says that it said
    r"^[^“\"]*\b(?:we (?:wrongly |mistakenly |incorrectly )?(?:wrote|reported|stated)|(?:our|this (?:news)?paper|(?:an?|the) (?:earlier|previous|original) (?:version|edition|report|article)"
    r"|(?:yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday|last week)['’]s (?:report|article|story|edition))\b[^.;]{0,80}\b(?:wrote|reported|stated|said|gave|named|put|misstated|misnamed|misidentified))\b",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"\b(?:correction|corrects?|clarifi\w+|apologi[sz]e\w*|regret|mistake\w*|error|erroneous\w*|wrong|wrongly|incorrect\w*|mis(?:heard|hearing|stated|named|identified))\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r";|\b(?:instead|should have|in fact|rather than|actually|which is|who is)\b|\bbut (?!we regret)",
    re.IGNORECASE,
)
_HOUR = re.compile(
    r"\d{1,2}[.:]\d\d|\b\d{1,2} ?[ap]\.?m\b|\bo['’]clock\b|\b(?:noon|midday|midnight|dawn|daybreak|dusk|sunrise|sunset|daylight|nightfall|lunchtime|dinner|breakfast"
    r"|morning|afternoon|evening|night)s?\b|\b(?:at|by|from|until|till|before|after|around|about|towards?|past|to|and|between|nearly|shortly|exactly) \d{1,2}\b(?! ?(?:[a-z]+s\b|per|million|thousand|hundred|%))",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:ago|yesterday|today|tonight|tomorrow|mornings?|afternoons?|evenings?|nights?|overnight|weeks?|months?|years?|hours?|minutes?|days?|weekends?"
    r"|centur\w+|decades?|spring|summer|autumn|fall|winter|noon|midday|midnight|dawn|dusk|since|until|after|before|when|while|during|once|now|recent\w*"
    r"|soon|later|earlier|first|last|next|then|annual\w*|daily|weekly|monthly|\d{1,2}[:.]\d\d|\d{1,2} ?[ap]\.?m|BCE?|AD|1\d{3}s?|(?:in|by|around) \d{3})\b",
    re.IGNORECASE,
)


def lacks(question: str, text: str) -> str:
    """The sort of thing that is asked for, when a text has nothing of that sort; "" when it has, or no sort is asked for for sure.

    >>> lacks("How many riders does it employ?", "It has employed its riders since 2022."), lacks("How many came?", "Two of them came.")
    ('number', '')
    """
    sort = next((sort for sort, asks in _SORTS.items() if asks.search(question)), "")
    there: dict[str, Callable[[], object]] = {
        "age": lambda: _AGE.search(text) or _BEING.search(in_digits(text)),
        "number": lambda: _counts(text) or (_HOW_LONG_AFTER.search(question) and re.search(r"\b(?:after|before|later|earlier)\b", text)),
        "money": lambda: _MONEY.search(text),
        "time": lambda: find_dates(text) or _TIME.search(text),
        "hour": lambda: _HOUR.search(in_digits(text)),
        "name": lambda: _new_name(question, text),
    }
    return sort if sort and not there[sort]() else ""


def _counts(text: str) -> bool:
    """Whether a text has a number that is no date."""
    for mention in reversed(find_dates(text)):
        text = text[: mention.start] + text[mention.end :]
    return bool(figures(text) or re.search(r"\d", text) or _LOOSE.search(text))


def _new_name(question: str, text: str) -> bool:
    """Whether a text has a capitalised word, not at its beginning, that the question does not have, or is without capitals altogether."""
    asked = {t.folded for t in tokens(question)}
    return text.islower() or any(t.text[0].isupper() and t.folded not in asked for t in tokens(text)[1:])


def missing(asked: Asked, view: View) -> str:
    """What of the question the article never mentions: a name, a figure, or the place where it is said to have been; or the sort of thing asked
    for, when what would be quoted has nothing of that sort.
    """
    stated = view.article | _days(view.document)
    for run in asked.names:
        if not mentions_name(run, stated):
            return run[-1].text
    there = located(view.text)
    for name in asked.places:
        if there and name.folded not in view.words and not any(related(name.folded, t.folded) for t in there):
            return name.text
    unsaid = next((figure for figure in sorted(asked.figures) if figure.replace(",", "") not in stated), "")
    return unsaid or lacks(asked.question, view.shown.of(view.document.text))


@lru_cache(maxsize=1024)
def _days(document: Document) -> frozenset[str]:
    """The years, months and days that the dates of an article mean, its own among them: "Thursday" may be the 4 February that is asked about."""
    own = [on(document.published)] if document.published else []
    found: set[str] = set()
    for period in [*own, *(m.period for m in dates_of(document) if m.period)]:
        first, last = period.first, period.last
        found |= {str(first.year)} if first.year == last.year else set()
        found |= {f"{first:%B}".lower()} if (first.year, first.month) == (last.year, last.month) else set()
        found |= {str(first.day)} if period.day else set()
    return frozenset(found)


def of_another(asked: Asked, view: View) -> bool:
    """Whether a sentence tells of another thing of the sort that the question tells apart: "Norway's embassy" for Poland's, "her fourth novel" for the second.

    >>> from rag.question import ask
    >>> from rag.types import Document, Span
    >>> def seen(text):
    ...     words = frozenset(t.folded for t in tokens(text))
    ...     return View(Document("a", "", text), Span(0, len(text)), Span(0, len(text)), words, words, words, text, "", "")
    >>> of_another(ask("Who stormed the Polish embassy?"), seen("A gunman burst into Norway's embassy in Oslo."))
    True
    >>> of_another(ask("Who stormed the Polish embassy?"), seen("A gunman burst into the embassy."))
    False
    """
    here, there = told_apart(asked.question), told_apart(view.text)
    return any(
        thing in there and not any(_same(one, other) for other in [*there[thing], *tokens(view.text)])
        for thing, ones in here.items()
        for one in ones
    )


def told_apart(text: str) -> dict[tuple[str, str], list[Token]]:
    """What tells each thing of a text from others of its sort, by its stem and what kind of word that is: a country, an owner, an ordinal, a sex, a side.

    >>> {key: [t.text for t in ones] for key, ones in told_apart("Poland's new embassy and the second navy fell in May.").items()}
    {('embassi', 'country'): ["Poland's"], ('navi', 'ordinal'): ['second']}
    """
    found: dict[tuple[str, str], list[Token]] = {}
    each = tokens(text)
    for n, token in enumerate(each):
        kind = next((kind for kind, words in _APART.items() if words.fullmatch(token.folded)), "")
        kind = kind or _owner(token, first=n == 0)
        thing = ""
        for before, noun in pairwise(each[n : n + 4] if kind else ()):
            if noun.is_name or noun.folded in STOPWORDS or is_past_form(noun.folded) or text[before.end : noun.start] != " ":
                break
            thing = stem(noun.folded)
        if thing:
            found.setdefault((thing, kind), []).append(token)
    return found


def _owner(token: Token, *, first: bool) -> str:
    """What sort of owner a name is: a known country or people, or another that is written like one; "" for none, and for a capital, which may mean either."""
    if not token.is_name or token.folded in {*MONTHS, *WEEKDAYS, *STOPWORDS}:
        return ""
    if known := place(token.folded):
        return "" if known[1] == "capital" else "country"
    return "owner" if re.search(r"['’]s?$", token.text) or (not first and _OF_A_PEOPLE.search(token.text)) else ""


def _same(one: Token, other: Token) -> bool:
    """Whether two words tell the same apart: of one country, or alike but for their ending: Mardistan and Mardistani."""
    here, there = (re.sub(r"['’]s?$", "", t.folded) for t in (one, other))
    return here == there or related(here, there) or (len(here) > 5 and here[:5] == there[:5])


def repeats(question: str, text: str) -> bool:
    """Whether a text asks the question itself, word for word: it does not answer it, whatever else it says in the same breath.

    Only of a question, or of words with its mark behind them: what is typed as into a search box may well stand in the sentence that answers.

    >>> repeats("What did it cost?", "If anyone asks “What did it cost?”, say nothing."), repeats("What did it cost?", "It did cost a lot.")
    (True, False)
    """
    asked = " ".join(t.folded for t in tokens(question))
    if asked.count(" ") < 3:
        return False
    marked = question.rstrip().endswith("?") and squash(question).casefold() in squash(text).casefold()
    return marked or (bool(_ASKS.match(question)) and f" {asked} " in f" {' '.join(t.folded for t in tokens(text))} ")


def withdrawn(text: str, around: str) -> bool:
    """Whether a text tells only what its paper had said before and now corrects, in the words `around` it.

    >>> withdrawn("Our report on Monday gave the toll as fifteen.", "Our report on Monday gave the toll as fifteen. It is five; we regret the error.")
    True
    >>> withdrawn("We wrote that she won, but she came third.", "Correction"), withdrawn("As we reported, she won.", "She won.")
    (False, False)
    """
    return bool(_WITHDRAWN.search(text) and _ERROR.search(around)) and not _INSTEAD.search(text)


def placed(asked: Asked, view: View) -> bool:
    """Whether the places where the question says something was are near the sentence, or it, or all that the title tells of, was in their
    country or capital.

    A capital must be said to be where something was: "Vienna" alone may stand for a government ("asked Vienna to help").
    """
    there = located(view.text) + located(view.document.title)
    return all(_near(name, view) or any(related(name.folded, t.folded) for t in there) for name in asked.places)


def _near(name: Token, view: View) -> bool:
    kind = place(name.folded)
    if kind is None or kind[1] != "capital":
        return name.folded in view.near
    return any(t.folded == name.folded and _THERE.search(view.around, max(0, t.start - 60), t.start) for t in tokens(view.around))
