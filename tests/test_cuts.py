"""What may be cut from a sentence, and what may not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.cuts import is_cut

WORDS = st.lists(st.sampled_from("the dam , Lee who said ( ) not after 3 and a – . Roe broke".split()), min_size=1, max_size=12).map(
    " ".join
)


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        ("On Friday, Ida Holm, a former pilot, opened the bridge (her third), which cost 3 million.", "Ida Holm opened the bridge."),
        ("Lee left the United States in May, and Roe opened the bridge in June.", "Lee left the United States in May."),
        ("The ferry, which could carry 300 people, sank on Friday.", "The ferry sank on Friday."),
        (
            "The council voted by 17 to 12 on Tuesday to close the library, ending a long dispute.",
            "The council voted by 17 to 12 on Tuesday to close the library.",
        ),
        ("The company opened a factory in Leeds on Friday, the largest of the county.", "The company opened a factory in Leeds on Friday."),
        (
            "Ida Holm, the first woman to lead a club, said the forward was not her only target.",
            "Ida Holm said the forward was not her only target.",
        ),
        ("The mayor of Leeds said that 42 boats sank.", "The mayor of Leeds said 42 boats sank."),
        ("He resigned on Friday. Lee had been mayor since 2010.", "Lee had been mayor since 2010."),
        ("“The dam is safe,” the mayor insisted.", '"The dam is safe," the mayor insisted.'),
    ],
)
def test_an_aside_may_go(evidence, sentence):
    """An opening phrase, an apposition, a parenthesis, a clause after a comma, a whole sentence and the "that" of a report may be cut."""
    assert is_cut(sentence, evidence)


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        ("Norway was beaten by Sweden in the final.", "Norway beat Sweden in the final."),
        ("The Ravens were defeated by the Kestrels in Leeds.", "The Ravens defeated the Kestrels in Leeds."),
        ("The Kestrels defeated the Ravens in Leeds.", "The Ravens defeated the Kestrels in Leeds."),
        ("Lee was shot by Roe.", "Lee shot Roe."),
        ("Lee's brother shot Roe in Leeds.", "Lee shot Roe in Leeds."),
        ("Lee, who is married to Holm, shot Roe.", "Holm shot Roe."),
        ("Lee, the son of the late mayor Carl Lund, was jailed in Oslo.", "Mayor Carl Lund was jailed in Oslo."),
        ("Mayor Ida Holm resigned on Friday. She had met the king.", "Mayor Ida Holm had met the king."),
        ("Lee met the mayor in Oslo. He resigned on Friday.", "Lee resigned on Friday."),
        ("Under the plan, taxes will fall.", "Taxes will fall."),
        ("The sale is done, pending a vote.", "The sale is done."),
        ("Mayor Ida Holm met Roe on Friday. She opened the bridge.", "Roe opened the bridge."),
        ("Mayor Ida Holm met Roe on Friday. She opened the bridge.", "Mayor Ida Holm opened the bridge."),
        ("Roe met Rep. Lee in Oslo.", "Lee in Oslo."),
        ("Opponents of Holm said that the bank had lied.", "Holm said that the bank had lied."),
        ("Lee said that the dam is safe and Roe said that the tower leaks.", "Lee said that the tower leaks."),
        ("Lee met Roe in Paris and Holm died in Oslo.", "Lee died in Oslo."),
        ("Lee won the race on Monday and lost the vote on Friday.", "Lee won the vote on Friday."),
        ("John Smith and Peter Brown signed the treaty.", "John Brown signed the treaty."),
        ("Lee, Roe and Berg met.", "Roe and Berg met."),
        ("Lee bought a car, a boat, and a house.", "Lee bought a car, and a house."),
        ("The ferry opened on 3 May 2019 and closed on 4 June 2021.", "The ferry opened on 3 June 2021."),
        ("They met on Monday, May 3, 2019, in Leeds.", "They met on Monday, 2019, in Leeds."),
        ("The bridge, closed in 2019, was rebuilt in 2021.", "The bridge closed in 2021."),
        ("Of 300 soldiers 12 died.", "300 soldiers died."),
        ("The fire killed 12 and injured 30 people.", "The fire killed 30 people."),
        ("Between 40 and 50 people died.", "50 people died."),
        ("Taxes fell from 40 to 30 crowns.", "Taxes fell 40 crowns."),
        ("The storm felled over 5,000 trees.", "The storm felled 5,000 trees."),
        ("The dam cost 5 million dollars.", "The dam cost 5 dollars."),
        ("The bridge cost $3 million.", "The bridge cost €3 million."),
        ("It was -5 degrees in Leeds on Friday.", "It was 5 degrees in Leeds on Friday."),
        ("Turnout was 45% in Leeds.", "Turnout was 45 in Leeds."),
        ("Lee did not vote and Roe did not speak.", "Lee did not vote and Roe did speak."),
        ("The ferry didn't return.", "The ferry did return."),
        ("That the ferry sank is not true.", "The ferry sank."),
        ("Norway declined to sign.", "Norway signed."),
        ("Norway threatened to close the road.", "Norway closed the road."),
        ("Norway tried to close the road.", "Norway closed the road."),
        ("The dam nearly broke on Friday.", "The dam broke on Friday."),
        ("The dam may break on Friday.", "The dam breaks on Friday."),
        ("The dam is safe, unless it rains.", "The dam is safe."),
        ("If it rains, the dam breaks.", "The dam breaks."),
        ("Lee thinks that the mayor is corrupt.", "The mayor is corrupt."),
        ("In the view of Lee, the mayor is corrupt.", "The mayor is corrupt."),
        ("According to the mayor, the dam is safe.", "The dam is safe."),
        ("The United States is unsafe, the minister stated.", "The United States is unsafe."),
        ("The dam is safe, the mayor of the old city of Leeds said.", "The dam is safe."),
        ("The dam is safe – the mayor said on Friday.", "The dam is safe."),
        ("Lee, the mayor said, shot Roe.", "Lee shot Roe."),
        ("“The dam is safe. It will hold,” the mayor insisted.", "The dam is safe."),
        ("In the film, the mayor dies.", "The mayor dies."),
        ("Leeds has a large bridge.", "Leeds has the largest bridge."),
        ("Leeds is the second largest city.", "Leeds is the largest city."),
        ("One of the two pilots died.", "The two pilots died."),
        ("Few members voted for the dam.", "Members voted for the dam."),
        ("Vice President Harris resigned.", "President Harris resigned."),
        ("The plant is non-nuclear.", "The plant is nuclear."),
        ("Lee was tried for attempted murder.", "Lee was tried for murder."),
        ("Lee was mayor of Leeds.", "Lee is mayor of Leeds."),
        ("Mayor Martin resigned.", "Mayor Martinez resigned."),
        ("Two people died in Leeds on Friday.", "300 people died in Leeds on Friday."),
        ("The train ran from Leeds to York.", "The train ran from York to Leeds."),
    ],
)
def test_what_would_change_the_meaning_may_not(evidence, sentence):
    """A sentence that says something else than its evidence is no cut of it."""
    assert not is_cut(sentence, evidence)


@settings(deadline=None, max_examples=100, database=None)
@given(WORDS)
def test_every_text_is_a_cut_of_itself(text):
    """Nothing cut is a cut."""
    assert is_cut(text, text)


@settings(deadline=None, max_examples=100, database=None)
@given(WORDS, st.integers(0, 40))
def test_every_beginning_may_become_a_cut(text, length):
    """While a text is written word by word it may yet become a cut of itself."""
    words = text.split()
    assert is_cut(" ".join(words[:length]), text, unfinished=True)
