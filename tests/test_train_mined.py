"""What is mined for the judge and for the reader."""

from collections.abc import Sequence

from rag import Document, Observed, ScoredPassage, passages
from rag.views import views
from train.mined import ASTRAY, HARD, Mined, judged, read

TEXT = "Ida Holm opened the bridge in May. It cost nine million. Nobody was hurt. The mayor wept. Rain fell all day."
FILLER = " ".join(
    f"The band of street {n} played on and on until the lamps of the harbour went out one after the other." for n in range(12)
)
ARTICLE = Document("a", "A bridge", f"{FILLER}\n\n{TEXT}")


def _mined(answer: str, order: Sequence[str]) -> Mined:
    """The question asked of the article, its sentences in an order that begins so."""
    searched = [ScoredPassage(p, 1.0, 1) for p in passages(ARTICLE)]
    seen = [Observed(v, "", v.text, "", {}, False) for v in views(searched, {"a": ARTICLE})]
    seen.sort(key=lambda s: next((n for n, beginning in enumerate(order) if s.view.text.startswith(beginning)), len(order)))
    start = ARTICLE.text.index(answer) if answer else -1
    return Mined(ARTICLE, {"q": "Who opened the bridge?", "answer": answer}, (start, start + len(answer) if answer else -1), seen)


def test_the_sentence_that_answers_is_true_and_the_likeliest_others_are_false() -> None:
    """The sentence that holds the answer is one, and the likeliest others, up to a limit, are none."""
    pairs = list(judged(_mined("Ida Holm", ["It cost", "Ida Holm"])))
    assert [p.answers for p in pairs] == [True] + [False] * HARD
    assert pairs[0].pair.sentence[pairs[0].start : pairs[0].end] == "Ida Holm"


def test_of_a_question_without_an_answer_all_are_false() -> None:
    """Of a question that the article does not answer the likeliest sentence is none."""
    assert [p.answers for p in judged(_mined("", []))] == [False]


def test_the_reader_learns_the_place_of_the_answer_below_the_title() -> None:
    """The span of the passage that answers is the answer, the title standing in front."""
    (only,) = read(_mined("Ida Holm", ["Ida Holm"]))
    assert only.text.startswith("A bridge. ")
    assert only.text[only.start : only.end] == "Ida Holm"


def test_the_reader_learns_that_passages_it_took_for_the_answer_have_none() -> None:
    """What the reader took for the answer before is an example without one."""
    answered, astray = read(_mined("Ida Holm", ["The band of street 0", "Ida Holm"]))
    assert answered.start > 0
    assert astray.start == -1
    assert "Ida Holm" not in astray.text


def test_a_question_without_an_answer_gives_passages_without_one() -> None:
    """For the reader, too, nothing answers what the article does not."""
    assert [e.start for e in read(_mined("", []))] == [-1] * ASTRAY
