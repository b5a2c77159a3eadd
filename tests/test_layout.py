"""Lines, paragraphs and sentences are found at their offsets, whatever the text."""

import pytest
from hypothesis import given
from test_corpus import ARBITRARY, STORY, TEXTS, in_order

from rag.layout import blocks, sentences


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@ARBITRARY
@given(TEXTS)
def test_blocks_are_in_order(text):
    """Blocks lie inside the text, in order, and never overlap."""
    assert in_order(text, blocks(text))


@ARBITRARY
@given(TEXTS)
def test_sentences_are_in_order(text):
    """Sentences lie inside the text, in order, and never overlap."""
    assert in_order(text, sentences(text))


@ARBITRARY
@given(TEXTS)
def test_sentences_lose_no_word_of_a_block(text):
    """Every letter and digit of a block belongs to one of its sentences."""
    covered = {n for span in sentences(text) for n in range(span.start, span.end)}
    assert all(n in covered for block in blocks(text) for n in range(block.start, block.end) if text[n].isalnum())


def test_nbsp_inside_a_line_is_kept():
    """A line with a no-break space inside is one block."""
    assert [span.of("It cost 5\u00a0pounds.") for span in blocks("It cost 5\u00a0pounds.")] == ["It cost 5\u00a0pounds."]


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\x0c"])
def test_line_after_an_unusual_space_is_kept(space):
    """A line that is indented with a no-break space, an em space or a form feed is a block."""
    assert len(blocks(f"{space}{STORY}")) == 1


def test_wrapped_lines_are_one_block():
    """In text wrapped at a fixed width the lines of a paragraph are one block."""
    text = (
        "The ferry to Skye came back on Tuesday after a week of heavy\n"
        "storms, and the islanders cheered it in from the pier and\n"
        "from the high rocks over it, where some had waited since\n"
        "noon."
    )
    assert [span.of(text) for span in blocks(text)] == [text]


# where sentences end


@pytest.mark.parametrize(
    "expected",
    [
        ["The U.S. sent two boats.", "They came late."],
        ["U.S. Rep. Lee spoke.", "The vote ended."],
        ["Gov. Ames wrote to Sen. Roy.", "Both left."],
        ["Dr. Hill met Mr. Roe.", "They ate."],
        ["The house passed H.R. 1 in March.", "The senate did not."],
        ["He wrote to the Foreign Minister.", "The minister wrote back."],
        ["The bridge cost $3.5 million in 2019.", "Some 6,500 people cross it."],
        ["Is it safe?", "No!", "It leaks."],
        ["The boat sank at 5 p.m. on Friday.", "All swam."],
    ],
)
def test_sentences_end_at_full_stops_only(expected):
    """Initials, titles, bill numbers and figures end no sentence, and the words after a sentence start a new one."""
    assert split(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ['"The dam held," she said.', "Then it rained."],
        ["“The dam held.”", "She smiled."],
        ['"We won!" said Lee.', "All cheered."],
        ['He said: "Go."', "They went."],
    ],
)
def test_sentences_keep_their_quotation_marks(expected):
    """A quotation stays with its speaker, and a closing mark stays with its sentence."""
    assert split(" ".join(expected)) == expected


def test_sentences_never_cross_a_blank_line():
    """A heading without a full stop is not joined to the paragraph below it."""
    assert split("What sank\n\nThe ferry sank.") == ["What sank", "The ferry sank."]


def test_a_headline_over_its_story_is_a_line_of_its_own():
    """Where no line is blank, a line that begins with a capital is not joined to the one above it."""
    lines = ["New bridge over the river opens after years of work", "Mayor Olav Berg opened it on Sunday.", "It cost a lot.", "All came."]
    assert len(blocks("\n".join(lines))) == 4
