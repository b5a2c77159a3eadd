"""Cases: small archives with a key of what must be shown, what may not, and what must be cited."""

from __future__ import annotations

import json
from typing import Any

import pytest

from eval.cases import SETS, Case, Verdict, asked, fault, main, read_cases, table
from rag import Answer, Citation, Config, Disagreement, Reading, Sentence

ARTICLE = "Ferry returns\n\nBay Post\nMay 3 2024\n\nThe ferry to Rona came back with 42 people on board."


def case(**changed: Any) -> Case:
    fields: dict[str, Any] = {
        "id": "1",
        "split": "dev",
        "kind": "toy",
        "question": "How many?",
        "answers": [["42", "forty-two"]],
        "cites": ["a"],
    }
    return Case(**fields | changed)


def shown(text: str, doc_id: str = "a", sides: tuple[str, ...] = ()) -> Answer:
    citation = Citation(1, doc_id, "T", "Post", None, None, text, 0, len(text))
    readings = tuple(Reading(value, (citation,)) for value in sides)
    found = (Disagreement("How many?", readings),) if sides else ()
    return Answer("How many?", (Sentence(text, (citation,)),), True, None, (), "toy", found)


REFUSED = Answer("How many?", (), False, "The articles do not say.", (), "toy")


@pytest.mark.parametrize(
    ("made", "answer", "expected"),
    [
        (case(), shown("In all 42 came."), ""),
        (case(), shown("In all 43 came."), "wrong"),
        (case(forbidden=["sank"]), shown("42 came and 3 sank."), "forbidden"),
        (case(), shown("In all 42 came.", doc_id="b"), "not cited"),
        (case(cites=[], cites_any=["a", "b"]), shown("In all 42 came.", doc_id="b"), ""),
        (case(), REFUSED, "refused"),
        (case(answers=[], cites=[]), REFUSED, ""),
        (case(answers=[], cites=[]), shown("In all 42 came."), "answered"),
        (case(), shown("42 came.", sides=("42", "43")), "false alarm"),
        (case(answers=[], sides=[["42"], ["43"]]), shown("42 came.", sides=("42", "43")), "answered"),
        (case(sides=[["42"], ["43"]]), shown("42 came."), "one side"),
        (case(sides=[["42"], ["43"]]), shown("42 came.", sides=("42", "43")), ""),
    ],
)
def test_what_is_wrong_with_an_answer(made, answer, expected):
    """Each way in which an answer can be wrong has its name."""
    assert fault(made, answer) == expected


def test_the_date_before_a_quote_is_no_answer():
    """The outlet and date that stand before a quote are not held against it."""
    answer = shown("Post, 3 May 2024: “In all 42 came.”")
    quoted = Answer("q", (Sentence(answer.sentences[0].text, answer.citations, quoted=True),), True, None, (), "toy")
    assert fault(case(forbidden=["3 May 2024"]), quoted) == ""


def test_a_case_is_asked_of_its_own_archive():
    """The pipeline answers a case from its articles, and cases in a row may share them."""
    cases = [
        case(question="How many people were on board the ferry to Rona?", articles={"a": ARTICLE}),
        case(question="Who is king?", articles={"a": ARTICLE}, answers=[]),
    ]
    assert [v.fault for v in asked(cases, Config(embedder="toy", writer="none", refuse_below=0.1))] == ["", ""]


def test_the_table_counts_by_kind():
    """Each kind has its count of right cases and the faults of the others."""
    lines = table([Verdict(case(), "", REFUSED), Verdict(case(), "wrong", REFUSED)])
    assert lines[0].startswith("toy")
    assert "1/2" in lines[0]
    assert lines[0].endswith("1 wrong")


@pytest.mark.parametrize("line", ["{", '{"id": "1"}', "[]"])
def test_a_line_that_is_no_case_is_named(tmp_path, line):
    """A line that is no case ends the program with its number and the fields."""
    path = tmp_path / "cases.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(SystemExit, match="line 1 of .* is no case"):
        read_cases(path)


def test_a_missing_file_is_named(tmp_path):
    """A file that cannot be read ends the program with its name."""
    with pytest.raises(SystemExit, match="could not be read"):
        main([str(tmp_path / "none.jsonl")])


@pytest.mark.parametrize("path", SETS, ids=lambda p: p.stem)
def test_the_kept_cases_are_whole(path):
    """Every kept case has an id of its own and cites articles that it has."""
    cases = read_cases(path)
    assert len({c.id for c in cases}) == len(cases)
    assert all(set(c.cites) | set(c.cites_any) <= set(c.articles) for c in cases if not c.archive)


def test_the_kept_sets_are_as_large_as_they_are_said_to_be():
    """There are at least 80 cases of dates, 60 of disagreement, half of them none, 30 of speakers and 40 conversations."""
    dates, conflicts, speakers, conversations = map(read_cases, SETS)
    assert len(dates) >= 80
    assert len(conflicts) >= 60
    assert sum(bool(c.sides) for c in conflicts) * 2 == len(conflicts)
    assert len(speakers) >= 30
    assert len(conversations) >= 40
    assert all(c.history for c in conversations)


def test_a_case_is_a_line_of_json():
    """What is kept reads as it was written."""
    first = SETS[0].read_text(encoding="utf-8").splitlines()[0]
    assert json.loads(first)["id"] == read_cases(SETS[0])[0].id
