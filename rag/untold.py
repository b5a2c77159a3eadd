"""What an article itself says that it does not tell: "without giving a reason", "his successor has not been named", "an undisclosed sum".

Such a sentence has all the words of the question and no answer; it is no evidence, and the best reason for a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rag.lexicon import figures, forms
from rag.periods import MONTHS, WEEKDAYS
from rag.text import STOPWORDS, named_runs

_NOT = r"(?:(?:did|does|do|would|could|will|has|have|had|was|were|is|are)(?: not|n[’']t)|without|declin\w+ to|refus\w+ to|fail\w* to|never)"
_SAY = r"(?:say(?:ing)?|said|giv(?:e|ing|en)|disclos\w+|reveal\w*|explain\w*|specif\w+|nam(?:e|ing|ed)|identif\w+|tell(?:ing)?|told|stat(?:e|ing|ed)|elaborat\w+|announc\w+|publish\w+|made public|known|been)"
_KEPT = r"(?:not|never|yet to be|nor) (?:yet )?(?:been |be )?(?:given|disclosed|revealed|made public|known|stated|announced|published|explained|specified|released)"


def _untold(what: str, *more: str, asking: str = "") -> re.Pattern[str]:
    """Words that say of something that it is not told: `what`, or the word `asking` for it, behind a verb that is denied; `what` before one; or one of `more`."""
    what = rf"(?:an? |any |the |its |his |her |their )?{what}"
    ways = (
        rf"\b{_NOT}(?: \w+)? {_SAY}(?: \w+)? (?:{what}" + (rf"|{asking}\b)" if asking else ")"),
        rf"\b{what}(?: (?!that|who|which|was|were|is)[\w’'-]+){{0,6}} (?:(?:has|have|had|was|were|is|are)(?:n[’']t)? )?{_KEPT}",
        rf"\b(?:no|nor) {what} (?:has |have |had )?(?:was|were|been|is|are) (?:given|disclosed|stated|known|offered|announced|set|named|fixed)",
        rf"\b(?:gave|giving|given|give|offered|named|set) no {what}",
    )
    return re.compile("|".join([*ways, *more]), re.IGNORECASE)


_UNTOLD = (  # what asks for something, what says that it is not told, and the sort of words that tell it after all
    (
        re.compile(
            r"^(?:and |so |but )?(?:why|for what reason|what (?:was|is|were) the (?:reason|motive|grounds?)|how come)\b", re.IGNORECASE
        ),
        _untold(r"(?:reasons?|motives?|grounds|explanation)\b", asking="why"),
        "reason",
    ),
    (
        re.compile(
            r"^(?:and |so |but )?(?:who|whom|whose|which (?:man|woman|person|people|company|firm|country))\b|\bnames? of\b", re.IGNORECASE
        ),
        _untold(
            r"(?:names?|identity|identities|successor)\b",
            r"\b(?:(?:has|have|had|was|were|is|are) (?:not|yet to)|(?:hasn|haven|hadn|wasn|weren|isn|aren)[’']t)(?: yet)?(?: been| be)? (?:named|identified|chosen|appointed|decided)\b",
            r"\bdeclin\w+ to (?:name|identify)\b",
        ),
        "name",
    ),
    (
        re.compile(r"^(?:and |so |but )?how much\b|\bwhat (?:sum|price|fee|amount|salary)\b", re.IGNORECASE),
        _untold(
            r"(?:sums?|prices?|fees?|amounts?|salary|costs?|terms|how much)\b",
            r"\bundisclosed (?:sum|amount|fee|price)\b",
        ),
        "number",
    ),
    (
        re.compile(r"^(?:and |so |but )?how many\b|\bnumber of\b", re.IGNORECASE),
        _untold(r"(?:exact )?(?:numbers?|figures?|tolls?|how many)\b"),
        "number",
    ),
    (
        re.compile(r"^(?:and |so |but )?(?:when|(?:on |in )?(?:what|which) (?:day|date|month|year))\b", re.IGNORECASE),
        _untold(r"(?:exact )?(?:dates?|timetable)\b", asking="when"),
        "number",
    ),
    (
        re.compile(r"^(?:and |so |but )?(?:where|(?:in |at )?(?:what|which) (?:place|town|city|village))\b", re.IGNORECASE),
        _untold(
            r"(?:exact )?(?:locations?|places?|whereabouts|venue)\b",
            r"\bundisclosed (?:location|place)\b",
            asking="where",
        ),
        "name",
    ),
)
_BECAUSE = re.compile(
    r"\b(?:because|due to|owing to|as a result of|on the grounds that|reason was|to (?:save|avoid|protest|prevent|spare)|over)\b",
    re.IGNORECASE,
)


def untold(question: str, text: str) -> str:
    """The words of a text that say that it does not tell what is asked; "" where it has none, or has something else that may answer.

    >>> untold("Why was it shut?", "It was shut on Monday without giving a reason."), untold("When was it shut?", "It was shut without giving a reason.")
    ('without giving a reason', '')
    >>> untold("Who will replace him?", "His successor has not been named."), untold("How much did it fetch?", "It went for an undisclosed sum.")
    ('has not been named', 'undisclosed sum')
    """
    asked = next(((says, kind) for asks, says, kind in _UNTOLD if asks.search(question)), None)
    found = asked[0].search(text) if asked else None
    if asked is None or found is None:
        return ""
    return "" if _TELLS[asked[1]](question, text) else found.group()


def _names_another(question: str, text: str) -> bool:
    """Whether a text has a name that the question has not."""
    known = {*STOPWORDS, *MONTHS, *WEEKDAYS} | forms(question)
    return any(not known & {t.folded for t in run} for run in named_runs(text))


_TELLS: dict[str, Callable[[str, str], bool]] = {  # whether a text has what may answer after all
    "name": _names_another,
    "number": lambda _question, text: bool(figures(text)),
    "reason": lambda _question, text: bool(_BECAUSE.search(text)),
}
