"""Public sets about several documents, as cases."""

import pytest

from eval.cases import Verdict
from eval.public import main, multihop, outcome, ramdocs, table
from rag import Answer, Citation, Sentence

FACT = {"title": "Ferry back", "source": "Bay Post", "published_at": "2024-05-03T10:00:00+00:00", "fact": "It came back."}
ROWS = [
    {"id": "1", "question": "What came back?", "question_type": "inference_query", "answer": "The ferry", "evidence_list": [FACT, FACT]},
    {"id": "2", "question": "Who is king?", "question_type": "null_query", "answer": "Insufficient information.", "evidence_list": []},
]
DOCUMENTS = {
    "question": "What sport?",
    "documents": [{"text": "Golf."}, {"text": "Chess."}],
    "gold_answers": ["Golf"],
    "wrong_answers": ["Chess"],
}


def shown(text: str) -> Answer:
    return Answer("q", (Sentence(text, (Citation(1, "a", "T", None, None, None, text, 0, 1),)),), True, None, (), "toy")


def test_facts_become_articles_once():
    """The facts of one article stand together under its title, outlet and date, each once; a null query has no answer."""
    first, second = multihop(ROWS)
    assert first.articles == {"a0": "Title: Ferry back\nSource: Bay Post\nPublished: 2024-05-03\n\nIt came back."}
    assert (first.answers, second.answers) == ([["The ferry"]], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("He plays golf.", "right"), ("He plays golf and chess.", "wrong"), ("He plays chess.", "wrong"), ("He plays.", "wrong")],
)
def test_all_right_answers_and_no_wrong_one(text, expected):
    """An answer is right when it has every right value and no wrong one."""
    assert outcome(ramdocs(0, DOCUMENTS), shown(text)) == expected


def test_refusals():
    """A refusal is right exactly where there is no answer."""
    refused = Answer("q", (), False, "No.", (), "toy")
    assert [outcome(case, refused) for case in multihop(ROWS)] == ["refused", "right"]


def test_the_table_has_every_kind():
    """Each kind has its counts, and all together."""
    lines = table([Verdict(multihop(ROWS)[0], "right", shown("x"))])
    assert [line.split()[0] for line in lines[1:]] == ["inference_query", "all"]


def test_an_unknown_set_is_named(tmp_path, capsys):
    """A set that is not there, or a folder without it, is a usage error."""
    for arguments in (["other"], ["ramdocs"]):
        with pytest.raises(SystemExit):
            main([*arguments, "--data", str(tmp_path)])
    assert "is missing" in capsys.readouterr().err
