"""HTML: articles and questions are text in it, never markup."""

from __future__ import annotations

from html import unescape

from rag import Answer, Citation, Disagreement, Reading, Sentence
from ui.render import error, final, partial, text


def citation(**changed):
    fields = {"marker": 1, "doc_id": "a", "title": "T", "outlet": "O", "published": None, "url": None, "quote": "q", "start": 0, "end": 1}
    return Citation(**fields | changed)


def test_markup_of_an_article_is_escaped():
    """A script in a title, an outlet, a quote or a sentence is shown as its characters."""
    evil = "<script>alert(1)</script>"
    shown = partial([Sentence(evil, (citation(title=evil, outlet=evil, quote=evil),))])
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") == 4


def test_markdown_of_an_article_is_text():
    """An image or a link in an outlet, a title or a quote, on a line of its own even, is neither fetched nor followed."""
    evil = "Post\r\r![x](http://evil.example/x.png)\n\n[y](http://evil.example) `code` **bold**"
    shown = partial([Sentence(evil, (citation(title=evil, outlet=evil, quote=evil),))])
    assert "![" not in shown
    assert "](" not in shown
    assert not {"\r", "\n", "`", "*"} & set(shown)


def test_words_are_shown_as_they_are():
    """Marks of every kind are escaped once: a reader sees the article's own characters."""
    words = 'Iran\'s “no” & "5 < 6" #1 [sic] *x* a_b `c` !'
    assert unescape(text(words)) == words


def test_an_address_that_cannot_be_read_is_no_link():
    """A broken address in an article does not break its answer."""
    assert "<a " not in partial([Sentence("s", (citation(url="https://[x"),))])


def test_only_web_addresses_become_links():
    """An article's javascript: address is no link; its https address is."""
    assert "<a " not in partial([Sentence("s", (citation(url="javascript:alert(1)"),))])
    assert '<a href="https://x.example/a"' in partial([Sentence("s", (citation(url="https://x.example/a"),))])


def test_a_source_is_folded_where_its_sentence_is_the_quote():
    """A quoted sentence needs no second copy of its quote; a written one does."""
    assert "<details>" in partial([Sentence("O: “q”", (citation(),), quoted=True)])
    assert "<details open>" in partial([Sentence("She said “q.”", (citation(),))])


def test_an_error_is_escaped():
    """What a user typed comes back in an error as text."""
    assert "<b>" not in error("<b>no</b>")


def answer(**changed):
    quotes = (citation(), citation(marker=2, doc_id="b", outlet="<b>Post</b>"))
    fields = {
        "question": "How many?",
        "sentences": (Sentence("Four came.", quotes[:1]),),
        "answered": True,
        "reason": None,
        "passages": (),
        "model": "toy",
    }
    return Answer(**fields | changed), quotes


def test_both_sides_are_shown_and_escaped():
    """A disagreement is shown with both values, and the quote of each in a card."""
    _plain, (one, other) = answer()
    shown = final(answer(disagreements=(Disagreement("How many?", (Reading("four", (one,)), Reading("six", (other,)))),))[0])
    assert "The articles disagree:" in shown
    assert shown.count("<details") == 2
    assert "<b>Post" not in shown


def test_those_who_say_the_same_are_named():
    """Outlets that give the same value are counted and named."""
    _plain, (_one, other) = answer()
    assert "1 other gives the same: " in final(answer(corroborating=(other,))[0])


def test_a_completed_question_is_shown():
    """What a follow-up was taken to mean stands over its answer."""
    assert "Asked: How many boats sank?" in unescape(final(answer(resolved="How many boats sank?")[0]))
