"""Follow-ups are completed from the conversation, and questions that stand alone are left alone."""

import pytest

from rag.follow import resolve
from rag.types import Answer, Citation, Sentence, Turn

CITATION = Citation(1, "a", "Dam news", None, None, None, "quote", 0, 5)


def said(question: str, value: str = "", resolved: str | None = None) -> list[Turn]:
    """A turn that was answered by a value, or was not answered."""
    sentences = (Sentence("Shown.", (CITATION,), value=value),) if value else ()
    reason = None if value else "The articles do not say."
    return [Turn(question, Answer(question, sentences, bool(value), reason, (), "toy", resolved=resolved))]


def alike(phrase: str, others: list[str]) -> list[float]:
    """Nearness that a hand can follow: the share of letters in common."""
    return [len(set(phrase.lower()) & set(other.lower())) / len(set(phrase.lower()) | set(other.lower())) for other in others]


@pytest.mark.parametrize(
    ("before", "value", "question", "expected"),
    [
        ("When did the ministers meet in Oslo?", "Monday", "And where?", "Where did the ministers meet in Oslo?"),
        ("Did the dam break?", "", "Why?", "Why did the dam break?"),
        ("Who opened the bridge?", "Ida Holm", "when was that", "When did Ida Holm open the bridge?"),
        ("What did the council approve?", "a tram line", "When?", "When did the council approve a tram line?"),
        ("How many people died in the fire?", "12", "Where?", "Where did the people die in the fire?"),
        ("Which villages were taken?", "Alm and Orm", "how many?", "How many villages were taken?"),
        ("Who built the tower?", "Arup", "by when?", "By when did Arup build the tower?"),
        ("What happened to the tower?", "a fire", "When was that?", "When did it happen to the tower?"),
        ("How many died in the fire in May?", "12", "Where did it happen exactly?", "Where did the people die in the fire in May?"),
        ("What did the nurses ask for?", "a rise", "After how many days?", "After how many days did the nurses ask for a rise?"),
        ("Was the road moved away from the mound?", "", "Why was that done?", "Why was the road moved away from the mound?"),
        ("Is the abbot leaving?", "", "Where to?", "Where is the abbot leaving to?"),
        ("Did the dam break?", "", "oh no - how come?", "Why did the dam break?"),
        ("Did the dam break?", "", "Thanks! And where?", "Where did the dam break?"),
        ("Who leads the union?", "Ida Holm", "and now?", "Who leads the union now?"),
        ("Who leads the union?", "Ida Holm", "and then?", "Who leads the union? and then?"),
        ("Who leads the union?", "Ida Holm", "what about?", "Who leads the union? what about?"),
        ("Who was jailed over the beds?", "Ida Holm", "who else?", "Who else was jailed over the beds?"),
        ("Was Ida Holm jailed over the beds?", "jailed", "Who else?", "Who else was jailed over the beds?"),
        ("What are the two old oaks of Alm called?", "Ash", "which one of the two is older?", "Which of the two old oaks of Alm is older?"),
        ("Which two bridges cross the Ness?", "Alm and Orm", "Which of them was built first?", "Which of the two bridges was built first?"),
        ("Which chair won the cup?", "a thing from Porto", "how heavy is it?", "How heavy is the chair that won the cup?"),
        (
            "How many students began in Alm?",
            "618",
            "how many of them were women?",
            "How many of the students that began in Alm were women?",
        ),
        ("How many have died in Alm?", "61", "How many of those were children?", "How many of those who have died in Alm were children?"),
        ("How many fell ill around Alm?", "61", "How many have died?", "How many have died around Alm?"),
        ("Who won the first prize?", "Ida Holm", "and the second prize, who got that?", "Who got the second prize?"),
        ("was the race held this year?", "", "why not?", "Why was the race not held this year?"),
        ("did Ida Holm leave the team?", "", "why did she?", "Why did Ida Holm leave the team?"),
        ("How many tourists were stuck on the lift?", "46", "For how long?", "For how long were the tourists stuck on the lift?"),
        ("When is the Pope coming to Rona?", "4 May", "How long is he staying?", "How long is the Pope staying?"),
        ("where was Duma found?", "a car park", "and the other one?", "where was the other one found?"),
        ("What sentence did Per Lund get?", "a year", "and his brother?", "What sentence did Per Lund’s brother get?"),
        (
            "What sentence did the treasurer of Help Alm get?",
            "a year",
            "And his wife?",
            "What sentence did the treasurer of Help Alm get? And his wife?",
        ),
        ("Which town hosts the games?", "Alm", "How many people live in that town?", "How many people live in Alm?"),
        ("Who won the cup?", "Ida Holm", "Who governs this country?", "Who governs the country of the cup?"),
        ("Are the wolves being tracked?", "in snow", "How many of those are young?", "How many of the wolves are young?"),
        ("What did Ida Holm and Per Lund say?", "", "which of them wants more?", "Which of Ida Holm and Per Lund wants more?"),
        ("When did the Alm tram crash happen?", "at 8", "How many were injured?", "How many were injured in the Alm tram crash?"),
        ("Was Per Lund tried in Alm?", "tried", "who else was?", "Who else was tried in Alm?"),
        ("Were passengers of the Ida Holm rescued?", "", "How many of them?", "How many passengers of the Ida Holm were rescued?"),
        ("Have the masks stolen in Rona been found?", "", "How many?", "How many masks stolen in Rona have been found?"),
    ],
)
def test_a_bare_question_word_takes_the_place_of_the_other(before, value, question, expected):
    """A question word alone asks the question before it anew."""
    assert resolve(question, said(before, value)) == expected


@pytest.mark.parametrize(
    ("before", "value", "question", "expected"),
    [
        ("Who opened the bridge?", "Ida Holm", "When was she elected?", "When was Ida Holm elected?"),
        ("Which firm won the contract?", "Norvik Ltd", "Where is it based?", "Where is Norvik Ltd based?"),
        ("When did the line reopen?", "May", "What about the engines, who made them?", "Who made the engines?"),
        ("Why did Ida Holm step down as mayor of Rona?", "", "And who will replace her?", "Who will replace Ida Holm?"),
        ("Did Berg start the race?", "no", "Why not?", "Why did Berg not start the race?"),
        ("Who is Ida Holm?", "Norvik Ltd", "When was she arrested?", "When was Ida Holm arrested?"),
        ("Who went on strike at Rona?", "Ida Holm", "what did they want", "What did those who went on strike at Rona want"),
        ("Who sold the shares?", "Berg", "How much were they worth?", "How much were the shares worth?"),
        ("Who stole the jewels?", "Berg", "Were they found?", "Were the jewels found?"),
        ("Who led the talks?", "Berg", "When did they end?", "When did the talks end?"),
        (
            "How many people were on the Ida Holm?",
            "212",
            "How many of them were rescued?",
            "How many of the people on the Ida Holm were rescued?",
        ),
        ("How many shares did Berg sell?", "40", "Who bought them?", "Who bought the shares?"),
        ("Which village was hit worst?", "Rona", "How many people live there?", "How many people live in Rona?"),
        ("Who is Prime Minister?", "Ida Holm", "When was she elected?", "When was Ida Holm elected?"),
        ("Who won?", "Berg", "The bridge fell on 3 May, did it kill anyone?", "The bridge fell on 3 May, did it kill anyone?"),
        ("How did they get in?", "the roof", "back to the roof, why had it no alarm?", "Why had the roof no alarm?"),
        ("Who leads the council?", "Berg", "ok back to the pipeline. how much has it cost?", "How much has the pipeline cost?"),
        ("Which ship ran aground off Rona?", "Ida Holm", "What was she carrying?", "What was Ida Holm carrying?"),
        ("What became of the curtains?", "burnt", "Now to something else: who built the organ?", "Who built the organ?"),
        ("Who was the man who brought it back to Rona?", "Berg", "And who recognised the hand?", "Who recognised the hand?"),
        ("Did the bank agree?", "yes", "And the other bank's owners, when did they agree?", "When did the other bank's owners agree?"),
        (
            "Did Norway's foreign minister go on with the talks?",
            "refused",
            "Why did he refuse?",
            "Why did Norway's foreign minister refuse?",
        ),
        ("What settles disputes?", "a panel of three sitting in Rome", "And who pays for it?", "Who pays for the panel of three?"),
        ("Who left?", "", "What about the minister, who met her in Oslo?", "Who met the minister in Oslo?"),
        ("When was the bridge closed?", "May", "Why was it closed?", "Why was the bridge closed?"),
        ("How many died in the quake in Nepal?", "", "When did it strike?", "When did the quake in Nepal strike?"),
        ("How many lost their lives in the war over Alm?", "", "When did it end?", "When did the war over Alm end?"),
        ("Where did the storm hit?", "Torvik", "How many died there?", "How many died in Torvik?"),
        ("What did the council decide about the wind farm?", "", "who was against it", "Who was against the wind farm"),
        ("What did Holm say about the strike?", "", "What is her salary?", "What is Holm’s salary?"),
        ("What did the thieves take?", "three masks", "What are they insured for?", "What are the three masks insured for?"),
        ("What did the nurses demand?", "higher wages", "Why did they strike?", "Why did the nurses strike?"),
        ("Which towns were hit?", "Leeds, York and Hull", "Who rules them?", "Who rules Leeds, York and Hull?"),
        ("Did Ida Holm resign?", "", "Was she elected?", "Was Ida Holm elected?"),
        ("Which group met in Leeds?", "Free Parents", "What is their rent?", "What is Free Parents’ rent?"),
        ("Which firm won?", "Norvik, a shipyard", "Where is it based?", "Where is Norvik based?"),
        ("Which bridge did the flood wash out?", "", "When was it built?", "When was the bridge built?"),
        ("How long did the 1926 strike at Alm last?", "nine days", "How did it end?", "How did the 1926 strike at Alm end?"),
        ("What did the council say about the merger?", "", "How did that end?", "How did the merger end?"),
        ("Which club did Ida Holm go to?", "Orm Rovers", "Who took over from her?", "Who took over from Ida Holm?"),
        ("Who is the keeper of the mill?", "", "Was she born there?", "Was the keeper of the mill born there?"),
        ("Who led the dig at the Orm mound?", "", "Where does he teach?", "Where does the one who led the dig at the Orm mound teach?"),
    ],
)
def test_a_pronoun_is_replaced_by_what_it_means(before, value, question, expected):
    """A pronoun that points out of its question is replaced by what was asked about, or by what was answered."""
    assert resolve(question, said(before, value)) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("How many came in 2022?", "And in 2021?", "How many came in 2021?"),
        ("How many came in 2022?", "And the year before?", "How many came in 2021?"),
        ("How many came in March 2022?", "What about April?", "How many came in April 2022?"),
        ("How many came to the fair?", "and in 2019", "How many came to the fair in 2019?"),
        ("How many came last year?", "And this year?", "How many came this year?"),
        ("How many came in March 2022?", "In April?", "How many came in April 2022?"),
        ("How many came in 2022?", "And in May?", "How many came in May 2022?"),
        ("How many came in March 2022?", "And on Monday?", "How many came on Monday?"),
        ("How many came to the fair?", "And Monday?", "How many came to the fair on Monday?"),
        ("How much did drivers earn last fall?", "What about now?", "How much did drivers earn now?"),
        ("How many came in the whole of 2022?", "And back in 2021?", "How many came in 2021?"),
        ("How many came in May 2022?", "And last year?", "How many came last year?"),
    ],
)
def test_a_time_takes_the_place_of_the_other(before, question, expected):
    """A time alone asks the question before it of another time."""
    assert resolve(question, said(before)) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("How many jobs were cut in Leeds?", "And in Bradford?", "How many jobs were cut in Bradford?"),
        ("When was the first bridge opened?", "and the second bridge?", "When was the second bridge opened?"),
        ("What did Holm say about the strike?", "And Berg?", "What did Berg say about the strike?"),
        ("How many men did Peru lose?", "What about Chile's losses?", "How many men did Chile lose?"),
        ("How many fell ill in Alm since Lammas Fair?", "And in Orm?", "How many fell ill in Orm since Lammas Fair?"),
        ("How many work at the Norvik works in Alm?", "What about the one in Orm?", "How many work at the Norvik works in Orm?"),
        ("How many died when the bus fell?", "Wounded?", "How many were wounded when the bus fell?"),
        ("How many people died in Norway?", "And Sweden?", "How many people died in Sweden?"),
        ("How many were arrested in Alm?", "And released?", "How many were released in Alm?"),
        ("How much did Norvik earn in 2019?", "And Arup in 2020?", "How much did Arup earn in 2020?"),
        ("Did Norway sign the treaty?", "And Sweden?", "Did Sweden sign the treaty?"),
        ("How many fell ill in Alm in May?", "And in Orm?", "How many fell ill in Orm in May?"),
        ("When will the new houses in Alm be ready?", "And the school?", "When will the school in Alm be ready?"),
        ("What will Danish students pay?", "What about foreign ones?", "What will foreign students pay?"),
    ],
)
def test_a_phrase_takes_the_place_of_one_like_it(before, question, expected):
    """A phrase alone, or after "what about", is put in the place of a name of its sort, of the same noun, or of what is nearest in meaning."""
    assert resolve(question, said(before), alike) == expected


def test_what_was_replaced_before_is_replaced_again():
    """A third turn takes the place of what the second one put there."""
    second = said("And the Civic Party?", resolved="How many seats did Civic Party win?")
    assert resolve("what about the greens", said("How many seats did Labour win?") + second, alike) == "How many seats did greens win?"


def test_what_is_left_out_is_added():
    """A question that leaves out what it is about gets the end of the one before it."""
    assert resolve("And how many were hurt?", said("How many died in the Alm fire?")) == "How many were hurt in the Alm fire?"


def test_that_time_means_what_was_asked_about():
    """A question that points at a time spoken of gets the end of the one before it."""
    assert resolve("Which town was hit that time?", said("How many died in the Alm fire?")) == "Which town was hit in the Alm fire?"


def test_a_name_is_taken_up_whole():
    """Of a name that was answered in part, all that the quote has is meant."""
    citation = Citation(1, "a", "Dam news", None, None, None, "The Pelham Rose ran aground.", 0, 28)
    turn = Turn("Which ship sank?", Answer("Which ship sank?", (Sentence("Shown.", (citation,), value="Pelham"),), True, None, (), "toy"))
    assert resolve("Who owned it?", [turn]) == "Who owned Pelham Rose?"


@pytest.mark.parametrize(
    ("value", "quote"),
    [("US", "It was bought by US investors."), ("Ford", "Fordham University says Ford won."), ("Holm", "On Monday Holm won.")],
)
def test_a_name_is_no_longer_than_it_is(value, quote):
    """What only stands beside a name in its quote is no part of it."""
    turn = Turn(
        "Who?",
        Answer("Who?", (Sentence("Shown.", (Citation(1, "a", "T", None, None, None, quote, 0, 9),), value=value),), True, None, (), "toy"),
    )
    assert resolve("When was she elected?", [turn]) == f"When was {value} elected?"


def test_a_completed_question_is_completed_further():
    """A follow-up of a follow-up is completed with the one before it as it was completed."""
    assert resolve("And why?", said("And where?", "Leeds", "Where did the dam break?")) == "Why did the dam break?"


@pytest.mark.parametrize(
    "question",
    [
        "When did the mayor of Leeds resign?",
        "How many boats did the storm sink?",
        "Why did the spokesman resign?",
        "Who is Roe?",
        "What did Holm say about her plans?",
        "Why does the council think that it will work?",
        "Who said that the dam was safe?",
        "Were there any injuries at the Leeds works?",
        "What did the council do this year?",
        "Thanks!",
        "Brexit",
        "What has the firm done since that time?",
    ],
)
def test_whole_question_stays_alone(question):
    """A question that is whole by itself is not completed."""
    assert resolve(question, said("Did the dam break?"), alike) == question


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Different subject: who is the mayor of Orm?", "Who is the mayor of Orm?"),
        ("ok another question, what does it cost to park", "What does it cost to park"),
        ("now the ferry, price of a ticket", "The ferry, price of a ticket"),
    ],
)
def test_another_subject_is_asked_by_itself(question, expected):
    """What says that the subject changes is left out, and nothing of the conversation is taken up."""
    assert resolve(question, said("Who opened the Alm bridge?", "Ida Holm")) == expected


def test_who_came_before_an_answer_is_asked():
    """After a name, "And before that?" asks for the one before it."""
    assert resolve("And before that?", said("Who is the abbot of Orm?", "Ida Holm")) == "Who was the abbot of Orm before Ida Holm?"


def test_what_was_only_joined_is_not_taken_up():
    """A follow-up that could only be joined to the question before it is no part of what the next one is completed with."""
    history = [*said("Why did the dam break?"), *said("Oh really?", resolved="Why did the dam break? Oh really?")]
    assert resolve("And when?", history) == "When did the dam break?"


def test_a_completed_question_is_not_taken_for_a_joined_one():
    """A completion that ends with the words of its follow-up keeps them."""
    history = [*said("How many came in 2022?"), *said("in 2021?", resolved="How many came in 2021?")]
    assert resolve("And in 2020?", history) == "How many came in 2020?"


def test_two_pronouns_are_two_things():
    """What one pronoun means is not put in for another of another kind."""
    assert resolve("When did she marry him?", said("Who did Ida Holm marry?", "Jan Berg")) == "When did Jan Berg marry him?"


def test_a_pronoun_may_mean_what_was_asked_before_the_last_question():
    """What the last question does not name is looked for in the one before it."""
    assert resolve("Was it repaired?", [*said("When did the roof fall?"), *said("Anyone hurt?")]) == "Was the roof repaired?"


def test_first_question_stays_alone():
    """A question without a conversation before it is not completed."""
    assert resolve("And where?") == "And where?"


def test_the_same_word_means_the_same_person():
    """After "who did she beat?" she is still whom the word meant there, not who was beaten."""
    history = [*said("Who won in Alm?", "Ida Holm"), *said("who did she beat?", "Vera Lund", resolved="Who did Ida Holm beat?")]
    assert resolve("how old is she?", history) == "How old is Ida Holm?"


def test_another_word_means_who_was_found():
    """After "who did she marry?" he is the answer."""
    history = [*said("Who won in Alm?", "Ida Holm"), *said("who did she marry?", "Per Lund", resolved="Who did Ida Holm marry?")]
    assert resolve("how old is he?", history) == "How old is Per Lund?"
