"""Pairs that the reader itself puts first are labelled by what was written for training."""

from rag import Document, Observed, ScoredPassage, passages
from rag.views import views
from train.mined import HARD, _pairs

TEXT = (
    "The dam at Orm broke on Monday. It was built in 1950 by Arup. Its keeper is Ida Holm. Two farms were flooded. The road is shut. "
    "A school took in forty people. The mayor thanked them all."
)


def seen(*likely: str) -> tuple[str, list[Observed]]:
    """Every sentence of the article; of those with one of the words the network is sure, in that order."""
    document = Document("0", "Dam breaks", TEXT)
    found = views([ScoredPassage(p, 1.0, 1) for p in passages(document)], {"0": document})
    rank = {v.text: next((len(likely) - n for n, word in enumerate(likely) if word in v.text), 0) for v in found}
    features = {"bias": 1.0, "coverage": 0.0, "unplaced": 0.0, "untimely": 0.0}
    return TEXT, [Observed(v, "", v.text, "", features | {"span": 9.0 * rank[v.text]}, silenced=False) for v in found]


def test_the_likeliest_others_are_no_answers():
    """The sentence that holds the answer is one, and the likeliest others, up to a limit, are none."""
    text, found = seen("farms", "school", "built", "keeper", "road")
    question = {"q": "Who keeps the dam?", "answer": "Ida Holm", "sentence": "Its keeper"}
    pairs = list(_pairs({"title": "Dam breaks", "text": text}, question, "0", found))
    assert [(p.answers, p.pair.sentence[p.start : p.end]) for p in pairs if p.answers] == [(True, "Ida Holm")]
    assert ["farms" in p.pair.sentence or "school" in p.pair.sentence or "built" in p.pair.sentence for p in pairs if not p.answers] == [
        True
    ] * HARD
    assert pairs[1].pair.before.startswith("Its keeper")


def test_nothing_answers_a_question_without_an_answer():
    """Of a question that the article does not answer all pairs are none."""
    text, found = seen("farms")
    pairs = list(_pairs({"title": "Dam breaks", "text": text}, {"q": "Who sold it?", "answer": "", "sentence": "Two farms"}, "0", found))
    assert [p.answers for p in pairs] == [False] * HARD
