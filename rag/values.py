"""Whether two short answers say the same: numbers with "more than" and "nearly" as ranges, dates as days, names by their spellings.

None is said where that cannot be told: words that are neither number, date nor name are never compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.dates import find_dates
from rag.lexicon import in_digits, place, related, same_name
from rag.periods import MONTHS, WEEKDAYS, Period, that_year
from rag.text import STOPWORDS, Token, named_runs, squash

_SCALE = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_NUMBER = re.compile(r"(?<![\w.,])(\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d:]|st\b|nd\b|rd\b|th\b)", re.IGNORECASE)
_SCALED = re.compile(
    r"(?<![\w.,])(\d+(?:,\d{3})*(?:\.\d+)?)(?:[- ]?(hundred|thousand|million|billion|trillion|bn|mn)|([mk]))\b", re.IGNORECASE
)
_ABOVE = re.compile(
    r"\b(?:more than|over|at least|upwards? of|in excess of|above|exceed\w*|topp\w+|pass\w+|no (?:fewer|less) than|well over|just over)\W*(?:\w+\W+)?$",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"\b(?:fewer than|less than|under|below|nearly|almost|close to|up to|at most|just under|not quite|no more than)\W*(?:\w+\W+)?$",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"\b(?:about|around|roughly|approximately|some|an estimated|estimated|or so|circa|nearly|almost|close to)\W*(?:\w+\W+)?$", re.IGNORECASE
)
_ABOUT = re.compile(r"\b(?:about|around|roughly|approximately|some|estimated|circa|nearly|almost|close to)\b", re.IGNORECASE)
_DOZEN = re.compile(r"\b(?:(a|one|two|three|four|half a) )?dozen\b", re.IGNORECASE)
_LOOSELY = "loosely"  # put behind a dozen: more than that may be many more
_DOZENS = {"half a": "6", "two": "24", "three": "36", "four": "48"}
_LENGTHS = ("day", "week", "month", "year", "hour", "minute")
_LENGTH = rf"(?P<unit>{'|'.join(_LENGTHS)})"
_LASTING = re.compile(
    rf" {_LENGTH}s\b(?! old)|(?:-| ){_LENGTH.replace('unit', 'one')}\b(?![- ][a-z])| (?:to|or) \d+ {_LENGTH.replace('unit', 'range')}s\b",
    re.IGNORECASE,
)
_FORTNIGHT = re.compile(r"\b(?:a|one) fortnight\b", re.IGNORECASE)
_MEASURES = {  # what stands behind a number: how much of the base unit it is
    "km|kms|kilomet(?:re|er)s?": (1e3, "m"),
    "miles?": (1609.34, "m"),
    "m|met(?:re|er)s?": (1.0, "m"),
    "ft|feet|foot": (0.3048, "m"),
    "cm|centimet(?:re|er)s?": (0.01, "m"),
    "hectares?|ha": (1e4, "m2"),
    "acres?": (4046.86, "m2"),
    "tonnes?|tons?": (1e3, "kg"),
    "kg|kgs|kilos?|kilograms?|kilogrammes?": (1.0, "kg"),
    "euros?": (1.0, "€"),
    "dollars?": (1.0, "$"),
    "yen": (1.0, "¥"),
    "crowns?|kron(?:a|e|or|er|ur|en)": (1.0, "crown"),
    "rou?bles?": (1.0, "rouble"),
} | {
    f"{name}s?": (1.0, name)
    for name in "rupee franc dinar dirham peso shilling forint ringgit rand zloty baht lira yuan taka naira".split()
}
_MEASURE = re.compile("|".join(rf"(?:[- ]?(?P<u{n}>{words})\b)" for n, words in enumerate(_MEASURES)))
_DEGREES = re.compile(r" ?(?:°|degrees? )?(?P<scale>[FC]|Fahrenheit|Celsius)\b")
_MONEY = re.compile(r"(?P<sign>[$€£¥₹])\s?$|\b(?P<code>Rs|Sh|KSh|USh|Tk|RM)\.? ?$")
_CODES = {"Rs": "rupee", "₹": "rupee", "Sh": "shilling", "KSh": "shilling", "USh": "shilling", "Tk": "taka", "RM": "ringgit"}
_WHERE = re.compile(r"\b(?:in|at|near|outside|of) (?:the )?(?:[A-Z][\w’'-]* )*$")
ROUNDED = 0.025  # of a number that is given round
_TITLES = frozenset(
    """mr mrs ms miss dr prof professor sir dame lord lady mayor president minister prime premier chancellor king queen prince princess judge justice
    captain general colonel major sergeant coach senator governor councillor chairman chairwoman father sister bishop st""".split()
)
MARGIN = 0.1  # of "more than", "nearly" and "about"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a range, with the sign of a share, of money, or of the unit in which it is counted: days, metres, square metres, kilograms, degrees Celsius."""

    low: float
    high: float
    unit: str

    def meets(self, other: Quantity) -> bool:
        """Whether both may be the same number: the ranges overlap, or one is the other, rounded."""
        overlap = self.low <= other.high and other.low <= self.high
        close = abs(self.low - other.low) <= ROUNDED * max(abs(self.low), abs(other.low))
        return overlap or (close and (_is_round(self.low) or _is_round(other.low)))


def _is_round(number: float) -> bool:
    """Whether a number of hundreds or more has at most two digits that are no noughts."""
    return number >= 100 and number == int(number) and len(str(int(number)).rstrip("0")) <= 2


@dataclass(frozen=True, slots=True)
class Said:
    """A value in the sentence that gives it, by the date of its article."""

    text: str
    value: str
    published: date | None = None

    @property
    def at(self) -> tuple[int, int]:
        """Where the value stands; the whole sentence where it is empty."""
        start = self.text.find(self.value) if self.value else -1
        return (start, start + len(self.value)) if start >= 0 else (0, len(self.text))


def quantities(text: str) -> list[Quantity]:
    """The numbers of a text that belong to no date, in order.

    >>> [(q.low, q.high) for q in quantities("more than 5,000 of two million")]
    [(5000.0, 5500.0), (2000000.0, 2000000.0)]
    """
    for mention in reversed(find_dates(text)):
        counts = re.search(r" (?:after|before) ", mention.text)  # "two days after the vote" has a number
        text = text if counts else text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    text = re.sub(r"\b(Rs|Sh|KSh|USh|Tk|RM)\.?(?=\d)", r"\1 ", text)
    text = re.sub(r"([$€£¥₹]\s?\d[\d.,]*) ([mk])\b", r"\1\2", text, flags=re.IGNORECASE)
    text = _SCALED.sub(lambda m: f"{float(m[1].replace(',', '')) * _SCALE[(m[2] or m[3]).lower()]:.0f}", text)
    text = _FORTNIGHT.sub("14 days", text)
    text = _DOZEN.sub(lambda m: f"{_DOZENS.get((m[1] or '').lower(), '12')} {_LOOSELY}", text)
    text = in_digits(text)
    return [_quantity(text, match) for match in _NUMBER.finditer(text)]


def _quantity(text: str, match: re.Match[str]) -> Quantity:
    sign = -1 if re.search(r"(?<![\w)])[-−]$", text[: match.start()]) else 1
    before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() : match.end() + 20]
    loosely, after = after.startswith(f" {_LOOSELY}"), after.removeprefix(f" {_LOOSELY}")
    factor, unit = _unit(before, after)
    number = sign * float(match[1].replace(",", "")) * factor
    number = (number - 32) / 1.8 if unit == "F" else number
    low, high = number, number
    if _ABOVE.search(before):
        high = number * (2 if loosely else 1 + MARGIN)
    elif _BELOW.search(before):
        low = number * (1 - MARGIN)
    elif _NEAR.search(before):
        low, high = number * (1 - MARGIN), number * (1 + MARGIN)
    return Quantity(low, high, "C" if unit == "F" else unit)


def _unit(before: str, after: str) -> tuple[float, str]:
    """How much of which unit one of what is counted is, by what stands before and behind a number."""
    if re.match(r"\s?(?:%|per ?cent|percent|percentage)", after):
        return 1.0, "%"
    if money := _MONEY.search(before):
        return 1.0, _CODES.get(money["sign"] or money["code"], money["sign"] or "")
    if lasting := _LASTING.match(after):
        length = next(unit for unit in lasting.groups() if unit).lower()
        return (7.0, "day") if length == "week" else (1.0, length)
    if degrees := _DEGREES.match(after):
        return 1.0, degrees["scale"][0]
    measure = _MEASURE.match(after)
    return list(_MEASURES.values())[int((measure.lastgroup or "u0")[1:])] if measure else (1.0, "")


def counted_apart(one: Said, other: Said) -> bool:
    """Whether two numbers are counted in units of which neither is known in the other: two currencies, or metres and kilograms; weeks and months are not.

    >>> counted_apart(Said("It cost $8 million.", "$8 million"), Said("It cost 30 million shillings.", "30 million shillings"))
    True
    """
    here, there = ({"time" if q.unit in _LENGTHS else q.unit for q in _numbers(said)} - {"", "%"} for said in (one, other))
    return bool(here and there and here.isdisjoint(there))


def is_rounded(one: Said, other: Said) -> bool:
    """Whether the one number of a value is given as about so much, and the other is exact and may be the same.

    >>> is_rounded(Said("It cost about 1.3 billion.", "about 1.3 billion"), Said("It cost 1.27 billion.", "1.27 billion"))
    True
    >>> is_rounded(Said("It killed at least 20.", "20"), Said("It killed 21.", "21"))
    False
    """
    here, there = _numbers(one), _numbers(other)
    start, end = one.at
    about = len(here) == len(there) == 1 and _ABOUT.search(one.text[max(0, start - 20) : end])
    exact = about and there[0].low == there[0].high and here[0].unit in {there[0].unit, ""}
    return bool(exact) and here[0].low < there[0].low < here[0].high


def alike(one: Said, other: Said, kind: str) -> bool | None:
    """Whether two values say the same, of a `kind`: number, date, place or name; None where that cannot be told.

    >>> alike(Said("Three climbers came.", "Three"), Said("All 3 came.", "3"), "number"), alike(Said("5,000", ""), Said("over 6,500", ""), "number")
    (True, False)
    >>> alike(Said("Ida Holm won.", "Ida Holm"), Said("Holm won.", "Holm"), "name"), alike(Said("It was cold.", "cold"), Said("Snow", ""), "name")
    (True, None)
    """
    if kind == "number":
        return _alike_numbers(_numbers(one), _numbers(other))
    if kind == "date":
        found = _alike_dates(periods(one), periods(other))
        return _alike_months(one, other) if found is None else found
    return _alike_names(_names(one, kind), _names(other, kind), kind)


def _numbers(said: Said) -> list[Quantity]:
    """The numbers of a value, with the "more than" before it; those of the sentence where the value has none."""
    start, end = said.at
    before = re.search(r"(?:\w+ ){0,3}\W?$", said.text[:start])
    context = before.group() if before else ""
    behind = said.text[end:]
    share = re.match(r"\s?(?:%|per ?cent|percent|million|billion|thousand)", behind)
    unit = share or _LASTING.match(behind) or _MEASURE.match(behind) or _DEGREES.match(behind)
    return (
        quantities(said.text[start:end])
        and quantities(context + said.text[start : end + len(unit.group() if unit else "")])[-len(quantities(said.text[start:end])) :]
    )


def _alike_numbers(here: Sequence[Quantity], there: Sequence[Quantity]) -> bool | None:
    """Of as many numbers each must be the same as its fellow ("3-2", "2-1"); a share is never held against a count, nor one currency against another."""
    if not here or not there:
        return None
    units = [{q.unit for q in side} for side in (here, there)]
    share, signs = "%" in units[0] | units[1], [side - {"", "%"} for side in units]
    if units[0].isdisjoint(units[1]) and (share or all(signs)):
        return None
    if len(here) == len(there):
        return all(a.meets(b) for a, b in zip(here, there, strict=True))
    return any(a.meets(b) for a in here for b in there)


def periods(said: Said) -> list[Period]:
    """The days of each date of a value, as its sentence means them."""
    start, end = said.at
    meant = [m for m in find_dates(said.text, said.published) if m.start < end and start < m.end]
    return [period for m in meant if (period := m.period or that_year(m.text, said.published))]


def _alike_dates(here: Sequence[Period], there: Sequence[Period]) -> bool | None:
    return any(a.overlaps(b.first, b.last) for a in here for b in there) if here and there else None


def _alike_months(one: Said, other: Said) -> bool | None:
    """Of dates that do not tell the year: the same where they name one month and no two days of it; not to be told where one names none."""
    here, there = _months(one), _months(other)
    return any(a[0] == b[0] and (a[1] == b[1] or 0 in {a[1], b[1]}) for a in here for b in there) if here and there else None


def _months(said: Said) -> list[tuple[str, int]]:
    """The first letters of each month of a value, with the day, nought for none."""
    start, end = said.at
    stated = [m.text.lower() for m in find_dates(said.text) if m.start < end and start < m.end]
    found = [(re.search(rf"\b({'|'.join(m[:3] for m in MONTHS)})", text), re.search(r"(?<!\d)\d{1,2}(?!\d)", text)) for text in stated]
    return [(month[1], int(day.group()) if day else 0) for month, day in found if month]


def _names(said: Said, kind: str) -> list[Token]:
    """The name words of a value; of a place those that its sentence says something was in."""
    start, end = said.at
    value = [t for t in _name_words(said.text) if t.start < end and start < t.end]
    if kind != "place":
        bare = [t for t in value if not place(t.folded)]  # "in Tashkent Ivanov won"
        return (bare or value) if said.value else []
    there = [t for t in _name_words(said.text) if _WHERE.search(said.text[: t.start]) and t.folded not in {*MONTHS, *WEEKDAYS}]
    return there or value


def _alike_names(here: Sequence[Token], there: Sequence[Token], kind: str) -> bool | None:
    """The same where each word of the shorter name is in the longer; another where none is; not to be told where some are, but of a place, of which one
    tells no more than the other: "a hotel in Kiel" and "Kiel, Germany", not two hotels of one town.
    """
    if not here or not there:
        return None
    short, long = sorted((here, there), key=len)
    found = [any(_same(a, b) for b in long) for a in short]
    finer = all(any(_is_fine(a) and not any(_same(a, b) for b in other) for a in one) for one, other in ((here, there), (there, here)))
    return True if all(found) or (kind == "place" and any(found) and not finer) else None if any(found) else False


def _is_fine(name: Token) -> bool:
    """Whether a name is of no whole country or people."""
    known = place(name.folded)
    return known is None or known[1] == "capital"


def _same(one: Token, other: Token) -> bool:
    return related(one.folded, other.folded) or same_name(one.folded, other.folded)


def _name_words(text: str) -> list[Token]:
    return [t for run in named_runs(text) for t in run if t.folded not in STOPWORDS | _TITLES and len(t.text) > 1]


def shown(value: str, sentence: str) -> str:
    """A value as it is shown as one side of a disagreement: with the "more than" that stands before it in its sentence."""
    at = sentence.find(value)
    before = sentence[:at] if at > 0 else ""
    found = re.search(
        r"\b(?:more than|over|at least|fewer than|less than|nearly|almost|about|around|up to|some) (?:the )?$", before, re.IGNORECASE
    )
    return squash((found.group() if found else "") + value) or squash(sentence)
