"""An answer as HTML for the chat. The only place with HTML; every word of an article is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

from rag import Answer, Citation, Disagreement, ScoredPassage, Sentence

MARKDOWN = frozenset("\\`*_{}[]()#!|~")
STYLE = """
.dl p { margin: 0 0 .6em; line-height: 1.5 }
.dl sup { font-weight: 600; margin-left: .15em }
.dl details { border-left: 3px solid var(--primary-400); padding: .2em .8em; margin: .4em 0; font-size: .92em }
.dl summary { cursor: pointer; font-weight: 600 }
.dl details blockquote, .dl details blockquote p { margin: .3em 0; border: 0; padding: 0; color: var(--body-text-color); opacity: 1 }
.dl .sides { border-left: 3px solid #d97706; padding: .3em .8em }
.dl .waiting { color: var(--body-text-color-subdued) }
"""


def page(*parts: str) -> str:
    """One block of HTML on one line, so that the chat's Markdown leaves it alone."""
    return " ".join(f'<div class="dl">{"".join(parts)}</div>'.split())


def text(words: str) -> str:
    """Words of an article, a question or the writer as HTML: neither markup nor Markdown, and no characters that steer."""
    plain = "".join(c if c.isprintable() else " " * c.isspace() for c in words)
    return "".join(f"&#{ord(c)};" if c in MARKDOWN else escape(c) for c in plain)


def waiting(passages: Sequence[ScoredPassage]) -> str:
    return page(f'<p class="waiting">Reading {len(passages)} passages of {len({p.passage.doc_id for p in passages})} articles …</p>')


def partial(sentences: Sequence[Sentence]) -> str:
    """Sentences, then their sources; a source is folded where its sentence already is the quote."""
    return page(*map(_sentence, sentences), *_cards(sentences))


def _cards(sentences: Sequence[Sentence]) -> list[str]:
    return [_card(c, folded=s.quoted) for s in sentences for c in s.citations]


def final(answer: Answer) -> str:
    asked = f'<p class="waiting">Asked: {text(answer.resolved)}</p>' if answer.resolved else ""
    if answer.answered:
        shown = {c.marker for s in answer.sentences for c in s.citations}
        more = [_card(c, folded=False) for c in answer.citations if c.marker not in shown]
        return page(
            asked,
            *map(_sentence, answer.sentences),
            *map(_disagreement, answer.disagreements),
            _alike(answer),
            *_cards(answer.sentences),
            *more,
        )
    return page(asked, f"<p>{text(str(answer.reason))}</p>")


def error(message: str) -> str:
    return page(f"<p>⚠ {text(message)}</p>")


def _disagreement(disagreement: Disagreement) -> str:
    """Both sides in a box of their own."""
    head, _colon, sides = disagreement.text.partition(": ")
    return f'<p class="sides"><strong>{text(head)}:</strong> {text(sides)}</p>'


def _alike(answer: Answer) -> str:
    if not answer.corroborating:
        return ""
    outlets = {c.outlet or c.title for c in answer.corroborating}
    return f'<p class="waiting">{len(outlets)} other{"s" * (len(outlets) > 1)} give{"s" * (len(outlets) == 1)} the same: {text(", ".join(sorted(outlets)))}</p>'


def _sentence(sentence: Sentence) -> str:
    return f"<p>{text(sentence.text)}<sup>{''.join(f'[{c.marker}]' for c in sentence.citations)}</sup></p>"


def _card(citation: Citation, *, folded: bool) -> str:
    when = f"{citation.published:%Y-%m-%d}" if citation.published else "undated"
    head = " · ".join(text(part) for part in (citation.outlet, citation.title, when) if part)
    quote = text(" ".join(citation.quote.split()))
    return f"<details{'' if folded else ' open'}><summary>[{citation.marker}] {head}</summary><blockquote>“{quote}”</blockquote>{_link(citation.url)}</details>"


def _link(url: str | None) -> str:
    """A link only to the web: an article's `javascript:` address is no link, nor is one that cannot be read."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return ""
    return f'<a href="{escape(parts.geturl(), quote=True)}" target="_blank" rel="noopener noreferrer">{text(parts.netloc)}</a>'
