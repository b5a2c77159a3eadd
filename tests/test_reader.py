"""The two readers: what they rank first, and what the gates silence."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from rag import Document, Evidence, Passage, ScoredPassage, SpanNetwork, TokenScores
from rag.reader import SpanReader, ToyReader
from rag.scope import Scope

QUESTION = "How many people were on board the ferry to Rona?"


class PointsAt:
    """A network that scores the given words highest wherever a text has them."""

    def __init__(self, words):
        self.words = words

    def score(self, pairs):
        found = []
        for _question, text in pairs:
            bounds = np.array([[n, n + 1] for n in range(len(text))])
            start, end = np.zeros(len(text), np.float32), np.zeros(len(text), np.float32)
            at = text.find(self.words)
            if at >= 0:
                start[at] = end[at + len(self.words) - 1] = 9.0
            found.append(TokenScores(bounds, start, end, 0.0))
        return found


def search(index, question):
    passages = index.search(question, 3)
    return passages, {p.passage.doc_id: index.document(p.passage.doc_id) for p in passages}


def test_words_in_common_put_the_answering_sentence_first(toy_pipeline):
    """The sentence with the question's words and an answer of its kind comes first, with the value that answers."""
    best = ToyReader().read(QUESTION, *search(toy_pipeline.index, QUESTION))[0]
    assert best.document.doc_id == "ferry"
    assert "42 people" in best.text


def test_the_network_gives_the_value(toy_pipeline):
    """The span that the network finds is the value of the evidence, at its place in the article."""
    reader = SpanReader(PointsAt("42 people"))
    best = reader.read(QUESTION, *search(toy_pipeline.index, QUESTION))[0]
    assert best.value == "42 people"
    assert best.document.text[best.start : best.end] == best.text


def test_a_gate_silences_evidence(toy_pipeline):
    """However sure the network is, a name that the article never mentions leaves a score of nothing."""
    question = "How many people did Napoleon bring on board the ferry to Rona?"
    reader = SpanReader(PointsAt("42 people"))
    assert all(e.score == 0.0 for e in reader.read(question, *search(toy_pipeline.index, question)))


class Likes:
    """A judge that is sure of sentences with the given words, and remembers what it was shown."""

    def __init__(self, words):
        self.words, self.shown = words, []

    def score(self, pairs):
        self.shown = list(pairs)
        return [20.0 if self.words in pair.sentence else -20.0 for pair in pairs]


def test_the_judge_turns_the_order(toy_pipeline):
    """Of the sentences that the network likes best, the one that the judge is sure of comes first, and the others answer nothing."""
    judge = Likes("engine had failed")
    first, *others = SpanReader(PointsAt("42 people"), judge).read(QUESTION, *search(toy_pipeline.index, QUESTION))
    assert "engine had failed" in first.text
    assert first.score > 0.5 > max(e.score for e in others)


def test_only_the_best_are_judged(toy_pipeline, monkeypatch):
    """No more sentences are judged than the limit says, but for those that are nearly as good: those that the network likes best."""
    monkeypatch.setattr("rag.shortlist.JUDGED", 1)
    judge = Likes("")
    SpanReader(PointsAt("42 people"), judge).read(QUESTION, *search(toy_pipeline.index, QUESTION))
    assert ["42 people" in pair.sentence for pair in judge.shown] == [True]


def test_what_is_nearly_as_good_is_judged_too(toy_pipeline, monkeypatch):
    """Sentences as good as the best to the network are judged beyond the limit, up to a higher one."""
    monkeypatch.setattr("rag.shortlist.JUDGED", 1)
    monkeypatch.setattr("rag.shortlist.MOST", 2)
    for room in ("reader", "shortlist"):
        monkeypatch.setattr(f"rag.{room}.ODDS", {"bias": 0.0, "span": 0.0, "coverage": 0.0, "unplaced": 0.0, "untimely": 0.0})
    judge = Likes("")
    SpanReader(PointsAt("42 people"), judge).read(QUESTION, *search(toy_pipeline.index, QUESTION))
    assert len(judge.shown) == 2


def test_more_are_judged_where_none_answers_for_sure(toy_pipeline, monkeypatch):
    """Where the judge is sure of none of the best, it is shown others too."""
    monkeypatch.setattr("rag.shortlist.JUDGED", 1)
    first, *_others = SpanReader(PointsAt("42 people"), Likes("engine had failed")).read(QUESTION, *search(toy_pipeline.index, QUESTION))
    assert "engine had failed" in first.text


def test_the_judge_sees_a_sentence_in_its_surroundings(toy_pipeline):
    """A sentence is judged with its article's title and the sentence before."""
    judge = Likes("")
    SpanReader(PointsAt("42 people"), judge).read(QUESTION, *search(toy_pipeline.index, QUESTION))
    engine = next(pair for pair in judge.shown if "engine" in pair.sentence)
    assert (engine.title, engine.before[:9]) == ("Ferry returns", "The ferry")


FAIR = Document(
    "fair",
    "Horse fair",
    "This year's fair drew 300 horses. A year earlier there had been 88 in the same field. Riders came from afar.",
    published=date(2017, 5, 3),
)
ASKED_2016 = Scope(date(2016, 1, 1), date(2016, 12, 31), question="How many horses were at the fair in 2016?")


def fair():
    whole = Passage("fair-0", "fair", 0, len(FAIR.text), FAIR.text)
    return [ScoredPassage(whole, 1.0, 1)], {"fair": FAIR}


def test_a_sentence_of_the_time_is_asked_with_the_time():
    """A sentence that tells of the time asked about is judged by the whole question, its dates completed; the others by the question without its time."""
    judge = Likes("")
    SpanReader(PointsAt("88"), judge).read("How many horses were at the fair?", *fair(), ASKED_2016)
    assert [(p.question, p.sentence) for p in judge.shown] == [
        (ASKED_2016.question, "A year earlier [2016] there had been 88 in the same field.")
    ]


def test_since_when_is_not_asked_of_the_judge():
    """Whether a sentence's own date lies after a day is reckoned; the judge is asked the question without it."""
    judge = Likes("")
    since = Scope(date(2016, 1, 1), None, question="How many horses were at the fair since 2016?")
    SpanReader(PointsAt("88"), judge).read("How many horses were at the fair?", *fair(), since)
    assert ("How many horses were at the fair?", "A year earlier [2016] there had been 88 in the same field.") in [
        (p.question, p.sentence) for p in judge.shown
    ]


def test_a_date_that_follows_is_read_where_one_is_asked_for_or_named():
    """The judge reads the days of "this year" for a question about a date or with one, and the article's own words for another."""
    passages, documents = given(a=("The club won the cup this year.", date(2018, 8, 14)))
    dated = "this year [2018]."
    for question, read in (
        ("In which year did the club win the cup?", dated),
        ("Who won the 2018 cup?", dated),
        ("Who won the cup?", "this year."),
    ):
        judge = Likes("")
        SpanReader(PointsAt("club"), judge).read(question, passages, documents)
        assert judge.shown[0].sentence.endswith(read)


def test_the_value_of_a_completed_sentence_is_the_articles():
    """Though the network reads a text with completed dates, what it points at stands in the article."""
    best = SpanReader(PointsAt("88")).read("How many horses were at the fair?", *fair(), ASKED_2016)[0]
    assert best.value == "88"
    assert best.text in FAIR.text


def test_what_a_gate_silenced_is_never_judged(toy_pipeline):
    """When a gate silences every sentence for a figure that is not told the judge is not asked, and nothing is evidence."""
    judge = Likes("")
    question = "How many people were on board the ferry to Rona in 1871?"
    assert SpanReader(PointsAt("42 people"), judge).read(question, *search(toy_pipeline.index, question)) == []
    assert judge.shown == []


def test_a_country_that_an_article_does_not_name_is_no_bar_where_the_judge_is_sure(toy_pipeline):
    """A sentence that only a country silences is evidence where the judge is sure of it; one that another name silences, a person's among them, never."""

    def told(who, odds):
        question = f"How many people did the {who} ferry to Rona have on board?"
        found = SpanReader(PointsAt("42 people"), Gives(odds)).read(question, *search(toy_pipeline.index, question))
        return any("42 people" in e.text and e.score > 0.5 for e in found)

    assert told("Norwegian", 8.0)
    assert not told("Norwegian", -5.0)
    assert not told("Napoleon", 8.0)
    assert not told("Michael Jordan", 8.0)


def given(**articles):
    """Articles of (text, day), and all of each as a passage."""
    documents = {doc_id: Document(doc_id, "", text, published=day) for doc_id, (text, day) in articles.items()}
    return [ScoredPassage(Passage(f"{d.doc_id}1", d.doc_id, 0, len(d.text), d.text), 1.0, 1) for d in documents.values()], documents


def test_an_article_that_names_the_country_is_enough():
    """Where a sentence answers whose article names the country, one that does not is no evidence, nor one that tells of another country."""
    named = "The Norwegian ferry had 42 people on board."
    for first, found in ((named, {"a"}), ("The harbour was quiet.", {"b"})):
        passages, documents = given(
            a=(first, None), b=("The ferry had 42 people on board.", None), c=("The Danish ferry had 42 people on board.", None)
        )
        best = SpanReader(PointsAt("42 people"), Likes("42 people")).read(
            "How many did the Norwegian ferry have on board?", passages, documents
        )
        assert {e.document.doc_id for e in best if e.score > 0.5} == found


def test_a_day_links_the_reports_that_tell_of_it():
    """An article without the question's name that tells of the day that is asked about is evidence beside a sure answer of the same days."""
    for told, linked in (("on 2 May", True), ("on 1 May with 2 others", False)):
        passages, documents = given(
            a=("On 2 May they met at Rona. The mayor resigned.", date(2024, 5, 3)),
            b=(f"They met {told}. The mayor resigned.", date(2024, 5, 4)),
        )
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("rag.shortlist.LIKELY", 100.0)
            patch.setattr("rag.shortlist.ALIKE", 2.0)
            found = SpanReader(PointsAt("resigned"), Likes("resigned")).read("Who resigned at Rona on 2 May?", passages, documents)
        assert {e.document.doc_id for e in found if e.score > 0.5} == ({"a", "b"} if linked else {"a"})


def test_reports_of_the_same_days_that_are_alike_are_linked(monkeypatch):
    """An article without the question's name that has a fifth of its words in common with a sure answer's is evidence where both are of the same days."""
    monkeypatch.setattr("rag.shortlist.LIKELY", 100.0)
    story = "The mayor resigned. A deputy from Varna, one from Teso, took over."
    for day, linked in ((date(2024, 5, 4), True), (date(2024, 8, 4), False)):
        passages, documents = given(a=(f"They met at Rona. {story}", date(2024, 5, 3)), b=(story, day))
        found = SpanReader(PointsAt("resigned"), Likes("resigned")).read("Who resigned at Rona?", passages, documents)
        assert {e.document.doc_id for e in found if e.score > 0.5} == ({"a", "b"} if linked else {"a"})


def test_a_report_of_the_same_days_is_heard_further_on(monkeypatch):
    """Where the best sentence of another report of the same days does not answer, its next is judged; not that of another month."""
    monkeypatch.setattr("rag.shortlist.RIVAL", 4.0)
    monkeypatch.setattr("rag.shortlist.JUDGED", 2)
    for day, heard in ((date(2024, 5, 4), True), (date(2024, 8, 4), False)):
        passages, documents = given(
            a=("Berg won the race at Rona.", date(2024, 5, 3)),
            b=("The race at Rona was wet. Holm won it.", day),
        )
        found = SpanReader(PointsAt("race at Rona"), Likes("won")).read("Who won the race at Rona?", passages, documents)
        assert any("Holm" in e.text and e.score > 0.5 for e in found) == heard


class Gives:
    """A judge with the same log-odds for every sentence."""

    def __init__(self, odds):
        self.odds = odds

    def score(self, pairs):
        return [self.odds] * len(pairs)


def test_an_article_that_lacks_a_name_is_judged_beside_a_sure_answer_of_the_same_person():
    """A sentence that a missing name alone silences is evidence where a sure answer names whom it tells of; without that it is none."""
    texts = {
        "a": "Bishop Anselm Quint of Rona resigned because of his heart.",
        "b": "Anselm Quint resigned because of his debts.",
        "c": "Kim Lund resigned because of his debts.",
    }
    documents = {doc_id: Document(doc_id, "", text) for doc_id, text in texts.items()}
    passages = [ScoredPassage(Passage(f"{d.doc_id}1", d.doc_id, 0, len(d.text), d.text), 1.0, 1) for d in documents.values()]
    found = SpanReader(PointsAt("because of his"), Likes("resigned")).read("Why did the bishop of Rona resign?", passages, documents)
    assert {e.document.doc_id for e in found} == {"a", "b"}


def test_more_is_asked_less_is_matched(toy_pipeline):
    """The same sentence, as likely to the judge, counts for more the more words a question has, up to a dozen."""

    def odds(question):
        weighed = SpanReader(PointsAt("42 people"), Likes("")).weigh(question, *search(toy_pipeline.index, QUESTION))
        return next(s.features["asked"] for _odds, s in weighed)

    short, longer = odds("How many people were on board?"), odds(QUESTION)
    assert short < longer
    many = [f"{'o' * n}pen" for n in range(1, 40)]
    assert odds(" ".join(many[:6])) < odds(" ".join(many[:12])) == odds(" ".join(many))


def test_where_nothing_was_found_nothing_is_read():
    """A search by words alone may find no passage: there is then no evidence, and no model is loaded."""
    assert SpanReader(SpanNetwork()).read(QUESTION, [], {}) == []


class Counting:
    """A judge that numbers the pairs it is given."""

    def __init__(self):
        self.asked = []

    def score(self, pairs):
        self.asked += pairs
        return [float(n) for n in range(len(pairs))]


def test_contradictions_are_the_mean_of_both_orders():
    """Each pair is read in both orders; nobody is asked about nothing, and without a judge nobody can tell."""
    document = Document("a", "Rona", "Four boats sank.\nSix boats sank.")
    one, other = (Evidence(document, a, b, document.text[a:b], 0.9, value) for a, b, value in ((0, 16, "Four"), (17, 32, "Six")))
    judge = Counting()
    reader = SpanReader(SpanNetwork(), judge)
    assert reader.contradicts("How many?", one, [other, other]) == [0.5, 2.5]
    assert [(p.first_value, p.value) for p in judge.asked[:2]] == [("Four", "Six"), ("Six", "Four")]
    assert reader.contradicts("How many?", one, []) == []
    assert SpanReader(SpanNetwork()).contradicts("How many?", one, [other]) is None


def test_a_passage_without_a_sentence_answers_nothing():
    """Where nothing of what was found may be evidence, nothing is read."""
    document = Document("", "Notes", "Notes")
    assert SpanReader(PointsAt("x")).read("Who was there?", [ScoredPassage(Passage("", "", 0, 5, "Notes"), 1.0, 1)], {"": document}) == []


def test_a_name_is_taken_for_granted_from_an_article_on_the_same_story():
    """Where nothing else answers, an article that lacks a name of the question is heard if it shares a person and another name with one that has it."""
    text = "The boats carried 42 people. Then their manager Ida Holm, from Teso, left."
    for other, found in (
        ("For the Rona boats spoke Ida Holm, of Teso. They lie idle.", True),
        ("For the Rona boats spoke Kim Lund. They lie idle.", False),
    ):
        passages, documents = given(a=(other, None), b=(text, None))
        best = SpanReader(PointsAt("42 people"), Likes("42 people")).read("How many did the Rona boats carry?", passages, documents)
        assert any("42 people" in e.text and e.score > 0.5 for e in best) == found
