"""Public sets about several documents, as questions of ours."""

import pytest

from eval.measures import fault
from eval.public import main, multihop, ramdocs
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
    [("He plays golf.", ""), ("He plays golf and chess.", "forbidden"), ("He plays chess.", "wrong"), ("He plays.", "wrong")],
)
def test_all_right_answers_and_no_wrong_one(text, expected):
    """An answer is right when it has every right value and no wrong one."""
    (question,) = ramdocs([DOCUMENTS])
    assert fault(question, shown(text)) == expected


def test_an_unknown_set_is_named(tmp_path, capsys):
    """A set that is not there, or a folder without it, is a usage error."""
    for arguments in (["other"], ["ramdocs"]):
        with pytest.raises(SystemExit):
            main([*arguments, "--data", str(tmp_path)])
    assert "is missing" in capsys.readouterr().err
