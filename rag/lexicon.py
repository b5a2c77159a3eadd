"""Which words stand for the same thing: stems, figures in words, spellings of one name, a country with its people and capital.

Rests on libraries: simplemma and snowballstemmer (Porter2), text2num, RapidFuzz, countryinfo. Knows nothing of any archive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

import simplemma
import snowballstemmer
from countryinfo import all_countries
from rapidfuzz import fuzz
from text_to_num import alpha2digit

from rag.text import STOPWORDS, Token, fold, named_runs, tokens

_STEMMER = snowballstemmer.stemmer("english")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?!\d|st\b|nd\b|rd\b|th\b)")  # an ordinal counts nothing
_SPELLING_RATIO = 83.0  # Zelensky/Zelenskiy 94, Tymoshenko/Timoshenko 90, Gaddafi/Gadhafi 86; Slovakia/Slovenia 75
_ENDING_RATIO = 94.0  # Zubaydah as the end of Abuzubaydah 100, Zubaidah 88
_SEATS = {
    "washington": "United States",
    "kremlin": "Russia",
    "whitehall": "United Kingdom",
}  # as news names governments; the library does not
_EVERYDAY = {  # names that the library leaves out
    "United States": {"country": "us america"},
    "United Kingdom": {"country": "uk britain", "people": "briton britons"},
    "European Union": {"country": "eu"},
    "England": {"country": "england", "people": "english"},
    "Scotland": {"people": "scots"},
    "Denmark": {"people": "dane danes"},
    "Finland": {"people": "finn finns"},
    "Turkey": {"people": "turk turks"},
    "Spain": {"people": "spaniard spaniards"},
    "United Arab Emirates": {"country": "uae"},
}
_LETTERS = [  # of several ways to write a sound one
    pair.split("=")
    for pair in "sjtj=shch schtsch=shch chtch=shch szcz=shch tsch=ch tch=ch sch=sh sj=sh dzh=j dj=j kh=h gh=g ph=f th=t zh=j ts=c tz=c ck=k q=k ou=u oo=u ee=i ey=i ay=ai y=i w=v".split()
]
_GOVERNS = re.compile(  # before a capital that may stand for its government
    r"\b(?:did|does|do|has|have|had|will|would|can|could|should|tell|told|accus\w+|ask\w*|urg\w+|warn\w*|help\w*|blam\w+|criticis\w+|with|by|between|between \w+ and) (?:the )?$",
    re.IGNORECASE,
)
_ACTS = frozenset(
    "say give take make send get see think know buy sell withdraw agree become hold keep lose pay put spend win break deny reply".split()
)
_OFFICES = {"FM": "foreign minister", "PM": "prime minister", "MFA": "foreign ministry", "MoD": "defence ministry"}
_OFFICE = re.compile(
    r"(?<=['’]s )(?:FM|PM|MFA|MoD)\b|(?<=\bthe )(?:FM|PM|MFA|MoD)\b|(?<=[a-z] )(?:FM|PM|MFA|MoD)\b(?= [A-Z])"
)  # no "5 PM", no "Capital FM"
_UNIONS = frozenset(["un", "eu", "us", "uk", "au"])
_MERGED_PART = 6  # letters that the shorter of two names must have to be found as the end of the longer one


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The Porter2 stem of a folded word's dictionary form, so that irregular verbs meet.

    >>> stem("ministers") == stem("minister"), stem("fought") == stem("fight")
    (True, True)
    """
    return str(_STEMMER.stemWord(simplemma.lemmatize(word, "en")))


@lru_cache(maxsize=65536)
def figures(text: str) -> frozenset[str]:
    """Every number of `text` in digits, whether written in digits or in words.

    >>> sorted(figures("Three of 6,500 soldiers, in a six-week war"))
    ['3', '6', '6500']
    """
    return frozenset(_digits(figure) for figure in _FIGURE.findall(f"{text} {in_digits(text)}"))


def in_digits(text: str) -> str:
    """The text with its numbers in digits.

    >>> in_digits("She was ninety-eight when she died.")
    'She was 98 when she died.'
    """
    return str(alpha2digit(re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text), "en", 0.0))


def _digits(figure: str) -> str:
    return re.sub(r",(?=\d{3})", "", figure)


@lru_cache(maxsize=65536)
def same_name(one: str, other: str) -> bool:
    """Whether two folded words are spellings of one name.

    >>> same_name("zelensky", "zelenskiy"), same_name("abuzubaydah", "zubaydah"), same_name("slovakia", "slovenia"), same_name("tarak", "tarraq")
    (True, True, False, True)
    >>> same_name("shcherbakov", "sjtjerbakov"), same_name("chaikovsky", "tschaikowsky"), same_name("wilkins", "watkins")
    (True, True, False)
    """
    if one == other:
        return True
    here, there = place(one), place(other)
    if here and there and here[0] != there[0]:
        return False  # Austria, Australia
    short, long = sorted((one, other), key=len)
    if _MERGED_PART <= len(short) <= len(long) - 3:
        return any(fuzz.ratio(short, long[-n:]) >= _ENDING_RATIO for n in (len(short), len(short) + 1))
    if (here is None) != (there is None) and simplemma.is_known(other if here else one, "en"):
        return False  # Liberia, liberal
    alike = one[:1] == other[:1] and fuzz.ratio(one, other) >= _SPELLING_RATIO
    return len(short) >= 5 and (alike or _romanised(one) == _romanised(other))


@lru_cache(maxsize=65536)
def _romanised(name: str) -> str:
    """A name in one of the ways in which other scripts are written in Latin letters: "Bairamov" for "Bayramov", "Hatami" for "Khatami"."""
    for letters, there in _LETTERS:
        name = name.replace(letters, there)
    return re.sub(r"(.)\1", r"\1", name)


@cache
def _places() -> dict[str, tuple[str, str]]:
    """Folded word -> (country, how it names it: country, people or capital)."""
    found: dict[str, tuple[str, str]] = {}
    for country in sorted(all_countries(), key=lambda c: c.population() or 0):  # of two with one name the larger is meant
        kinds = (("capital", country.capital()), ("people", country.demonym()), ("country", country.name()))
        for kind, name in kinds:
            words = [t.folded for t in tokens(name)] if isinstance(name, str) else []
            if len(words) == 1:
                found[words[0]] = (country.name(), kind)
        for other in country.alt_spellings():
            if other.isascii() and len(other) > 3 and other.isalpha():
                found.setdefault(fold(other), (country.name(), "country"))
    for country_name, kinds_of in _EVERYDAY.items():
        found |= {name: (country_name, kind) for kind, names in kinds_of.items() for name in names.split()}
    for seat, country_name in _SEATS.items():
        found[seat] = (country_name, "capital")
    return found


def place(word: str) -> tuple[str, str] | None:
    """The country that a folded word names, and how.

    >>> place("vienna"), place("austrian"), place("bread")
    (('Austria', 'capital'), ('Austria', 'people'), None)
    """
    return _places().get(word)


@lru_cache(maxsize=65536)
def _country(word: str) -> str | None:
    """The country of a name, of several people ("austrians"), or of a short form that begins its name ("uzbek")."""
    if found := place(word) or place(word.removesuffix("s")):
        return found[0]
    if len(word) < 4:
        return None
    beginnings = {country for name, (country, kind) in _places().items() if kind == "country" and name.startswith(word.removesuffix("i"))}
    return beginnings.pop() if len(beginnings) == 1 else None


@lru_cache(maxsize=262144)
def related(one: str, other: str) -> bool:
    """Whether two folded words name one country, its people or its capital, or are spellings of one name."""
    if same_name(one, other):
        return True
    here, there = _country(one), _country(other)
    return here is not None and there is not None and here == there


def joined_names(text: str) -> list[str]:
    """Each pair of neighbouring name words written as one, so that divided and undivided spellings meet; and the initials of a name.

    >>> joined_names("Van Houten called."), joined_names("the World Health Organization")
    (['vanhouten'], ['worldhealth', 'healthorganization', 'who'])
    """
    runs = named_runs(text)
    pairs = [first.folded + second.folded for run in runs for first, second in pairwise(run)]
    initials = [
        "".join(t.folded[0] for t in run[run[0].folded in STOPWORDS :]) for run in runs
    ]  # not "The" of a name that opens a sentence
    return pairs + [short for short in initials if len(short) > 2 or short in _UNIONS]


@lru_cache(maxsize=1024)
def _spelled(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """Each name word of a text, and each pair of neighbours as one word, folded, with how the text writes it."""
    single: dict[str, str] = {}
    paired: dict[str, str] = {}
    for run in named_runs(text):
        for one, other in pairwise(run):
            paired.setdefault(one.folded + other.folded, text[one.start : other.end])
        for token in run:
            single.setdefault(token.folded, token.text)
    return single, paired


def respelled(question: str, text: str) -> str:
    """The question with its names written as the text writes them, so that a reader of word pieces knows them again.

    >>> respelled("What did Gadhafi tell Van-Houten in Cairo?", "Gaddafi and Vanhouten spoke in Tunis.")
    'What did Gaddafi tell Vanhouten in Cairo?'
    >>> respelled("What did Norway's FM Berg ask?", "The Norwegian minister Berg spoke in Norway.")
    "What did Norway's foreign minister Berg ask?"
    """
    single, paired = _spelled(text)
    changes: dict[tuple[int, int], str] = {}
    for run in named_runs(question):
        pairs = [pair for pair in pairwise(run) if not re.search(r"['’]s?$", pair[0].text)]  # "Norway's PM" is no name
        for parts in [*pairs, *((token,) for token in run)]:
            start, end, folded = parts[0].start, parts[-1].end, "".join(t.folded for t in parts)
            known = all(t.folded in single for t in parts) or any(first <= start < last for first, last in changes)
            there = "" if known else _written(folded, single) or (_written(folded, paired) if len(parts) == 1 else "")
            if there:
                changes[start, end] = there
    changes |= {m.span(): _OFFICES[m[0]] for m in _OFFICE.finditer(question) if not re.search(rf"\b{m[0]}\b", text)}
    for (start, end), there in sorted(changes.items(), reverse=True):
        question = question[:start] + there + question[end:]
    return question


def governed(question: str, text: str) -> str:
    """The question with the country in the place of each capital that stands for its government, where the text names the country alone.

    >>> governed("Did Vienna help the Kremlin?", "Austria helped Russia."), governed("Who bombed Vienna?", "Austria fell.")
    ('Did Austria help Russia?', 'Who bombed Vienna?')
    >>> governed("Did Lima airport close?", "Peru has one."), governed("What is the Paris Agreement?", "France signed.")
    ('Did Lima airport close?', 'What is the Paris Agreement?')
    """
    names, _pairs = _spelled(text)
    for token in reversed(tokens(question)):
        country, kind = place(token.folded) or ("", "")
        if kind == "capital" and token.folded not in names and _GOVERNS.search(question[: token.start]) and _acts(question[token.end :]):
            there = next((names[n] for n in names if place(n) == (country, "country")), "")
            start = token.start - len("the ") * bool(there and question[: token.start].endswith("the "))
            question = question[:start] + there + question[token.end :] if there else question
    return question


def _acts(behind: str) -> bool:
    """Whether what stands behind a name lets it be a government: the end, a small word, or the plain form of a verb."""
    word = re.match(r" ([a-z]+)\b(?![-’'])", behind)
    if word is None:
        return not behind.strip("?!. ")
    past = word[1] + "d" if word[1].endswith("e") else word[1] + "ed"
    return word[1] in STOPWORDS or word[1] in _ACTS or simplemma.lemmatize(past, "en") == word[1]


def _written(folded: str, names: dict[str, str]) -> str:
    """How a text writes a name, as it is or in a spelling of nearly its length."""
    return names.get(folded) or next((names[name] for name in names if abs(len(name) - len(folded)) < 3 and same_name(folded, name)), "")


@lru_cache(maxsize=8192)
def forms(text: str) -> frozenset[str]:
    """Folded words, stems, joined names and figures: all by which a word of a question can be found in `text`."""
    folded = {t.folded for t in tokens(text)}
    return frozenset(folded | {stem(w) for w in folded} | set(joined_names(text)) | figures(text))


def mentions(token: Token, words: frozenset[str]) -> bool:
    """Whether a word stands among `words` as itself, as its stem, as another spelling, or as the country it belongs to."""
    if token.folded in words or stem(token.folded) in words or figures(token.text) & words:
        return True
    if place(token.folded) is not None or token.is_name:
        return any(related(token.folded, word) for word in words)
    return False


def mentions_name(run: Sequence[Token], words: frozenset[str]) -> bool:
    """Whether a name of several words is mentioned: all of it, its last word in some spelling, its initials, or the whole written as one."""
    initials = "".join(t.folded[0] for t in run)
    if all(mentions(t, words) for t in run) or ((len(run) > 2 or initials in _UNIONS) and initials in words):
        return True
    whole = "".join(t.folded for t in run[-2:])
    return len(run) > 1 and ((len(run[-1].folded) >= 6 and mentions(run[-1], words)) or any(same_name(whole, word) for word in words))
