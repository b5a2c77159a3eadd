"""Dates are read where they are stated in full, completed from the dateline where only the past is meant, and never guessed."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rag.completed import complete_dates, completed
from rag.dates import find_dates
from rag.periods import full_date
from rag.types import Span

TUESDAY = date(2023, 10, 24)
ARBITRARY = settings(deadline=None, max_examples=30, database=None)
DAYS = st.dates(date(1950, 1, 1), date(2090, 1, 1))
STATED = "Monday|Oct 23|last month |a week later|in March |last year in |three days ago|Today |yesterday |Monday (Oct 23)|3 May|2020|May |will |Nov. 9, 2020|31 Feb|Feb 29|30th of June |۲۳ May|. |(|\n"
TEXTS = st.lists(st.one_of(st.sampled_from(STATED.split("|")), st.text(max_size=4)), max_size=10).map("".join)


@pytest.mark.parametrize(
    "text",
    [
        "Oct 24 2023", "Oct. 24, 2023", "October 24, 2023", "24 October 2023", "24th of October 2023", "Tuesday, 24 October 2023",
        "2023-10-24", "24/10/2023", "10/24/2023", "24.10.2023",
    ],
)  # fmt: skip
def test_full_date_reads_many_layouts(text):
    """A day that is stated in full is read in every usual layout."""
    assert full_date(text) == TUESDAY


@pytest.mark.parametrize("text", ["03/04/2023", "3-4-2023"])
def test_full_date_leaves_ambiguous_figures(text):
    """Figures that mean two days on two sides of the Atlantic state none."""
    assert full_date(text) is None


def test_full_date_reads_equal_day_and_month():
    """Figures with the same day and month are not ambiguous."""
    assert full_date("03/03/2023") == date(2023, 3, 3)


@pytest.mark.parametrize("text", ["", "October 2023", "Oct 24", "2023", "yesterday", "the ferry", "31 February 2023"])
def test_full_date_needs_day_month_and_year(text):
    """Text without a possible day, month and year states no date."""
    assert full_date(text) is None


@pytest.mark.parametrize("text", ["03-04-2023", "3-4-2023"])
def test_full_date_leaves_ambiguous_figures_with_hyphens(text):
    """Figures with hyphens that mean two days state none."""
    assert full_date(text) is None


def test_full_date_refuses_a_thirteenth_month():
    """An ISO date with a thirteenth month states no date."""
    assert full_date("2023-13-01") is None


@ARBITRARY
@given(TEXTS, st.none() | DAYS)
def test_mentions_stand_at_their_offsets(text, published):
    """Every date mentioned is the text between its offsets."""
    assert all(text[m.start : m.end] == m.text for m in find_dates(text, published))


def test_find_dates_reads_a_date_in_full():
    """A date in full inside a sentence is complete and needs no dateline."""
    (mention,) = find_dates("The dam broke on Friday, 3 May 2024, at noon.")
    assert (mention.day, mention.complete) == (date(2024, 5, 3), True)


def test_find_dates_reads_no_day_without_dateline():
    """A weekday means no day where the article has no date."""
    assert [m.day for m in find_dates("The dam broke on Friday.")] == [None]


def test_find_dates_leaves_months_and_years_open():
    """A month or a year alone is a mention of a date but of no day."""
    assert [(m.text, m.day) for m in find_dates("Built in 1931, it broke in March 2020.", TUESDAY)] == [
        ("1931", None),
        ("March 2020", None),
    ]


@pytest.mark.parametrize("text", ["May the best boat win.", "They march on Leeds.", "Mayors met.", "It cost 1931000 pounds."])
def test_find_dates_leaves_verbs_and_figures(text):
    """Words and figures that only look like months or years are no dates."""
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It broke on Monday.", "It broke on Monday [23 October 2023]."),
        ("It broke on Monday (Oct 23).", "It broke on Monday (Oct 23) [23 October 2023]."),
        ("It broke yesterday.", "It broke yesterday [23 October 2023]."),
        ("It has been open to all since 29 July.", "It has been open to all since 29 July [29 July 2023]."),
        ("Rona promised it by the end of June.", "Rona promised it by the end of June."),
        ("Water has been rationed since the middle of June.", "Water has been rationed since the middle of June [June 2023]."),
        (
            "A ship in Port Rona yesterday broke, a day before it was due.",
            "A ship in Port Rona yesterday [23 October 2023] broke, a day before it was due.",
        ),
        ("It broke the day before yesterday.", "It broke the day before yesterday [22 October 2023]."),
        ("It was shut the night before last.", "It was shut the night before last [22 October 2023]."),
        (
            "It was sold in July and broke on the 29th of that month.",
            "It was sold in July [July 2023] and broke on the 29th of that month [29 July 2023].",
        ),
        ("He was sentenced to ten years on Friday.", "He was sentenced to ten years on Friday [20 October 2023]."),
        (
            "The strike, which began on Monday, ends on Thursday.",
            "The strike, which began on Monday [23 October 2023], ends on Thursday [26 October 2023].",
        ),
        ("Three years ago today it broke.", "Three years ago [24 October 2020] today it broke."),
        ("It opens two weeks from today.", "It opens two weeks from today [7 November 2023]."),
        ("It broke on New Year’s Eve.", "It broke on New Year’s Eve [31 December 2022]."),
        ("It broke earlier this week.", "It broke earlier this week [23 October 2023]."),
        ("It broke on the 3rd of this month.", "It broke on the 3rd of this month [3 October 2023]."),
        (
            "He spoke on Monday; it broke the previous evening.",
            "He spoke on Monday [23 October 2023]; it broke the previous evening [22 October 2023].",
        ),
        ("It broke on Sunday and will be mended.", "It broke on Sunday [22 October 2023] and will be mended."),
        ("It will be mended, he said on Monday.", "It will be mended, he said on Monday [23 October 2023]."),
        ("It broke today.", "It broke today [24 October 2023]."),
        ("Nurses stopped work at seven this morning.", "Nurses stopped work at seven this morning [24 October 2023]."),
        ("Last night it broke.", "Last night [23 October 2023] it broke."),
        ("It broke on Oct. 20.", "It broke on Oct. 20 [20 October 2023]."),
        ("They voted by 7 to 2 on Monday’s motion.", "They voted by 7 to 2 on Monday’s [23 October 2023] motion."),
        ("It broke on 1 August at dawn.", "It broke on 1 August [1 August 2023] at dawn."),
    ],
)
def test_complete_dates_adds_the_day(text, expected):
    """A partial date of the past is followed by the day that it means."""
    assert complete_dates(text, TUESDAY) == expected


def test_complete_dates_looks_back_over_new_year():
    """A day without a year that has not come yet this year is last year's."""
    assert complete_dates("It broke on December 30.", date(2024, 1, 2)) == "It broke on December 30 [30 December 2023]."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It will open on Monday.", "It will open on Monday [30 October 2023]."),
        ("It will open on the first of next month.", "It will open on the first of next month [1 November 2023]."),
        ("It will open on Thursday week.", "It will open on Thursday week [2 November 2023]."),
        (
            "The barge that was to have led the fair sank on Sunday.",
            "The barge that was to have led the fair sank on Sunday [22 October 2023].",
        ),
        ("The trial starts on Thursday.", "The trial starts on Thursday [26 October 2023]."),
        ("Ness, who steps down as mayor on 1 April, was glad.", "Ness, who steps down as mayor on 1 April [1 April 2024], was glad."),
        ("It will open next spring.", "It will open next spring [spring 2024]."),
        ("The results will be announced on Monday.", "The results will be announced on Monday [30 October 2023]."),
        ("It is scheduled for Friday.", "It is scheduled for Friday [27 October 2023]."),
        ("On Monday the mayors of both cities will meet.", "On Monday [30 October 2023] the mayors of both cities will meet."),
        ("The mayors are to meet on Monday.", "The mayors are to meet on Monday [30 October 2023]."),
        ("It will open tomorrow.", "It will open tomorrow [25 October 2023]."),
        ("It will open in March.", "It will open in March [March 2024]."),
        (
            "It will stay shut until the new one that was ordered in Bergen arrives from there on Friday.",
            "It will stay shut until the new one that was ordered in Bergen arrives from there on Friday [27 October 2023].",
        ),
        ("It will open on 3 January.", "It will open on 3 January [3 January 2024]."),
    ],
)
def test_complete_dates_of_the_future(text, expected):
    """A partial date on which its sentence says that something will be is the first such day after the dateline."""
    assert complete_dates(text, TUESDAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It broke three days ago.", "21 October 2023"),
        ("It broke two weeks ago.", "about 10 October 2023"),
        ("It broke a month ago.", "September 2023"),
        ("It broke five years ago.", "2018"),
        ("It broke last week.", "16 to 22 October 2023"),
        ("It broke last month.", "September 2023"),
        ("It broke last year.", "2022"),
        ("It broke last year in September.", "September 2022"),
        ("It broke in September last year.", "September 2022"),
        ("It broke in mid-July.", "July 2023"),
        ("It broke in November.", "November 2022"),
        ("It broke earlier this month.", "October 2023"),
        ("It broke last Thursday.", "19 October 2023"),
        ("It broke on Monday last week.", "16 October 2023"),
        ("It broke on Oct 20 last year.", "20 October 2022"),
        ("It broke last summer.", "summer 2023"),
        ("It is open since Sunday.", "22 October 2023"),
        ("It broke on 3 May 2021 and reopened two days later.", "5 May 2021"),
        ("In 2021 it broke twice. A year earlier it had held.", "2020"),
        ("It broke on 3 May. The day before, it had held.", "2 May 2023"),
        ("In March 2021 it held. The previous month it had broken.", "February 2021"),
        ("It broke on 3 May 2023. The following Tuesday it was mended.", "9 May 2023"),
        ("They vote this Sunday.", "29 October 2023"),
        ("The dam, still since a gust threw a tree on it, opens again on Saturday.", "28 October 2023"),
        ("The trial of the men opens in Port Rona on Saturday.", "28 October 2023"),
        ("Riders will be able to board the Green Line on Saturday, two years later than promised.", "28 October 2023"),
        ("It opened on Monday, two weeks late.", "23 October 2023"),
        ("It opened on Monday, nine years after the first was built.", "23 October 2023"),
        ("The court that is to say who owns the dam began its hearings on Monday.", "23 October 2023"),
        ("Parliament votes on Friday.", "27 October 2023"),
        ("It falls a week on Saturday.", "4 November 2023"),
        ("He left his post two days after the vote of 20 October.", "22 October 2023"),
        ("It was seen three days before the quake of 11 April 2018.", "8 April 2018"),
        ("A ship, the Ida, sails from Rona on Friday to look for it.", "27 October 2023"),
        ("The strike begins at noon on Friday.", "27 October 2023"),
        ("It ran aground two years ago this month with all hands.", "October 2021"),
        ("In 2021 it was dearer than since 1950. The year before it had cost nine.", "2020"),
    ],
)
def test_complete_dates_of_relative_words(text, expected):
    """What is said relative to the dateline, or to a date before it, is followed by the days that it means, no more exactly than it says."""
    assert f" [{expected}]" in complete_dates(text, TUESDAY)


@pytest.mark.parametrize(
    "text",
    [
        "It broke in 2021. The day before, it held.",
        "It broke on 3 May 2021. The day after the vote it held.",
        "In 1999, the year before she became mayor, it held.",
        "It broke in 2021. It was mended. A year later it broke again.",
        "The dam of 1950 broke in 2021. A year earlier it had held.",
        "In 2021 the plan for 2030 was dropped. A year later it was back.",
        "It opened in 2021, a year later than planned.",
        "It opened in 1950. Twenty-five years later it broke.",
        "It opened in 2004. Two or three years later it broke.",
        "It opened in November 2021. Less than a year later it broke.",
        "In the 12 months to March 2021 it held, as in the previous year.",
        "Her novel 1984 was read. A year later it was lost.",
        "It was mended in the winter of 2020. A year later it broke.",
        "It opened in 2010. A decade later it broke.",
        "Since Tuesday is a holiday, it is shut.",
        "In February 1,160 tonnes were landed.",
        "It was shut for a week on Friday.",
        "Three launches on Friday were condemned.",
        "He was killed in 2019, two days after the vote of 3 May.",
        "She was born two days after the storm of 12 March.",
        "He would quit if it fell on Friday.",
        "He was shot on November 22, two years after the vote.",
        "He was shot on Friday, ten years after the coup, in 1983.",
        "The board meets in May and November.",
        "They met this Sunday.",
        "Holm, born on 3 May 1990, was chosen the following Tuesday.",
        "It broke on 3 May 2021. The next Tuesday of the month is free.",
    ],
)
def test_what_is_counted_from_no_one_date_is_left(text):
    """Days are counted from a single date of the sentence or the one before, by an exact count, and not from an event that the words name."""
    assert complete_dates(text, TUESDAY) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It opened in 2010, she said on Monday. A year later it broke.", "2011"),
        ("It held in 2019. Two years later it broke, and the following year it was mended.", "2022"),
    ],
)
def test_a_day_of_speaking_is_not_counted_from(text, expected):
    """Words count from what is told, not from when it was said, and from a date that was counted itself."""
    assert f" [{expected}]" in complete_dates(text, TUESDAY)


@pytest.mark.parametrize(
    "text",
    [
        "The war of 2020 began in September and ended in November.",
        "In 2021 the dam broke. It was mended in March.",
        "It broke in May, as it had in May 2019.",
    ],
)
def test_a_month_near_another_year_is_left(text):
    """A month beside a year that is not the dateline's may lie in that year, and is left as it is written."""
    assert complete_dates(text, TUESDAY) == text


@pytest.mark.parametrize(
    "text", ["It would open on Monday.", "It could open on Friday.", "The next vote is on Thursday.", "He had been due on Monday."]
)
def test_complete_dates_leaves_what_was_to_come(text):
    """A day on which something would or could be may lie on either side of the dateline, and is left as it is written."""
    assert complete_dates(text, TUESDAY) == text


@pytest.mark.parametrize("text", ["It broke the previous Friday.", "It opens every Sunday."])
def test_complete_dates_leaves_other_weeks(text):
    """A weekday that may lie in another week is left as it is written."""
    assert complete_dates(text, TUESDAY) == text


def test_complete_dates_leaves_full_dates():
    """A date that is complete already gets nothing added."""
    assert complete_dates("It broke on Oct 23, 2023.", TUESDAY) == "It broke on Oct 23, 2023."


@ARBITRARY
@given(TEXTS)
def test_complete_dates_needs_the_dateline(text):
    """Without a date of publication nothing is completed but what counts from a date that stands before it."""
    assume("later" not in text)
    assert complete_dates(text, None) == text


@ARBITRARY
@given(TEXTS.map(lambda text: re.sub(r"[][]", "", text)), DAYS)
def test_complete_dates_only_inserts(text, published):
    """Without its insertions in square brackets a completed text is the text as it was."""
    assert re.sub(r" \[[^]]*\]", "", complete_dates(text, published)) == text


@ARBITRARY
@given(TEXTS, DAYS)
def test_completed_days_are_never_after_the_dateline(text, published):
    """A day that follows from the dateline is not later than the dateline where nothing is said to come."""
    assume("will" not in text)
    assert all(m.day is None or m.day <= published for m in find_dates(text, published) if not m.complete)


@ARBITRARY
@given(st.integers(0, 6), DAYS)
def test_weekday_is_the_latest_one(back, published):
    """A weekday means the latest such day up to and with the dateline."""
    day = published - timedelta(days=back)
    name = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()[day.weekday()]
    assert [m.day for m in find_dates(f"The dam broke on {name}.", published)] == [day]


@pytest.mark.parametrize("rest", ["that the firm must pay", "that the vote would be held in May", "that 40 people had come"])
def test_complete_dates_of_what_was_said_that_day(rest):
    """The day on which somebody said that something is or will be is the past day, whatever was said."""
    assert complete_dates(f"The court said on Monday {rest}.", TUESDAY).startswith("The court said on Monday [")


def test_complete_dates_shares_the_year_of_a_list():
    """A day in a list of dates is never put in another year than the one that the list states."""
    assert "2023" not in complete_dates("The pacts were signed on January 11 and November 26, 2021.", TUESDAY)


def test_complete_dates_heeds_the_weekday():
    """A day that is not the weekday written beside it is not inserted."""
    text = "The fair opened on Sunday, 29 October, in Leeds."
    assert complete_dates(text, TUESDAY) == text


def test_complete_dates_stays_inside_the_sentence():
    """The inserted day stands before the full stop of the sentence."""
    assert complete_dates("The dam broke on 20 October.", TUESDAY) == "The dam broke on 20 October [20 October 2023]."


def test_complete_dates_leaves_repeated_days():
    """A day that comes round each week is left as it is written."""
    assert complete_dates("The market opens each Monday.", TUESDAY) == "The market opens each Monday."


@pytest.mark.parametrize(
    "text",
    [
        "The September 11 attacks changed Leeds.",
        "The January 6 riot was filmed.",
        "The Good Friday Agreement was signed.",
        "The fair was held every 12 October.",
        "They met on the anniversary of 12 October.",
        "He remembered Bloody Sunday.",
        "The Sunday Times reported it.",
        "Lee told USA Today that it sank.",
        "It was a Friday in 2019 when it broke.",
    ],
)
def test_a_day_in_a_name_is_left(text):
    """A day that names something, or any such day, means no day of its own."""
    assert complete_dates(text, TUESDAY) == text


@pytest.mark.parametrize(
    "text",
    [
        "It broke on Monday two weeks ago.",
        "It broke a long time ago on Friday.",
        "It broke on Monday that week.",
        "It broke on Monday of that same week.",
        "In 2019, on August 3, it broke.",
        "The war began on September 27 and ended in 2020.",
    ],
)
def test_a_day_of_another_week_or_year_is_left(text):
    """A day that the sentence puts into another week or year is not put near the dateline."""
    assert complete_dates(text, TUESDAY) == text


@pytest.mark.parametrize(
    "text",
    ["The fair looks good on Friday.", "The mayors could meet on Friday.", "The market is at its best on Thursday."],
)
def test_a_day_without_a_past_is_left(text):
    """A day in a sentence that tells nothing past is left as it is written."""
    assert complete_dates(text, TUESDAY) == text


def test_a_day_means_what_it_means_in_the_whole_sentence():
    """A sentence that lost the word which made its day a coming one gets no day."""
    assert (
        complete_dates("The round opened on Thursday.", TUESDAY, of="The next round opened on Thursday.") == "The round opened on Thursday."
    )


def test_the_day_after_the_dateline_is_no_past_day():
    """A day of the past is not the one after the article's own."""
    assert complete_dates("In a speech on 25 October he said so.", TUESDAY) == "In a speech on 25 October he said so."


@ARBITRARY
@given(TEXTS, DAYS, st.data())
def test_each_character_is_found_in_the_completed_text(text, published, data):
    """Every character of an article stands in the completed text where it is said to stand, and is found back from there."""
    start = data.draw(st.integers(0, len(text)))
    here = completed(text, start, len(text), find_dates(text, published))
    for at in range(start, len(text)):
        assert here.text[here.there(at)] == text[at]
        assert here.back(here.there(at), here.there(at) + 1) == Span(at, at + 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The bus crashed on Monday. Its driver died two days after the crash.", date(2023, 10, 25)),
        ("They signed it on 3 May 2022. A day before the signing he left.", date(2022, 5, 2)),
        ("They signed it on 3 May 2022. It took effect exactly one month after the signing.", date(2022, 6, 3)),
        ("A bus crashed on 3 May 2022, another crashed on 4 May 2022. He died two days after the crash.", None),
        (
            "The bus crashed on 3 May 2022, a car crashed. One train crashed in 2019. It crashed on 5 May 2022. He died a day after the crash.",
            None,
        ),
        ("It crashed on 3 May 2022. For two days after the crash nobody came.", None),
        ("It crashed on 3 May 2022. He died about two days after the crash.", None),
        ("It sank on 3 May 2022. He died two days after the crash.", None),
        ("It crashed. He died on 3 May 2022, two days after the crash.", None),
        ("Police said on 3 May 2022 how it crashed. He died two days after the crash.", None),
        ("No plane crashed on 4 May 2022. It crashed on 3 May 2022. He died two days after the crash.", date(2022, 5, 5)),
        ("It crashed on 3 May 2022. The firm's planes crashed in 2018, too. He died two days after the crash.", None),
    ],
)
def test_a_count_from_an_event_needs_its_one_day(text, day):
    """Days counted from an event are understood where the article has told of it with one day, and the count is exact."""
    counts = [m.day for m in find_dates(text, date(2023, 10, 27)) if "the crash" in m.text or "the signing" in m.text]
    assert [*counts, None][0] == day


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ("3 November 2022 - It opens.\n5 February - It shuts.", [date(2022, 11, 3), date(2023, 2, 5)]),
        ("3 March 2023: It opens.\n5 January: It shuts.\n2 November: It falls.", [date(2023, 3, 3), date(2023, 1, 5), date(2022, 11, 2)]),
        ("3 March 2023 - It opens.\nOn 5 June they look good.", [date(2023, 3, 3), None]),
        ("3 March 2022 - It opens.\n30 November - It shuts.", [date(2022, 3, 3), None]),
    ],
)
def test_the_lines_of_a_timeline_go_on(lines, days):
    """A day without a year that opens a line lies on from the line before, forwards or backwards, never after the dateline."""
    assert [m.day for m in find_dates(lines, date(2023, 4, 1))] == days


def test_votes_that_were_cast_are_past():
    """What reads "votes on Monday" behind a number is no plan to vote."""
    assert complete_dates("The motion received 66 votes on Monday.", TUESDAY) == "The motion received 66 votes on Monday [23 October 2023]."


def test_since_an_hour_of_a_day_is_past():
    """Since midnight on a day means the last such day, though no verb tells the past."""
    assert complete_dates("Since midnight on Monday it is law.", TUESDAY) == "Since midnight on Monday [23 October 2023] it is law."


def test_the_dateline_is_no_date_to_count_from():
    """A year before is counted from the date of its sentence, not from the article's own above it."""
    text = "Canal slump\n\nPort Letter\n10 October 2023\n\nIn 2022 they had 40 ships, in the year before, 60."
    assert [str(m.period) for m in find_dates(text, TUESDAY)] == ["10 October 2023", "2022", "2021"]
