"""Words that stand for the same thing find each other, and words that only look alike do not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.lexicon import figures, forms, joined_names, mentions, mentions_name, place, related, respelled, same_name, stem
from rag.text import named_runs, tokens

ARBITRARY = settings(deadline=None, max_examples=30, database=None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("amirabdollahian", "abdollahian"),
        ("pashinyan", "pashinian"),
        ("aliyev", "aliev"),
        ("kalbajar", "kelbajar"),
        ("lavrov", "lavrov"),
        ("bo", "bo"),
    ],
)
def test_spellings_of_one_name_are_the_same(one, other):
    """Two spellings of one name count as the same name."""
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("iran", "iraq"),
        ("armenia", "albania"),
        ("mali", "malta"),
        ("slovakia", "slovenia"),
        ("alexander", "sander"),
        ("tuesday", "thursday"),
        ("uruguay", "paraguay"),
    ],
)
def test_names_that_look_alike_stay_apart(one, other):
    """Two names that only look alike are not the same name."""
    assert not same_name(one, other)


@pytest.mark.parametrize(("one", "other"), [("austria", "australia"), ("ireland", "iceland"), ("nigeria", "niger")])
def test_two_countries_are_never_the_same_name(one, other):
    """Two different countries are not spellings of one name."""
    assert not same_name(one, other)


@ARBITRARY
@given(st.text("abilno", max_size=9), st.text("abilno", max_size=9))
def test_same_name_has_no_direction(one, other):
    """Whether two words are one name does not depend on which comes first."""
    assert same_name(one, other) == same_name(other, one)


def test_stem_joins_singular_and_plural():
    """A noun and its plural have one stem."""
    assert stem("ferries") == stem("ferry")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no boats", set()),
        ("twenty-one boats", {"21"}),
        ("one hundred and five boats", {"105"}),
        ("a six-week strike", {"6"}),
        ("12,345 boats", {"12345"}),
        ("1.5 metres", {"1.5"}),
        ("In 2019, 200 boats", {"2019", "200"}),
    ],
)
def test_figures_are_read_in_digits_and_words(text, expected):
    """The figures of a text are its numbers in digits, whether they are written in digits or in words."""
    assert figures(text) == expected


@ARBITRARY
@given(st.integers(0, 10**9))
def test_thousands_marks_change_no_figure(number):
    """A figure with thousands marks is the figure without them."""
    assert figures(f"about {number:,} boats") == figures(f"about {number} boats") == {str(number)}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("tbilisi", ("Georgia", "capital")),
        ("georgian", ("Georgia", "people")),
        ("georgia", ("Georgia", "country")),
        ("us", ("United States", "country")),
        ("turkiye", ("Turkey", "country")),
        ("ferry", None),
    ],
)
def test_place_names_the_country(word, expected):
    """A country, its people and its capital name the country, and other words name none."""
    assert place(word) == expected


def test_french_is_of_france():
    """The French are the people of France."""
    assert place("french") == ("France", "people")


def test_related_joins_a_people_and_its_capital():
    """A people and the capital of its country are related."""
    assert related("georgian", "tbilisi")


def test_related_keeps_two_capitals_apart():
    """The capitals of two countries are not related."""
    assert not related("tehran", "baku")


def test_joined_names_pair_neighbours():
    """Neighbouring name words are also known as one word and by their initials, and words apart are not."""
    assert joined_names("Ann Hill Roe met Bo") == ["annhill", "hillroe", "ahr"]


@pytest.mark.parametrize(
    ("word", "text"),
    [("ferries", "A ferry sank."), ("three", "Only 3 sank."), ("Iranian", "Tehran agreed."), ("Pashinyan", "Pashinian left.")],
)
def test_mentions_finds_stems_figures_places_and_spellings(word, text):
    """A word is mentioned by its stem, its figure, its country or another spelling."""
    assert mentions(tokens(word)[0], forms(text))


def test_mentions_misses_another_word():
    """A word that does not stand in a text in any form is not mentioned."""
    assert not mentions(tokens("train")[0], forms("A ferry sank off Skye."))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Amir Abdollahian", "Amirabdollahian spoke."),
        ("Amirabdollahian", "Amir Abdollahian spoke."),
        ("Hossein Amirabdollahian", "Amir-Abdollahian spoke."),
        ("Ann Hathersage", "Mayor Hathersage spoke."),
    ],
)
def test_mentions_name_finds_divided_and_short_forms(name, text):
    """A name is mentioned when it is written together, apart, with a hyphen, or by its long last word alone."""
    assert mentions_name(tokens(name), forms(text))


def test_mentions_name_misses_a_namesake():
    """A name is not mentioned by someone else with the same short last name."""
    assert not mentions_name(tokens("Ann Lee"), forms("Bo Lee spoke."))


def test_a_union_is_mentioned_by_its_initials():
    """The United Nations are mentioned where the UN is; a person is not by two letters."""
    assert mentions_name(named_runs("United Nations")[0], forms("The UN asked for calm."))
    assert not mentions_name(named_runs("Ida Nilsen")[0], forms("The IN group asked for calm."))


def test_a_seat_of_government_is_its_country():
    """News calls governments by their seats, the Kremlin and Washington among them."""
    assert related("kremlin", "russia")
    assert related("washington", "us")


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("What did Sergey Holm say?", "Sergei Holm spoke.", "What did Sergei Holm say?"),
        ("What did Vanhouten say?", "Ida Van Houten spoke.", "What did Van Houten say?"),
        ("Who was in Austria?", "It rained in Australia.", "Who was in Austria?"),
        ("Who is Lee?", "Lea spoke.", "Who is Lee?"),
    ],
)
def test_names_are_read_as_the_text_writes_them(question, text, expected):
    """A name in another spelling becomes the text's; another name does not."""
    assert respelled(question, text) == expected


@pytest.mark.parametrize(("one", "other"), [("british", "britain"), ("american", "america"), ("danes", "denmark"), ("emirati", "uae")])
def test_everyday_names_of_countries_and_peoples_meet(one, other):
    """What a question calls British is found where the article says Britain."""
    assert related(one, other)
