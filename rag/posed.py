"""A question put to a passage, as the models read them: names in the article's spelling, and of both what the article takes for granted.

The models see ninety words, or one sentence, and have learned that nothing answers where what is asked about is not there. But an article says its town and
its country once, at its head, and its year in its dateline alone: "the 2011 crash" is "the crash" in an article of 2011.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.completed import Completed, completed, dates_of
from rag.corpus import evidence_sentences
from rag.lexicon import forms, governed, mentions_name, respelled
from rag.question import ask
from rag.spans import TokenScores
from rag.types import Document, Passage
from rag.views import View

_BOUND = "".join(rf"(?<!\b{word})" for word in "since before after until till from than to and or between by for early late mid".split())


@dataclass(frozen=True, slots=True)
class Posed:
    """A question and a passage, below the title, as they are read."""

    question: str
    head: str
    body: Completed

    def sentence(self, view: View) -> str:
        """A sentence of it."""
        return self.body.text[self.body.there(view.span.start) : self.body.there(view.span.end)]

    def asked_of(self, view: View) -> str:
        """The question as it is put to a sentence by itself, which may take the year for granted though others of the passage tell of years."""
        return _of_its_year(self.question, view.document, f"{view.lead} {view.before} {self.sentence(view)}")

    def best(self, scores: TokenScores, view: View) -> tuple[float, str]:
        """The logit of the best span of a sentence, and its words in the article."""
        before = len(self.head)
        span, start, end = scores.best(before + self.body.there(view.span.start), before + self.body.there(view.span.end))
        return span, self.body.back(start - before, end - before).of(view.document.text)


def posed(question: str, passage: Passage, document: Document, *, dated: bool) -> Posed:
    """`dated`: with its dates completed."""
    text, start, end = document.text, passage.start, passage.end
    body = completed(text, start, end, dates_of(document) if dated else ())
    asked = governed(respelled(question, text), text[start:end])
    title = headed(asked, document, body.text)
    return Posed(asked if dated else _of_its_year(asked, document, text[start:end]), f"{title}. " if title else "", body)


def headed(question: str, document: Document, words: str, *, granted: bool = False) -> str:
    """The title of an article, and behind it those names of the question that its head has, or that are `granted`, and `words` do not have.

    >>> headed("Who won in Oslo?", Document("a", "Race won", "OSLO, 5 May 2011. A race was held. Ida Holm won."), "Ida Holm won.")
    'Race won (Oslo)'
    """
    spans = evidence_sentences(document)
    head, here = forms(document.text[: spans[0].end] if spans else ""), forms(f"{document.title} {words}")
    names = [
        question[run[0].start : run[-1].end]
        for run in ask(question).names
        if not mentions_name(run, here) and (granted or mentions_name(run, head))
    ]
    return f"{document.title} ({', '.join(names)})" if names else document.title


def _of_its_year(question: str, document: Document, text: str) -> str:
    """The question without the year, and the month, in which the article was published, where the text takes it for granted and tells of no year.

    >>> from datetime import date
    >>> article = Document("a", "", "", published=date(2011, 5, 5))
    >>> _of_its_year("Who drove in the 2011 crash?", article, "Ida drove."), _of_its_year("Who won in May 2011?", article, "Ida won.")
    ('Who drove in the crash?', 'Who won?')
    >>> _of_its_year("Who won on 4 May 2011?", article, "Ida won."), _of_its_year("Who has won since 2011?", article, "Ida won.")
    ('Who won on 4 May?', 'Who has won since 2011?')
    >>> _of_its_year("2011 crash toll", article, "Ida won."), _of_its_year("Who won in 2010?", article, "Ida won.")
    ('crash toll', 'Who won in 2010?')
    """
    day = document.published
    if day is None or re.search(r"\b(?:19|20)\d\d\b", text):
        return question
    month = rf"(?: (?:in|of|during))? (?:{day:%B}|{day:%b}\.?)(?<!\d {day:%B})(?<!\d {day:%b})(?<!\d {day:%b}\.)"
    told = rf"^{day.year} |{_BOUND}(?:{month}|,)?(?: (?:in|of|during))? {day.year}\b(?![-–/]|,? (?:and|or|to)\b)"
    return re.sub(told, "", question, flags=re.IGNORECASE)
