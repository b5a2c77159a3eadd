"""The phrases of a question, found without a tagger: its main verb, its runs of content words, and the thing or person that it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import simplemma

from rag.dates import find_dates
from rag.lexicon import place
from rag.tense import is_past_form
from rag.text import STOPWORDS, Token, content_tokens, named_runs, tokens
from rag.types import Span

PREPOSITION = r"(?:by|with|for|since|until|from|to|at|in|on|against|about|of)"
AUX = r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should|may|might)"
PARTICIPLE = re.compile(r"^(?:\w+(?:ed|wn|en)|\w*(?:won|held|made|built|sold|shot|hit|found|sent|cut|put|set))\b", re.IGNORECASE)
_IRREGULAR = frozenset(
    """be become begin bring build buy catch choose come cost cut deal do draw drive eat fall feel fight find fly get give go grow hang have hear hide hit
    hold hurt keep know lay lead leave lend let lie light lose make mean meet pay put quit read ride ring rise run say see seek sell send set shake shoot
    show shut sing sink sit sleep speak spend split spread stand steal strike swear sweep swim take teach tell think throw understand win write""".split()
)
DETERMINED = re.compile(
    r"\b(?:the|a|an|this|that|its|his|her|their|[A-Z]\w+['’]s?) (?!(?:of|in|on|at|to|for|who)\b)(?:(?!(?:of|in|on|at|to|for|by|with|from|over|about|against|near|between|into|after|before|during|under|who|that|be|been|being|did|do|does|is|are|was|were|has|have|had|will|would|and|or|the|a|an)\b)[\w’'-]+ ?){1,5}"
)
WHERE = re.compile(  # a name behind it is a place's, or what somebody leads
    r"\b(?:in|off|near|at|outside|(?:com(?:e|es|ing)|came|go(?:es|ing)?|went|travel\w*|return\w*|mov(?:e|es|ed|ing)|fl(?:y|ies|ew|ying)) (?:back )?to|(?:mayor|president|minister|king|queen|governor|bishop|head|leader|director|owner|captain|chief|chair\w*|ambassador|founder) of) (?:the )?$",
    re.IGNORECASE,
)
OWNED = re.compile(
    r" (?:(?!to\b)[a-z-]+ ){0,2}(?:minister|president|premier|chancellor|king|queen|mayor|governor|envoy|ambassador|chief|head|leader|director|chair\w*|spokes\w+|secretary|general(?! (?:election|strike|assembly))"
    r"|commander|coach|captain|manager|owner|founder|lawyer|judge|prosecutor|bishop|archbishop|wife|husband|widow|brother|sister|son|daughter|mother|father|successor|predecessor)\b"
)
_OFFICE = re.compile(
    r"\bthe (?:Pope|(?:[a-z]+ )?(?:pope|minister|president|mayor|king|queen|governor|coach|director|bishop|chancellor|premier))\b(?!['’-])"
    r"(?: of (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)?"
)
_BEHIND = re.compile(rf"\b(?:{PREPOSITION}|over|near|between|during|after|before|into|under) $", re.IGNORECASE)
_LINKS = re.compile(r"^ ?(?:of|over|in|at|for|between|to|on) (?:(?:the|a|an) )?")


def written(text: str, run: Sequence[Token]) -> str:
    """A run of tokens as the text has it."""
    return text[run[0].start : run[-1].end]


def is_name(value: str) -> bool:
    words = tokens(value)
    return bool(words) and words[-1].is_name and not find_dates(value)


def names_in(text: str) -> list[tuple[Token, ...]]:
    """The named runs of a question, without the question or helping word that opens it; its first word for itself is no sign of a name.

    >>> [written("Did Ida Holm win?", run) for run in names_in("Did Ida Holm win?")], names_in("Wounded?")
    (['Ida Holm'], [])
    """
    found = []
    for run in named_runs(text):
        opens = run[0].folded in STOPWORDS or re.fullmatch(AUX, run[0].folded)
        if run[0].start or opens:
            found.append(run[1:] if opens else run)
    return [run for run in found if run]


def phrases(text: str) -> list[Span]:
    """Runs of content words, names apart from the others, without the question word that opens the text."""
    found: list[Span] = []
    last: Token | None = None
    verb = main_verb(text)
    for token in [t for t in content_tokens(text) if t.start and t.start != verb]:
        if last and text[last.end : token.start] in {" ", "-"} and last.is_name == token.is_name:
            found[-1] = Span(found[-1].start, token.end)
        else:
            found.append(Span(token.start, token.end))
        last = token
    return found


def person(before: str) -> str:
    """The last name in a question that is no place, or whom it owns ("Nubara's minister"), else whom it names by an office.

    >>> person("Did Nubara's foreign minister refuse?"), person("What became of Holm's plan?")
    ("Nubara's foreign minister", 'Holm')
    """
    names = [run for run in names_in(before) if not place(run[-1].folded)]
    elsewhere = [run for run in names if not WHERE.search(before[: run[0].start])]
    alone = [run for run in elsewhere if not re.search(r"\bthe $", before[: run[0].start], re.IGNORECASE)]  # "the Severn bridge" is nobody
    if not alone and (office := _OFFICE.search(before)):
        return office.group()  # "When is the Pope coming to Rona?"
    names = alone or elsewhere or names
    if names:
        name = written(before, names[-1])
        owned = OWNED.match(before[names[-1][0].start + len(name) :]) if re.search(r"['’]s?$", name) else None
        return name + owned.group() if owned else re.sub(r"['’]s?$", "", name)
    return thing(before, "it")


def thing(before: str, kind: str) -> str:
    """What a question is about: its object if it has one, else its subject, with the place or name that belongs to it; of "they" its subject."""
    body = before.rstrip("?!. ")
    phrases = [Span(m.start(), m.start() + len(m.group().rstrip())) for m in DETERMINED.finditer(body)]
    verb = main_verb(before)
    phrases = [Span(p.start, p.start + len(body[p.start : verb].rstrip())) if p.start < verb < p.end else p for p in phrases]
    names = [Span(run[0].start, run[-1].end) for run in names_in(body)]
    taken = [*phrases, *(Span(m.start, m.end) for m in find_dates(body))]
    names = [n for n in names if not any(p.start <= n.start < p.end for p in taken)]
    found = sorted([*phrases, *names], key=lambda span: span.start)
    found = [span for span in found if not re.match(r"(?:its|his|her|their) ", span.of(body), re.IGNORECASE)]
    free = [span for span in found if not _BEHIND.search(body[: span.start])]
    if not found:
        return ""
    about = [span for span in found if re.search(r"\b(?:about|over|regarding|concerning|of|on) $", body[: span.start])]
    chosen = (
        (free or found)[0]
        if kind in {"they", "their"}
        else about[-1]
        if about and re.search(r"\babout $", body[: about[-1].start])
        else (free[-1] if free else found[0])
    )
    if link := _LINKS.match(body[chosen.end :]):
        start = chosen.end + link.end()
        more = next((span for span in found if span.start <= start < span.end or span.start == start), None)
        chosen = Span(chosen.start, more.end) if more else chosen
    return re.sub(r"['’]s?$", "", chosen.of(body))


def main_verb(question: str) -> int:
    """Where the main verb of a question begins; beyond its end where none is found. Without a tagger: by the auxiliary, and by what has forms of a verb."""
    words = tokens(question)
    helper = next((n for n, t in enumerate(words) if re.fullmatch(AUX, t.folded)), None)
    if helper is None:
        return next((t.start for t in words[1:4] if not t.is_name and is_past_form(t.folded)), len(question))
    base = words[helper].folded not in {"is", "are", "was", "were", "has", "have", "had"}
    determined = len(words) > helper + 1 and words[helper + 1].folded in STOPWORDS
    found = len(question)
    for before, token in pairwise(words[helper + 1 + determined :]):
        if token.folded in STOPWORDS and token.folded not in _SAYING:
            if found < len(question):
                break  # the words after it are no part of subject and verb
            continue
        owned = re.search(r"['’]s?$", before.text) or before.folded in {"the", "a", "an"}
        verbal = has_past(token.folded) and question[token.start - 1] != "-" if base else PARTICIPLE.match(token.folded)
        if verbal and not token.is_name and not owned and token.folded not in _NO_VERBS:
            found = token.start
    last = words[-1]
    if base and last.folded in _LAST_VERBS and not _owned(question, last):
        return last.start  # "how much does a room at the inn cost"
    return found


def _owned(question: str, token: Token) -> bool:
    return bool(re.search(r"(?:\b(?:the|an?|its|his|her|their|this|that)|['’]s?) $", question[: token.start], re.IGNORECASE))


_LAST_VERBS = frozenset(
    "cost last be go do get happen end start open close begin earn pay weigh measure work live die stand take make say mean".split()
)
_NO_VERBS = frozenset("last next first".split())
_SAYING = frozenset("say give list tell".split())


def has_past(word: str) -> bool:
    """Whether a word is the plain form of a verb that the dictionary has the past of."""
    past = word + "d" if word.endswith("e") else word[:-1] + "ied" if word.endswith("y") else word + "ed"
    return word in _IRREGULAR or any(simplemma.lemmatize(form, "en") == word for form in (past, word + word[-1] + "ed"))
