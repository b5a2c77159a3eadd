"""Articles that give another value, the same, or a copy of one story."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rag.compare import compare, copies, kind_of
from rag.types import Document, Evidence, Sentence
from rag.verify import quoted

LONG = "The harbour was busy on that day and the wind came from the north as it had all week. Fishermen mended their nets in the sun. "


def evidence(doc_id: str, text: str, value: str, day: date | None = date(2024, 5, 3), **other: Any) -> Evidence:
    document = Document(doc_id, f"Title {doc_id}", text, other.get("outlet", f"{doc_id} Post"), day)
    return Evidence(document, 0, len(text), text, other.get("score", 0.9), value)


def shown(*found: Evidence) -> list[Sentence]:
    return [quoted(found[0], 1)]


def nobody(_question: str, _first: Evidence, _others: Sequence[Evidence], /) -> None:
    """Cannot tell what contradicts what."""


def surely(odds: float) -> Callable[[str, Evidence, Sequence[Evidence]], list[float]]:
    return lambda _question, _first, others: [odds for _other in others]


FOUR = evidence("a", "Four boats sank off Rona.", "Four")
SIX = evidence("b", "The storm took six boats off Rona.", "six", day=date(2024, 5, 4))


def test_different_values_are_a_disagreement():
    """Two outlets that give different numbers disagree; both are cited, the earlier first and the later named so."""
    (found,) = compare("How many boats sank?", [FOUR, SIX], shown(FOUR), nobody).disagreements
    assert [r.value for r in found.readings] == ["Four", "six"]
    assert found.text == "The articles disagree: “Four” (a Post, 3 May 2024 [1]); later “six” (b Post, 4 May 2024 [2])."


def test_the_same_value_corroborates():
    """An outlet that gives the same number corroborates it."""
    other = evidence("b", "In all 4 boats went down off Rona.", "4")
    found = compare("How many boats sank?", [FOUR, other], shown(FOUR), nobody)
    assert (found.disagreements, [c.doc_id for c in found.corroborating]) == ((), ["b"])


def test_a_number_that_was_to_grow_is_no_other_side():
    """What another outlet gave earlier as "so far" is no rival of the greater number that came later; without those words it is one."""
    later = evidence("b", "The storm took six boats off Rona.", "six", day=date(2024, 5, 4))
    for text, disagree in (("Four boats sank off Rona so far.", False), ("Four boats sank off Rona.", True)):
        first = evidence("a", text, "Four")
        assert bool(compare("How many boats sank?", [later, first], shown(later), nobody).disagreements) == disagree


def test_copies_are_one_voice():
    """A story that two outlets carry nearly word for word neither corroborates nor disagrees."""
    one, other = evidence("a", f"{LONG}Four boats sank.", "Four"), evidence("b", f"{LONG}Six boats sank.", "Six")
    found = compare("How many boats sank?", [one, other], shown(one), nobody)
    assert copies(one, other)
    assert (found.disagreements, found.corroborating) == ((), ())


def test_a_later_value_of_one_outlet_is_an_update():
    """What an outlet says otherwise later is told as a change, not as a disagreement."""
    later = evidence("b", "The storm took six boats off Rona.", "six", outlet="a Post", day=date(2024, 5, 9))
    (found,) = compare("How many boats sank?", [FOUR, later], shown(FOUR), nobody).disagreements
    assert found.update
    assert found.text.startswith("Later changed: ")


@pytest.mark.parametrize(
    ("text", "value", "day"),
    [
        ("The storm of 2019 took six boats off Peru.", "six", date(2024, 5, 4)),
        ("The storm took six boats off Rona.", "six", date(2023, 5, 4)),
        ("Six boats of Norway sank, and none of Denmark.", "Six", date(2024, 5, 4)),
    ],
)
def test_different_things_are_no_disagreement(text, value, day):
    """Values of another year, of news from another time, or of another country are not held against each other."""
    one = evidence("a", "Four boats of Peru sank on Friday.", "Four")
    assert compare("How many boats sank?", [one, evidence("b", text, value, day=day)], shown(one), nobody).disagreements == ()


def test_the_year_in_the_question_joins_what_is_told_at_other_times():
    """Articles from years apart disagree about what the question dates."""
    late = evidence("b", "The storm took six boats off Rona.", "six", day=date(2020, 5, 4))
    assert compare("How many boats sank in the storm of 2019?", [FOUR, late], shown(FOUR), nobody).disagreements


def test_the_latest_is_not_held_against_what_was_before():
    """Where the latest is asked for, older values are no disagreement."""
    assert compare("How many boats sank?", [FOUR, SIX], shown(FOUR), nobody, latest=True).disagreements == ()


HOLM = evidence("a", "Ida Holm won the race.", "Ida Holm")
DAHL = evidence("b", "The winner was Per Dahl.", "Per Dahl")


@pytest.mark.parametrize(("odds", "sides"), [(3.0, ["Ida Holm", "Per Dahl"]), (0.5, [])])
def test_who_can_tell_says_what_contradicts(odds, sides):
    """Names are held against each other where somebody can tell that they contradict each other."""
    found = compare("Who won the race off Rona?", [HOLM, DAHL], shown(HOLM), surely(odds)).disagreements
    assert [r.value for d in found for r in d.readings] == sides


def test_a_year_is_not_held_against_a_day_without_one():
    """Of two dates that have nothing in common to compare, as a day without a year and a year, none is another side."""
    day = evidence("a", "The truce off Rona began on November 10.", "November 10", day=None)
    year = evidence("b", "The storm off Rona was in 2020.", "2020", day=None)
    assert compare("When did the truce off Rona begin?", [day, year], shown(day), surely(9.0)).disagreements == ()


def test_a_name_is_not_held_against_another_when_nobody_can_tell():
    """Without a judge only numbers and dates are."""
    assert compare("Who won the race off Rona?", [HOLM, DAHL], shown(HOLM), nobody).disagreements == ()


def test_the_same_value_is_no_disagreement_whoever_says_so():
    """What rules know to be the same is not asked about."""
    other = evidence("b", "In all 4 boats went down off Rona.", "4")
    assert compare("How many boats sank?", [FOUR, other], shown(FOUR), surely(9.0)).disagreements == ()


def test_what_hardly_answers_is_not_heard():
    """A sentence that is most unlikely to answer is no other side."""
    other = evidence("b", "Per Dahl was there too.", "Per Dahl", score=0.01)
    assert compare("Who won the race off Rona?", [HOLM, other], shown(HOLM), surely(9.0)).disagreements == ()


def test_nothing_is_compared_without_an_answer():
    """Without a shown sentence there is nothing to be compared."""
    assert compare("How many boats sank?", [], [], nobody).disagreements == ()


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What did it cost?", "number"),
        ("In which year did it open?", "date"),
        ("Which town was hit?", "place"),
        ("From which airport had it left?", "place"),
        ("Did it open?", "yes-no"),
        ("Which firm won?", "name"),
        ("What do fishermen object to?", "said"),
    ],
)
def test_kinds_of_questions(question, kind):
    """What a question asks for says how its answers are compared."""
    assert kind_of(question) == kind


def test_reports_without_a_name_in_common_are_of_different_things():
    """Where the question names nothing, two articles that have no name in common do not speak of one thing."""
    other = evidence("b", "The sale took six boats from Peru.", "six")
    assert compare("How many boats?", [FOUR, other], shown(FOUR), nobody).disagreements == ()


def test_what_hardly_answers_corroborates_nothing():
    """The same number in a sentence that is most unlikely to answer is no second voice."""
    other = evidence("b", "In all 4 dogs barked off Rona.", "4", score=0.01)
    assert compare("How many boats sank?", [FOUR, other], shown(FOUR), nobody).corroborating == ()


def test_each_article_is_asked_about_first():
    """Three sentences of one article do not take the places of another's."""
    many = [Evidence(SIX.document, 0, end, SIX.text[:end], 0.8, "six") for end in (34, 33, 28)]
    other = evidence("c", "Nineteen boats of Rona sank.", "Nineteen", score=0.5)
    (found,) = compare("How many boats sank?", [FOUR, *many, other], shown(FOUR), surely(3.0)).disagreements
    assert "Nineteen" in [r.value for r in found.readings]


def test_numbers_that_nobody_was_asked_about_are_shown():
    """Of more articles than the judge is asked about, those with likely other numbers disagree all the same."""
    said = (
        "The gale took 12 boats at Rona.",
        "Fishermen near Rona lost 14 of them.",
        "15 boats lie under Rona now.",
        "The isle of Rona mourns 16 boats.",
    )
    others = [evidence(name, text, text[text.index("1") :][:2]) for name, text in zip("bcde", said, strict=True)]
    found = compare("How many boats sank?", [FOUR, *others], shown(FOUR), surely(-1.0)).disagreements
    assert sum(len(d.readings) for d in found) == 5


@pytest.mark.parametrize(("score", "odds", "sides"), [(0.9, -2.0, 2), (0.3, -2.0, 0), (0.9, -6.0, 0)])
def test_two_likely_answers_with_other_numbers_disagree_unless_it_is_certain_that_they_do_not(score, odds, sides):
    """Where both answer, more likely than not, other numbers are shown side by side; else who can tell is believed."""
    other = evidence("b", SIX.text, "six", day=date(2024, 5, 4), score=score)
    found = compare("How many boats sank?", [FOUR, other], shown(FOUR), surely(odds)).disagreements
    assert sum(len(d.readings) for d in found) == sides


def test_a_number_of_something_else_must_contradict_for_sure():
    """A number that counts something by another name is shown beside the other only where who can tell hardly doubts it."""
    other = evidence("b", "The coast of Rona has seen six storms.", "six", day=date(2024, 5, 4))
    found = [compare("How many boats sank?", [FOUR, other], shown(FOUR), surely(odds)).disagreements for odds in (-1.0, 0.5)]
    assert [len(f) for f in found] == [0, 1]


def test_what_does_not_fit_the_time_asked_about_is_no_other_side():
    """A value of another time than the one asked about is not held against one that fits."""
    other = replace(SIX, untimely=0.5)
    assert compare("How many boats sank?", [FOUR, other], shown(FOUR), surely(5.0)).disagreements == ()


@pytest.mark.parametrize(("odds", "sides"), [(2.0, 0), (4.0, 1)])
def test_words_that_name_nobody_must_contradict_for_certain(odds, sides):
    """Reasons and other free words are two sides only where that is certain: two reasons may hold together."""
    one, other = (
        evidence("a", "It closed for want of coal off Rona.", "want of coal"),
        evidence("b", "The harbour of Rona had no pilot left.", "no pilot left"),
    )
    assert len(compare("For what reason did the harbour close?", [one, other], shown(one), surely(odds)).disagreements) == sides


@pytest.mark.parametrize(
    ("best", "other"),
    [
        ("The mill at Rona serves 260 meals a day.", "The mill at Rona makes 1,820 meals a week."),
        ("The mill at Rona served 260 meals.", "The goal of the mill at Rona was to serve 400 meals."),
        ("The mill at Rona served 260 meals.", "The mill at Rona is to serve 400 meals."),
    ],
)
def test_another_rate_and_a_goal_are_no_other_side(best, other):
    """So many a week are not held against so many a day, nor what was to be against what was."""
    one, two = (evidence(name, text, text.split(" meals")[0].split()[-1]) for name, text in (("a", best), ("b", other)))
    assert compare("How many meals did the mill serve?", [one, two], shown(one), surely(6.0)).disagreements == ()


def test_the_number_of_what_is_asked_for_is_compared():
    """Where the words found in another sentence count something else, the number of the thing asked for stands for them."""
    one = evidence("a", "The mill at Rona employs 40 millers.", "40")
    other = evidence("b", "Open seven days a week, the mill at Rona has 55 millers.", "seven")
    (found,) = compare("How many millers does the mill employ?", [one, other], shown(one), surely(5.0)).disagreements
    assert {r.value for r in found.readings} == {"40", "55 millers"}


def test_who_owns_a_thing_is_compared_whenever_it_was_bought():
    """Of what is now, the years in two sentences say since when, and do not set them apart."""
    one = evidence("a", "Rona belongs to Ida Holm, who bought it in 2019.", "Ida Holm")
    other = evidence("b", "The owner of Rona is Kim Berg, who took it over in August 2021.", "Kim Berg")
    assert len(compare("Who owns Rona?", [one, other], shown(one), surely(5.0)).disagreements) == 1


@pytest.mark.parametrize(("question", "sides"), [("What did the pool in Rona cost?", 0), ("What will the pool in Rona cost?", 2)])
def test_what_was_planned_is_held_against_what_was_only_where_plans_are_asked_about(question, sides):
    """A budget or a forecast is no other side of what came of it."""
    one = evidence("a", "The pool off Rona cost 9 million euros.", "9 million euros")
    other = evidence("b", "Rona voted for a pool with a budget of 5 million euros.", "5 million euros")
    found = compare(question, [one, other], shown(one), surely(5.0)).disagreements
    assert [len(d.readings) for d in found] == ([sides] if sides else [])


def test_another_currency_is_no_other_side():
    """An amount in shillings is not held against one in dollars, whoever finds that they contradict."""
    one, other = (
        evidence("a", "BodaPaya of Rona raised $8 million.", "$8 million"),
        evidence("b", "BodaPaya of Rona got Sh30 billion.", "Sh30 billion"),
    )
    assert compare("How much did BodaPaya raise?", [one, other], shown(one), surely(9.0)).disagreements == ()


def test_weeks_are_held_against_months():
    """Lengths of time in other units may contradict each other."""
    one, other = (
        evidence("a", "The strike at Rona lasted three weeks.", "three weeks"),
        evidence("b", "The strike at Rona went on for two months.", "two months"),
    )
    assert len(compare("How long did the strike at Rona last?", [one, other], shown(one), surely(9.0)).disagreements) == 1


def test_a_part_is_not_held_against_the_total_that_is_asked_for():
    """Where a question asks for the total, a number that is not called one is no other side."""
    one = evidence("a", "In all 127 people were held off Rona.", "127")
    other = evidence("b", "Off Rona 58 people were held on Tuesday.", "58", day=date(2024, 5, 4))
    assert compare("How many people were held in total?", [one, other], shown(one), surely(5.0)).disagreements == ()


def test_a_number_is_one_whatever_asks_for_it():
    """Two numbers are held against each other where no word of the question says that one is asked for."""
    one, other = evidence("a", "A quake of 5.9 shook Rona.", "5.9"), evidence("b", "It put the quake at Rona at 6.4.", "6.4")
    assert len(compare("What magnitude had the quake?", [one, other], shown(one), surely(5.0)).disagreements) == 1


def test_the_number_of_the_same_unit_stands_for_words_that_have_none():
    """Where the words found in another sentence hold no number, its only number of the best one's unit is compared."""
    one = evidence("a", "The port of Rona has to pay a fine of 25 million lira.", "25 million lira")
    other = evidence("b", "It fined Rona 18 million lira for raising prices in May.", "raising prices")
    (found,) = compare("How much was the fine?", [one, other], shown(one), surely(5.0)).disagreements
    assert {r.value for r in found.readings} == {"25 million lira", "18 million lira"}


def test_a_correction_of_the_same_outlet_is_shown_whoever_finds_it_compatible():
    """An outlet that gives the right figure corrects its own, even where nothing contradicts."""
    one = evidence("a", "The roof at Rona cost 1.3 million pounds.", "1.3 million pounds", outlet="Bay Post")
    other = evidence("b", "The right figure for Rona is 130,000 pounds.", "130,000 pounds", day=date(2024, 5, 9), outlet="Bay Post")
    assert len(compare("How much did the roof cost?", [one, other], shown(one), surely(-6.0)).disagreements) == 1


@pytest.mark.parametrize(
    ("question", "best", "other"),
    [("How many boats sank?", FOUR, SIX), ("Who won the race off Rona?", HOLM, evidence("b", "Per Dahl was there first.", "Per Dahl"))],
)
def test_a_faint_value_must_contradict_for_certain(question, best, other):
    """A number or a name in a sentence that hardly answers is another side only where the contradiction is certain."""
    faint = replace(other, score=0.12)
    assert [len(compare(question, [best, faint], shown(best), surely(odds)).disagreements) for odds in (5.0, 7.0)] == [0, 1]


def test_a_faint_no_is_not_heard():
    """Whether a sentence that hardly answers says no cannot be told, however surely it contradicts."""
    yes, no = (
        evidence("a", "The dam at Rona was checked in May.", "checked"),
        evidence("b", "Nobody at Rona looked at the dam.", "Nobody", score=0.12),
    )
    assert compare("Was the dam at Rona checked?", [yes, no], shown(yes), surely(9.0)).disagreements == ()


def test_what_another_article_quotes_does_not_hide_its_own_value():
    """An article whose likeliest sentence gives another value disagrees, though a later sentence of it has the same as the best."""
    text = "The storm took six boats off Rona. Officials had spoken of 4 boats before."
    document = Document("b", "", text, "b Post", date(2024, 5, 4))
    six, four = (Evidence(document, 0, 34, text[:34], 0.8, "six"), Evidence(document, 35, len(text), text[35:], 0.3, "4"))
    assert len(compare("How many boats sank?", [FOUR, six, four], shown(FOUR), surely(9.0)).disagreements) == 1


def test_what_hardly_answers_is_asked_about_last():
    """The judge reads a likely second sentence before what hardly answers in other articles."""
    asked: list[Evidence] = []

    def remembers(_question: str, _first: Evidence, others: Sequence[Evidence], /) -> list[float]:
        asked.extend(others)
        return [-9.0 for _other in others]

    likely = [SIX, replace(SIX, start=1, value="nine", text="nine boats off Rona.", score=0.6)]
    faint = [evidence(doc_id, f"Some {n} boats came to Rona.", str(n), score=0.12) for doc_id, n in (("c", 19), ("d", 17))]
    compare("How many boats sank?", [FOUR, *likely, *faint], shown(FOUR), remembers)
    assert asked[:2] == likely


def test_a_faint_value_corroborates_nothing():
    """The same number in a sentence that hardly answers is no second voice."""
    other = evidence("b", "In all 4 boats went down off Rona.", "4", score=0.12)
    assert compare("How many boats sank?", [FOUR, other], shown(FOUR), nobody).corroborating == ()


@pytest.mark.parametrize(
    ("question", "one", "other", "sides"),
    [
        ("When did the dam at Rona burst?", "on 3 May 1968", "on 5 May 1968", 1),
        ("When did the dam at Rona burst?", "on 3 May 1968", "on 5 July 1968", 0),
        ("How long is the dam at Rona?", "14 miles", "12 miles", 1),
        ("How many miles did the dam at Rona leak?", "14 miles", "12 miles", 0),
    ],
)
def test_days_close_to_each_other_and_measures_are_of_one_thing(question, one, other, sides):
    """Where two likely answers give days of one month, or lengths, it must be surer that they are compatible."""
    first, second = evidence("a", f"The dam at Rona gave way {one}.", one), evidence("b", f"The wall at Rona went {other}.", other)
    assert len(compare(question, [first, second], shown(first), surely(-4.5)).disagreements) == sides


def test_a_month_is_no_place_in_common():
    """Two places are not the same for a month that both sentences name."""
    one = evidence("a", "Ida Holm met Berg in Oslo in July.", "Oslo")
    other = evidence("b", "It was in Bergen in July that Ida Holm met him.", "Bergen")
    assert len(compare("Where did Ida Holm meet Berg?", [one, other], shown(one), surely(5.0)).disagreements) == 1


def test_a_sentence_that_tells_both_values_says_itself_how_they_differ():
    """An earlier figure that the best sentence names beside its own is no other side."""
    one = evidence("a", "At Rona 64 fell ill, up from 19 in March.", "64")
    other = evidence("b", "At Rona 19 fell ill.", "19")
    assert not compare("How many fell ill at Rona?", [one, other], shown(one), surely(9.0)).disagreements
    (found,) = compare(
        "How many fell ill at Rona?", [one, evidence("c", "At Rona 30 fell ill.", "30")], shown(one), surely(9.0)
    ).disagreements
    assert {r.value for r in found.readings} == {"64", "30"}


def test_what_seems_of_another_time_must_contradict_for_certain():
    """Sentences whose own dates are years apart disagree only where the judge is certain."""
    one = evidence("a", "The Rona ferry sank in 1911 with 40 people.", "40")
    other = evidence("b", "The Rona ferry went down in 1915 with 70 people.", "70")
    question = "How many people did the Rona ferry sink with?"
    assert [len(compare(question, [one, other], shown(one), surely(odds)).disagreements) for odds in (5.0, 7.0)] == [0, 1]


def test_what_was_planned_must_contradict_for_certain():
    """A plan is another side of what was only where the judge is certain."""
    one = evidence("a", "The Rona bridge cost 40 million euros.", "40 million euros")
    other = evidence("b", "The Rona bridge was to cost 70 million euros.", "70 million euros")
    assert [
        len(compare("How much did the Rona bridge cost?", [one, other], shown(one), surely(odds)).disagreements) for odds in (5.0, 7.0)
    ] == [
        0,
        1,
    ]


def test_a_later_figure_that_names_the_earlier_one_is_shown_beside_it():
    """Where the earlier figure answers best, the article that has both is the other side."""
    one = evidence("a", "At Rona 19 fell ill.", "19")
    other = evidence("b", "At Rona 64 fell ill, up from 19 in March.", "64")
    assert len(compare("How many fell ill at Rona?", [one, other], shown(one), surely(9.0)).disagreements) == 1


def test_articles_without_a_name_in_common_are_of_two_stories():
    """A question that names nothing gets no other side from an article that shares no name, however surely it contradicts."""
    one, other = evidence("a", "The fire killed 40 people.", "40"), evidence("b", "A flood killed 70 people.", "70")
    assert not compare("How many died?", [one, other], shown(one), surely(9.0)).disagreements


def test_two_houses_of_one_town_are_two_places():
    """Places that share their town and differ in what lies in it are asked about; a town and its country are the same."""
    for place, sides in (("the Hotel Bristol in Oslo", 1), ("Oslo, Norway", 0)):
        one = evidence("a", "Ida Holm met Berg in the Kalemi Palace in Oslo.", "the Kalemi Palace in Oslo")
        other = evidence("b", f"It was in {place} that the two, Berg and Holm, shook hands.", place)
        assert len(compare("Where did Ida Holm meet Berg?", [one, other], shown(one), surely(5.0)).disagreements) == sides


def test_a_number_is_compared_where_another_word_was_found():
    """Of a sentence whose answering words have no number its only number is compared."""
    one = evidence("a", "Rona raised its rate by 150 points this week.", "this week")
    other = evidence("b", "The rate of Rona went up by 100 points on Wednesday.", "100 points")
    (found,) = compare("By how much did Rona raise its rate?", [one, other], shown(one), surely(5.0)).disagreements
    assert {r.value for r in found.readings} == {"150 points", "100 points"}


def test_a_place_may_lie_in_another_country():
    """Where a place is asked for, sentences that name other countries may speak of one thing."""
    one = evidence("a", "Holm was arrested in Larnaca, Cypriot police said.", "Larnaca")
    other = evidence("b", "Holm was arrested in Athens, as the Latvian prosecutor announced this afternoon.", "Athens")
    assert len(compare("Where was Holm arrested?", [one, other], shown(one), surely(5.0)).disagreements) == 1
