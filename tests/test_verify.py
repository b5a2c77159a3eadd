"""No sentence that says more, less or other than its evidence gets through the gates; the evidence itself does."""

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rag.types import Document, Evidence
from rag.verify import LONGEST, cite, hopeless, is_verbatim, objections, quoted, sentence

ARBITRARY = settings(deadline=None, max_examples=30, database=None)
LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
WORDS = (
    "The the dam Lee Roe U.S. Iran's 6,500 three-week not said, may over held more than 12 H.R. (Roe) didn't don’t İstanbul Straße "
    "ﬁne El-Niño O'Neil 2,019,20 twenty one café cafe\u0301 ½ x² 5th ٣ half 1.2.3 no. No never told — 🙂 He it"
).split()


def evidence(text: str, value: str = "", published: date | None = None) -> Evidence:
    document = Document("dam", "Dam news", text, "Bay Post", published)
    return Evidence(document, 0, len(text), text, 1.0, value)


def reasons(written: str, text: str, value: str = "") -> str:
    return "; ".join(objections(written, evidence(text, value)))


# what gets through


@ARBITRARY
@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=LONGEST - 1), st.data())
def test_evidence_itself_is_accepted(words, data):
    """A sentence of 3 to 60 words that ends with a full stop and starts with no pronoun passes as its own evidence, with any of its words as value."""
    text = f"Boats {' '.join(words)}."
    start = data.draw(st.integers(0, len(words)))
    value = " ".join(text.split()[start : data.draw(st.integers(start, len(words) + 1))])
    assert objections(text, evidence(text, value)) == []


@ARBITRARY
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters='\0"“”„«»‘’?'), max_size=40))
def test_arbitrary_evidence_itself_is_accepted(text):
    """Whatever characters a whole sentence without quotation marks holds, it passes as its own evidence."""
    text = f"Boats sank {text}."
    assume(len(text.split()) >= 3)
    assert objections(text, evidence(text)) == []


# the shape


@pytest.mark.parametrize("written", ["", "Boats sank.", "Two boats sank", "Did two boats sank?", "Two boats sank,"])
def test_fragment_is_rejected(written):
    """Text of fewer than three words or without an end is no whole sentence."""
    assert "no whole sentence" in reasons(written, "Two boats sank.")


def test_a_question_is_no_statement():
    """What the evidence only asks is not stated."""
    assert "no whole sentence" in reasons("Two boats sank.", "Two boats sank?")


def test_very_long_sentence_is_rejected():
    """A sentence of more than LONGEST words is rejected."""
    assert "no whole sentence" in reasons(f"{'Boats ' * LONGEST}sank.", f"{'Boats ' * LONGEST}sank.")


@pytest.mark.parametrize("pronoun", ["He", "She", "They", "It", "This", "Their", "It's"])
def test_opening_pronoun_is_rejected(pronoun):
    """A sentence that starts with a pronoun is rejected, even verbatim, for no one knows whom it means."""
    assert "it starts with a pronoun" in reasons(f"{pronoun} lost two boats.", f"{pronoun} lost two boats.")


def test_opening_pronoun_in_quotation_marks_is_rejected():
    """A sentence that starts with a pronoun in quotation marks is rejected."""
    assert "it starts with a pronoun" in reasons("“He lost two boats.”", "“He lost two boats.”")


# the words


@ARBITRARY
@given(LINES, LINES, st.integers(0, 10**7), st.booleans())
def test_foreign_figure_is_rejected(text, ending, number, marks):
    """A sentence with a figure that does not stand in the evidence is rejected."""
    shown = format(number, ",") if marks else str(number)
    assume(shown not in text)
    assert reasons(f"The storm sank {shown} boats {ending}.", f"The storm sank boats {text}.") != ""


def test_what_the_evidence_does_not_say_is_named():
    """The objection names the words that the evidence does not have, so that the writer can do without."""
    assert "does not say: castle" in reasons("The fire burned 12 castle barns.", "The fire burned 12 barns.")


@pytest.mark.parametrize("unfinished", ["", "The", "The bridge cost 3.5 ", "The bridge cost 3.5 mil", "The bridge opened on Fri"])
def test_a_right_beginning_has_hope(unfinished):
    """A sentence is not given up while its whole words begin a cut of the evidence."""
    assert not hopeless(
        unfinished, evidence("The bridge, the third here, cost 3.5 million and opened in May. The bridge opened on Friday.")
    )


@pytest.mark.parametrize("unfinished", ["The castle ", "The bridge opened in June and "])
def test_a_wrong_word_has_none(unfinished):
    """A sentence is given up at its first word that the evidence does not have there."""
    assert hopeless(unfinished, evidence("The bridge opened in May and closed in June."))


# the value


@pytest.mark.parametrize("value", ["42", "on Friday", "42 boats on Friday"])
def test_missing_value_is_rejected(value):
    """A sentence without the words that answer is rejected."""
    written = "The storm sank boats."
    assert f"the answer is missing: {value}" in reasons(written, "The storm sank 42 boats on Friday.", value)


def test_good_sentence_has_no_objection():
    """A sentence that passes every gate gives an empty list."""
    assert objections("The storm sank 42 boats.", evidence("The storm sank 42 boats, leaving 3 afloat.", "42")) == []


# quotes


@ARBITRARY
@given(LINES, st.integers(0, 11), st.integers(1, 40))
def test_citation_is_verbatim(text, start, length):
    """The citation of evidence at its offsets is verbatim."""
    document = Document("dam", "Dam news", f"Boats sank {text}.")
    quote = document.text[start : start + length]
    assert is_verbatim(cite(Evidence(document, start, start + len(quote), quote, 1.0), 1), document)


@pytest.mark.parametrize(("start", "end"), [(1, 6), (0, 4), (0, 6)])
def test_citation_elsewhere_is_refused(start, end):
    """Evidence that does not stand at its offsets cannot be cited."""
    with pytest.raises(ValueError, match="the quote of dam is not at"):
        cite(Evidence(Document("dam", "Dam news", "Boats sank."), start, end, "Boats", 1.0), 1)


def test_empty_quote_is_refused():
    """Evidence without text cannot be cited."""
    with pytest.raises(ValueError, match="the quote of dam is not at"):
        cite(Evidence(Document("dam", "Dam news", "Boats sank."), 3, 3, "", 1.0), 1)


def test_citation_carries_the_facts_of_its_article():
    """A citation carries the marker and the title, outlet and date of its article."""
    c = cite(evidence("The dam broke.", published=date(2024, 5, 3)), 7)
    assert (c.marker, c.doc_id, c.title, c.outlet, c.published) == (7, "dam", "Dam news", "Bay Post", date(2024, 5, 3))


def test_written_sentence_gets_full_dates():
    """The dates of a written sentence are completed from the dateline of its citation."""
    monday = evidence("The dam broke on Monday.", published=date(2023, 10, 24))
    assert sentence("The dam broke on Monday.", monday, 1).text == "The dam broke on Monday [23 October 2023]."


def test_quoted_evidence_names_outlet_and_date():
    """Evidence shown as a quote has its outlet and date before it and single spaces in it."""
    assert quoted(evidence("The dam\nbroke.", published=date(2024, 5, 3)), 1).text == "Bay Post, 3 May 2024: “The dam broke.”"


def test_quoted_words_have_one_pair_of_marks():
    """Evidence that begins with a quotation is not put between marks once more."""
    assert (
        quoted(evidence("“The dam broke,” Lee said.", published=date(2024, 5, 3)), 1).text
        == "Bay Post, 3 May 2024: “The dam broke,” Lee said."
    )


def test_quoted_evidence_says_undated():
    """Evidence of an article without a date is shown as undated and its weekdays stay as they are."""
    assert quoted(evidence("The dam broke on Monday."), 1).text == "Bay Post, undated: “The dam broke on Monday.”"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Holm said the engine failed twice on Friday.", 'Holm said "the engine failed twice on Friday".'),
        ('Holm said the engine failed twice on Friday".', 'Holm said "the engine failed twice on Friday".'),
        ("Holm called the mayor a thief.", "Holm called the mayor ‘a thief’."),
        ("Holm spoke of victory.", "Holm spoke of “victory”."),
        ("Russia is in contact with both.”", "Russia is in contact with both.”"),
    ],
)
def test_a_quotation_keeps_its_marks(written, text):
    """Words that stand between quotation marks in the evidence stand between them in the sentence, opened and closed."""
    assert "quotation" in reasons(written, text)


@pytest.mark.parametrize("text", ['Holm said "the engine failed twice on Friday".', "The ministers’ talks and Holm’s ‘long’ speech ended."])
def test_a_marked_quotation_is_accepted(text):
    """A quotation with its marks passes; an apostrophe is none."""
    assert reasons(text, text) == ""
