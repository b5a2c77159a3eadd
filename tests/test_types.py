"""The nouns guard their facts and turn into plain values."""

import dataclasses
import json
from datetime import date

import pytest

from rag.types import Answer, Citation, Disagreement, Document, Passage, Reading, ScoredPassage, Sentence, Span, cited, long_date, marked

FERRY = "The ferry sank\noff Skye."


def citation(marker: int = 1, published: date | None = date(2024, 5, 3)) -> Citation:
    return Citation(marker, "ferry", "Ferry lost", "Bay Post", published, "https://bay.example/1", FERRY, 0, len(FERRY))


def answered(*sentences: Sentence, disagreements: tuple[Disagreement, ...] = ()) -> Answer:
    passage = ScoredPassage(Passage("ferry:0-24", "ferry", 0, 24, FERRY), 0.5, 1)
    return Answer(
        "What sank?", sentences, True, None, (passage,), "toy", disagreements, as_of=(date(2024, 5, 3),), timings={"search": 0.25}
    )


def refused() -> Answer:
    return Answer("What sank?", (), False, "The articles do not say.", (), "toy")


def test_span_cuts_its_characters():
    """A span gives the characters from its start up to but without its end."""
    assert Span(4, 9).of("The ferry sank.") == "ferry"


def test_records_are_frozen():
    """A document cannot be changed once it is made."""
    document = Document("ferry", "Ferry lost", FERRY)
    with pytest.raises(dataclasses.FrozenInstanceError):
        document.title = "Ferry found"  # type: ignore[misc]


def test_dateline_names_outlet_and_day():
    """The dateline of a document is its outlet and its day in words."""
    assert Document("ferry", "Ferry lost", FERRY, "Bay Post", date(2024, 5, 3)).dateline == "Bay Post, 3 May 2024"


def test_dateline_without_outlet_names_the_title():
    """A document without an outlet goes by its title."""
    assert Document("ferry", "Ferry lost", FERRY, None, date(2024, 5, 3)).dateline == "Ferry lost, 3 May 2024"


def test_dateline_without_day_says_undated():
    """A document that does not say when it was published is called undated."""
    assert Document("ferry", "Ferry lost", FERRY, "Bay Post").dateline == "Bay Post, undated"


def test_long_date_names_every_month():
    """Each month is written out in English."""
    days = [long_date(date(2024, month, 1)) for month in range(1, 13)]
    assert days == [
        f"1 {name} 2024" for name in "January February March April May June July August September October November December".split()
    ]


def test_sentence_needs_a_citation():
    """A sentence without a citation cannot be built."""
    with pytest.raises(ValueError, match="at least one citation"):
        Sentence("The ferry sank.", ())


def test_sentence_needs_text():
    """A sentence of nothing but spaces cannot be built."""
    with pytest.raises(ValueError, match="needs text"):
        Sentence(" \n", (citation(),))


def test_answered_needs_a_sentence():
    """An answer that counts as answered cannot be built without sentences."""
    with pytest.raises(ValueError, match="exactly when it has sentences"):
        Answer("What sank?", (), True, None, (), "toy")


def test_refusal_has_no_sentence():
    """An answer that counts as refused cannot be built with sentences."""
    with pytest.raises(ValueError, match="exactly when it has sentences"):
        Answer("What sank?", (Sentence("It sank.", (citation(),)),), False, "unknown", (), "toy")


@pytest.mark.parametrize("reason", [None, ""])
def test_refusal_needs_a_reason(reason):
    """A refusal without a reason cannot be built."""
    with pytest.raises(ValueError, match="needs a reason"):
        Answer("What sank?", (), False, reason, (), "toy")


def test_marked_shows_every_marker():
    """A sentence is shown with the markers of all its citations."""
    assert marked(Sentence("The ferry sank.", (citation(1), citation(3)))) == "The ferry sank. [1][3]"


def test_text_of_an_answer_is_its_marked_sentences():
    """The text of an answer is its sentences in order, each with its marker."""
    answer = answered(Sentence("The ferry sank.", (citation(1),)), Sentence("All swam.", (citation(2),)))
    assert answer.text == "The ferry sank. [1] All swam. [2]"


def test_text_of_a_refusal_is_its_reason():
    """The text of a refusal is the reason for it."""
    assert refused().text == "The articles do not say."


def test_citations_come_once_by_marker():
    """A citation that backs two sentences is listed once, and the list follows the markers."""
    answer = answered(Sentence("All swam.", (citation(2), citation(1))), Sentence("The ferry sank.", (citation(1),)))
    assert [c.marker for c in answer.citations] == [1, 2]


def test_citations_include_those_of_disagreements():
    """The citations of both sides of a disagreement are among the citations of the answer."""
    sides = Disagreement("the dead", (Reading("3", (citation(1),)), Reading("5", (citation(2),))))
    answer = answered(Sentence("Three died.", (citation(1),)), disagreements=(sides,))
    assert [c.marker for c in answer.citations] == [1, 2]


def test_answer_to_dict_is_json():
    """The plain form of an answer with a disagreement comes back unchanged from JSON."""
    sides = Disagreement("the dead", (Reading("3", (citation(1),)), Reading("5", (citation(2, None),))))
    plain = answered(Sentence("Three died.", (citation(1),)), disagreements=(sides,)).to_dict()
    assert json.loads(json.dumps(plain)) == plain


def test_refusal_to_dict_is_json():
    """The plain form of a refusal comes back unchanged from JSON."""
    plain = refused().to_dict()
    assert json.loads(json.dumps(plain)) == plain


def test_to_dict_writes_iso_dates():
    """Dates in the plain form are in ISO form."""
    plain = answered(Sentence("The ferry sank.", (citation(),))).to_dict()
    assert (plain["as_of"], plain["citations"][0]["published"]) == (["2024-05-03"], "2024-05-03")


def test_cited_fits_on_one_line():
    """A citation is printed as one line with its marker, outlet, title, day and quote."""
    assert cited(citation()) == '[1] Bay Post, Ferry lost, 3 May 2024: "The ferry sank off Skye."'


def test_cited_says_undated():
    """A citation of an article without a date is printed as undated."""
    assert "Ferry lost, undated:" in cited(citation(published=None))


def test_str_shows_text_then_quotes():
    """An answer prints as its text and one line for each citation."""
    answer = answered(Sentence("The ferry sank.", (citation(),)))
    assert str(answer).splitlines() == ["The ferry sank. [1]", f"  {cited(citation())}"]
