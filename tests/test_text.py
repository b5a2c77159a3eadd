"""Tokens point into the text they come from, and plain questions about words have plain answers."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.text import content_tokens, fold, named_runs, script, squash, tokens

ARBITRARY = settings(deadline=None, max_examples=30, database=None)
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(["\n", "\t", "don’t", "U.S. ", "H.R. 1", "1,000.5", "🙂", "e\u0301", "İ", "\u00ad", "well-known", "'s", "ﬁ"]),
        st.text(max_size=6),
    ),
    max_size=12,
).map("".join)


def folded(text: str) -> list[str]:
    return [t.folded for t in tokens(text)]


@ARBITRARY
@given(TEXTS)
def test_tokens_stand_at_their_offsets(text):
    """Every token is the text between its offsets."""
    assert all(text[t.start : t.end] == t.text for t in tokens(text))


@ARBITRARY
@given(TEXTS)
def test_tokens_never_overlap(text):
    """Each token starts at or after the end of the one before it."""
    found = tokens(text)
    assert all(one.end <= other.start for one, other in pairwise(found))


@ARBITRARY
@given(TEXTS)
def test_tokens_cover_letters_and_figures(text):
    """Every ASCII letter and digit of a text belongs to a token."""
    covered = {n for t in tokens(text) for n in range(t.start, t.end)}
    assert all(n in covered for n, c in enumerate(text) if c.isascii() and c.isalnum())


def test_hyphens_separate():
    """A hyphenated word is several tokens."""
    assert folded("three-week-old foal") == ["three", "week", "old", "foal"]


def test_apostrophes_do_not_separate():
    """A word with an apostrophe inside is one token, straight or curly."""
    assert [t.text for t in tokens("don't won’t")] == ["don't", "won’t"]


def test_figure_with_thousands_and_decimals_is_one_token():
    """A figure keeps its thousands marks and its decimals, but not the full stop of the sentence."""
    assert [t.text for t in tokens("It cost 1,234.50.")] == ["It", "cost", "1,234.50"]


def test_initials_are_one_token():
    """Initials with full stops are one token."""
    assert [t.text for t in tokens("the U.K. bill H.R. 1")] == ["the", "U.K.", "bill", "H.R.", "1"]


@pytest.mark.parametrize(
    ("word", "plain"),
    [("Lee's", "lee"), ("Lee’s", "lee"), ("crews'", "crews"), ("Café", "cafe"), ("U.K.", "uk"), ("Straße", "strasse"), ("6.5", "6.5")],
)
def test_fold_drops_case_accents_possessives_and_initials(word, plain):
    """A folded word has no capitals, accents, possessive ending or full stops of initials, and a figure keeps its point."""
    assert fold(word) == plain


@ARBITRARY
@given(TEXTS)
def test_squash_leaves_single_spaces(text):
    """Squashed text is its words with one space between them."""
    assert squash(text) == " ".join(text.split())


def test_content_tokens_leave_function_words_out():
    """Function words and the words of asking carry no content."""
    assert [t.text for t in content_tokens("Please tell me, when did the Baker's bread burn?")] == ["Baker's", "bread", "burn"]


def test_us_the_country_is_a_content_word():
    """The initials of the United States are a content word."""
    assert [t.text for t in content_tokens("the U.S. fleet")] == ["U.S.", "fleet"]


@pytest.mark.parametrize(
    ("text", "expected"), [("The ferry", "LATIN"), ("Паром утонул, said Lee", "CYRILLIC"), ("渡轮沉没", "CJK"), ("42?!", "")]
)
def test_script_is_that_of_most_letters(text, expected):
    """The script of a text is the one that most of its letters are written in, and none without letters."""
    assert script(text) == expected


def test_named_runs_end_at_commas_and_lower_case():
    """A run of name words ends at a comma and at a word without a capital."""
    runs = [" ".join(t.text for t in run) for run in named_runs("Ann Lee, Roe and Bo Hill-Ames of Leeds")]
    assert runs == ["Ann Lee", "Roe", "Bo Hill Ames", "Leeds"]


def test_figures_are_no_names():
    """A figure is no name."""
    assert [t.is_name for t in tokens("Lee 42 boats")] == [True, False, False]
