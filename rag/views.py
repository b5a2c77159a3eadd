"""A sentence where it stands: the words around it, and how much of the article must be quoted for it to be understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.corpus import evidence_sentences
from rag.cuts import MARKS
from rag.lexicon import forms, place
from rag.text import STOPWORDS, Token, named_runs, squash, tokens
from rag.types import Document, ScoredPassage, Span

_ITS_SPEAKER = re.compile(r"[”\",] (?:said|says|added) (?:its|their) [a-z]")
_LEANS_BACK = re.compile(
    r"^(?:[\"“]?(?:He|She|They|It|His|Her|Their|Its|The two|Both|This|These|That|Those|During this|The (?:spokes\w+|minister|president))\b)"
)
_PERSONS = frozenset("he she they his her their him them".split())
_OWN = re.compile(  # "The rebels put their dead at 26": whose they are stands before
    r"(?:The|Some|Most|Many|Several|No) (?:[a-z-]+ )?(?:[a-z-]{2,}s|people|police|men|women) (?:put|lost|laid|kept|held|gave|counted|buried|sold|raised) their\b"
)
_HE_SAID = re.compile(
    r"^[“\"].*[,?!][”\"] (?:[\w’'.-]+ ){0,3}(?:said|says|told|tells|asked|asks|added|adds|replied|replies|recalled|recalls)\b"
)
FEW = 12  # words
LEANING = 6  # words of a sentence in which a pronoun is its subject
BEFORE = 45  # words
_SHOWN_WORDS = 100  # a quote is a sentence or two, not a paragraph


@dataclass(frozen=True, slots=True)
class View:
    """A sentence where it stands: what is quoted for it, and the words just around it and of the whole article."""

    document: Document
    span: Span
    shown: Span  # with the sentence that its pronoun leans on, and up to where its quotation closes
    words: frozenset[str]  # of it, and the names that its pronoun may mean
    near: frozenset[str]
    article: frozenset[str]
    around: str  # the text of the title and of the sentences just around it
    lead: str  # the article's first sentence, where it is not among those before
    before: str  # the sentences before it

    @property
    def text(self) -> str:
        return self.span.of(self.document.text)


def views(passages: Sequence[ScoredPassage], documents: Mapping[str, Document]) -> list[View]:
    """Every sentence of the passages, once, with its surroundings."""
    found: list[View] = []
    for doc_id in dict.fromkeys(p.passage.doc_id for p in passages):
        document = documents[doc_id]
        ranges = [(p.passage.start, p.passage.end) for p in passages if p.passage.doc_id == doc_id]
        spans = evidence_sentences(document)
        texts = [s.of(document.text) for s in spans]
        words = [forms(text) for text in texts]
        meant = [words[n] | (_named(texts[n - 1]) if n and leans(texts[n]) else frozenset()) for n in range(len(spans))]
        head = forms(document.text[: spans[0].start]) if spans else frozenset()
        title = forms(document.title)
        article = title.union(
            head, forms(document.outlet or ""), *words
        )  # a local paper has its town in its name, a kicker what it is about
        for n, span in enumerate(spans):
            if any(start <= span.start and span.end <= end for start, end in ranges):
                near = title.union(head, *words[max(0, n - 2) : n + 2])
                last = spans[min(n + 1, len(spans) - 1)].end
                around = f"{document.title}. {document.text[spans[max(0, n - 2)].start : last]}"
                found.append(View(document, span, shown(document, spans, n), meant[n], near, article, around, *surroundings(texts, n)))
    return found


def surroundings(sentences: Sequence[str], n: int) -> tuple[str, str]:
    """What the nth sentence may refer to: (the first one, as many before it as have BEFORE words together, one at least).

    >>> surroundings(["Ida won.", "It rained.", "Nobody came.", "She was glad."], 3), surroundings(["Ida won.", "She was glad."], 1)
    (('', 'Ida won. It rained. Nobody came.'), ('', 'Ida won.'))
    >>> surroundings(["Ida won.", "rain " * BEFORE + "fell.", "She was glad."], 2)[0]
    'Ida won.'
    """
    first, words = n, 0
    while first and (first == n or words + len(sentences[first - 1].split()) <= BEFORE):
        first -= 1
        words += len(sentences[first].split())
    return sentences[0] if first else "", " ".join(squash(s) for s in sentences[first:n])


def leans(sentence: str) -> bool:
    """Whether a sentence begins with a pronoun, or has one of a person near its beginning with no name before it: it means whom the one before names.

    So does one that somebody of something spoke whom it does not name: "said its leader".

    >>> leans("At 91 she still lives there."), leans("It broke."), leans("Ida Holm said she was glad."), leans("“No,” said its leader.")
    (True, True, False, True)
    >>> leans("After his talks with Berg, Holm flew home."), leans("After her speech the hall fell silent.")
    (False, True)
    >>> leans("The rebels put their dead at 26."), leans("The day after, his wife left.")
    (False, True)
    """
    if _LEANS_BACK.match(sentence) or _ITS_SPEAKER.search(sentence):
        return True
    words = tokens(sentence)
    for token in words[:LEANING]:
        if token.folded in _PERSONS:
            return not (_names_behind(sentence, token, words) or _OWN.match(sentence))
        if token.is_name and token.folded not in STOPWORDS:
            return False
    return False


def _names_behind(sentence: str, pronoun: Token, words: Sequence[Token]) -> bool:
    """Whether an opening phrase with a pronoun comes before the one it means: "In addition to his talks with Berg, Holm met ..."."""
    comma = sentence.find(", ", pronoun.end)
    subject = next((t for t in words if 0 < comma < t.start), None)
    opening = pronoun is not words[0] and words[0].folded in STOPWORDS
    return opening and subject is not None and subject.is_name and not place(subject.folded)


def _named(sentence: str) -> frozenset[str]:
    """The forms of the names in a sentence."""
    return frozenset().union(
        *(forms(sentence[run[0].start : run[-1].end]) for run in named_runs(sentence) if run[0].folded not in STOPWORDS)
    )


def shown(document: Document, spans: Sequence[Span], n: int) -> Span:
    """The span to quote for the nth sentence: it must tell whom a pronoun means, and who speaks in a quotation that goes on over it."""
    first = last = n
    text = document.text
    while first and _quotation_open(text, spans, first - 1) and _adjacent(text, spans, first - 1):
        first -= 1
    if first < n and first and text[: spans[first].start].rstrip().endswith(":"):
        first -= 1
    while last + 1 < len(spans) and _quotation_open(text, spans, last) and _adjacent(text, spans, last):
        last += 1
    if last == n and last + 1 < len(spans) and _goes_on(text, spans, n):
        last += 1
    if first == n and n and leans(spans[n].of(text)) and _adjacent(text, spans, n - 1):
        first = n - 1
    wide = Span(spans[first].start, spans[last].end)
    return wide if len(wide.of(text).split()) <= _SHOWN_WORDS else spans[n]


def _goes_on(text: str, spans: Sequence[Span], n: int) -> bool:
    """Whether the nth sentence is a few words that somebody said, and the next goes on with them: "“Yes,” she says. “But never again.”"."""
    here, there = (spans[m].of(text) for m in (n, n + 1))
    goes_on = _HE_SAID.search(here) and MARKS.match(there) and not _HE_SAID.search(there)
    return len(here.split()) <= FEW and bool(goes_on) and text[spans[n].end : spans[n + 1].start] == " "


def _adjacent(text: str, spans: Sequence[Span], n: int) -> bool:
    return not text[spans[n].end : spans[n + 1].start].strip()


def _quotation_open(text: str, spans: Sequence[Span], n: int) -> bool:
    """Whether the nth sentence ends inside quotation marks that its paragraph opened."""
    so_far = text[text.rfind("\n", 0, spans[n].start) + 1 : spans[n].end]
    return len(MARKS.findall(so_far)) % 2 == 1
