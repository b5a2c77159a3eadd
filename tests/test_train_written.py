"""What was written for training, and the examples that are made of it."""

from __future__ import annotations

import json
import random

import pytest

from rag import Claim, Pair, Rivals
from train.comparing_data import report_pairs
from train.judging_data import Judged, report_answers, written_pairs
from train.packed import prepared
from train.paragraphs import Example
from train.written import answers_of, articles, claims, place, reports, written_examples

KEPT = [(articles, "text"), (claims, "premise"), (reports, "a")]


@pytest.mark.parametrize(("read", "text"), KEPT, ids=["articles", "claims", "reports"])
def test_a_fifth_is_kept_out_of_training(read, text):
    """What is measured on is no part of what is trained on, and there is enough of both."""
    learned, kept = ({row[text] for row in read(kept=kept)} for kept in (False, True))
    assert not learned & kept
    assert 0.1 < len(kept) / len(learned | kept) < 0.3


def test_an_answer_stands_where_it_is_said_to():
    """Each answer lies behind the beginning of its sentence, and a question without one has no place."""
    for article in articles(kept=True):
        for question in article["questions"]:
            start, end = place(article, question)
            assert question["answer"] == (article["text"][start:end] if start >= 0 else "")


@pytest.mark.full
def test_an_example_holds_its_answer():
    """The span of an example is an answer of the file, in a passage; half as many have none."""
    answers = {q["answer"] for a in articles(kept=True) for q in a["questions"]} | {
        v for r in reports(kept=True) for _t, v in answers_of(r)
    }
    found = list(written_examples(random.Random(1), kept=True))
    assert {e.text[e.start : e.end] for e in found if e.start >= 0} <= answers
    assert 0.3 < sum(e.start >= 0 for e in found) / len(found) < 0.7


def test_a_pair_that_answers_holds_the_answer():
    """The marked words of a sentence that answers are the answer; of one that does not none are marked."""
    for judged in [*written_pairs(random.Random(1), kept=True), *report_answers(kept=True)]:
        assert judged.answers == (0 <= judged.start < judged.end <= len(judged.pair.sentence))


def test_two_reports_are_seen_in_either_order():
    """Each pair of reports comes twice, and contradicts or not whichever is first."""
    pairs = list(report_pairs(random.Random(1), kept=True))
    for one, other in zip(pairs[::2], pairs[1::2], strict=True):
        assert (one.pair.first, one.pair.sentence) == (other.pair.sentence, other.pair.first)
        assert one.answers == other.answers


@pytest.mark.parametrize(
    "row",
    [
        Example("Who?", "Ida came.", 0, 3, "wiki"),
        Judged(Pair("Who?", "T", "", "", "Ida came."), True, 0, 3, "wiki"),
        Judged(Claim("Ida came.", "She came."), False, -1, -1, "public"),
        Judged(Rivals("Who?", "Ida came.", "Ida", "Olav came.", "Olav"), True, 0, 4, "written"),
    ],
    ids=lambda row: type(getattr(row, "pair", row)).__name__,
)
def test_what_is_packed_comes_back(tmp_path, row):
    """Examples are made once and read from their file afterwards."""
    path, sorts = tmp_path / "examples.xz", (Example, Judged, Pair, Claim, Rivals)
    assert prepared(path, sorts, lambda: [row]) == [row]
    assert prepared(path, sorts, lambda: pytest.fail("made twice")) == [row]


def test_the_files_are_lines_of_json():
    """Every line has a question or a quote of its own."""
    for read, text in KEPT:
        rows = [json.dumps(row[text]) for kept in (True, False) for row in read(kept=kept)]
        assert len(set(rows)) == len(rows)
