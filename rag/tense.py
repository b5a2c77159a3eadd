"""Whether a sentence tells what was or what will be on a date that stands in it, by its words alone.

A date that is part of a name ("the Sunday Times", "Good Friday"), comes round again ("every Monday") or lies in another week or year that the sentence
names is on neither side.
"""

from __future__ import annotations

import re
from functools import lru_cache

import simplemma

from rag.text import STOPWORDS, fold, tokens

WINDOW = 600  # characters of a sentence that are looked at on either side
_FUTURE = re.compile(
    r"\b(?:will|would|shall|can|could|(?-i:may)|might|should|must|next|upcoming|coming|due|scheduled|planned|plans?|expected|(?:is|are|be) to|(?:was|were) to(?! have\b)"
    r"|set to)\b|\b(?:until|by) $",
    re.IGNORECASE,
)
COMING = re.compile(
    r"\b(?:will|shall|(?:is|are|have|has) (?:been )?(?:due|scheduled|set|expected|planned|to)|remains? (?:shut|closed|open))\b"
)
_WENT = re.compile(  # a past that is never a participle: "the court that is to judge it began work on Monday"
    r"\b(?:began|went|came|took|gave|wrote|spoke|rose|fell|flew|drew|grew|knew|saw|drove|chose|tore|wore|threw|froze|rang|sank|ran|became|withdrew|underwent)\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(r",|\b(?:if|unless|once|before|after|when|while|as|because|until|where|since|than)\b", re.IGNORECASE)
_UNTIL = re.compile(rf"{COMING.pattern}[^.;]*\b(?:until|when|once|as soon as) [^,.;]*$")  # "will be shut until a new one arrives on Friday"
_PASSED = re.compile(r"\b(?:would|could|might|may|should|had|if|unless)\b", re.IGNORECASE)  # what was to come, or may not
_NAMING = re.compile(
    r"(?:\b(?:a|an|one|this|every|each|last|previous|following|of|first|second|third|fourth|other|alternate)|\b(?!(?:On|Since|From)\b)[A-Z][\w.]*|['’]s) $"
)  # "Good Friday"
_PART = re.compile(r"\b(?:the )?(?:beginning|start|middle|end|close|course) of $", re.IGNORECASE)
_ATTRIBUTIVE = re.compile(r"(?:\b(?:the|that)|['’]s) $", re.IGNORECASE)  # "the January 6 riot", "the Sunday Times"
_OTHER_WEEK = re.compile(
    r",? (?:(?:of )?(?:last|next|the same|the following|the previous) |of that |that (?:same )?(?:week|month|year)\b|(?:a|an|one|\w+) (?:days?|weeks?|months?|years?) (?!later than|earlier than|late\b|behind|ahead))"
)
_COUNTED = re.compile(r",? \w+ (?:days?|weeks?|months?|years?) (?:after|before) (?!that\b)")  # "on Monday, two days after the storm"
_NO_PAST = frozenset(
    "is are am an a be been men women people mice feet teeth geese me us him them whom better more less worse most least best media data speed need indeed".split()
)
_PAST = frozenset(
    "was broke won left rose shot hit cut put set shut spread quit cost hurt beat burst cast felt bit bent shook thought".split()
)
_RULED = re.compile(r" (?:is|are|was|were|will|has|have|through|to)\b")  # "since Tuesday is a holiday"
_SINCE = re.compile(r"\bsince (?:(?:midnight|noon|dawn|early|late) (?:on )?)?$", re.IGNORECASE)
_SAID = re.compile(r"(?<!\bbe )\b(?:said|announced|reported|stated|added|confirmed|tweeted)(?: (?:in a statement|late|early))? (?:on )?$")
_BETWEEN = r"(?: (?:again|anew|once more|here|there|its doors|to (?:the )?[a-z]+|(?:in|at) (?:the )?(?-i:[A-Z])[\w’'-]+(?: (?-i:[A-Z])[\w’'-]+)?)){0,2}"  # "opens again in Rona on"
_AT = rf"{_BETWEEN} (?:(?:on|in|by|early|late|at|as [a-z ]{{2,30}} on) )*(?:the )?$"
_OPENS = re.compile(  # what is to be, told in the present: "opens on", "steps down as mayor on"
    r"\b(?:starts|begins|ends|opens|re-?opens?|closes|resumes|takes effect|comes (?:into (?:force|effect)|out)|takes place|expires|retires|steps (?:down|aside)|stands down"
    rf"|takes (?:over|office)|goes on sale|kicks off){_AT}",
    re.IGNORECASE,
)
_SETS_OUT = re.compile(  # what may be told of the past, too, where a sentence has another verb
    r"\b(?:(?:(?:parliament|council|assembly|board|committee|senate|chamber|court) (?:next )?(?:votes|meets)|(?<!its )(?:sails|departs))(?: (?:again|next|once more))?(?: (?:from|for|to) (?-i:[A-Z])[\w’'-]+(?: (?-i:[A-Z])[\w’'-]+)?)?"
    r"|(?:starts|begins|opens|ends|closes) at (?:noon|midnight|dawn|dusk|\d[\d.:]*(?: ?[ap]\.?m\.?)?)) (?:on|in) $",
    re.IGNORECASE,
)
_PRESENT = re.compile(  # the same, and "agreed to meet on", though something was said or done before it
    rf"{_OPENS.pattern}|\b(?:come into (?:force|effect)|(?:is|are) released|launches|leaves|speaks|meets|(?:parliament|council|assembly|board|committee|senate|chamber|court|house|country|nation|town|(?-i:[A-Z])\w+) votes"
    r"|(?:set|postponed|moved|called|put off|on sale|extended|delayed|rescheduled|adjourned|brought forward|pushed back) (?:for|to|until|till)"
    rf"|(?:agreed|decided|promised|vowed|pledged|threatened|ordered|sentenced|invited|told) to (?:meet|appear|return|vote|strike|leave|start|begin|resume|open|close|speak|report|sign)){_AT}",
    re.IGNORECASE,
)
_MONTH_NAME = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?) $"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")


def is_past(text: str, start: int, end: int, *, dated: bool) -> bool:
    """Whether a date is a day on which its sentence says something was, and no part of a name."""
    before, after = _sentence(text, start, end)
    before = _PART.sub("", before)
    following = re.match(r" ([\w’']+)", after)
    attributive = _ATTRIBUTIVE.search(before) and following and fold(following[1]) not in STOPWORDS
    named = _NAMING.search(before) and before.strip() and not _MONTH_NAME.search(before)
    named = named and not text[start:end].islower()  # "Oslo yesterday"
    year = dated and _YEAR.search(before + after)
    if attributive or named or year or _in_another_week(after, dated=dated):
        return False
    if _SAID.search(before):
        return True
    if _about_future(before, after) or _PRESENT.search(before[-90:]):
        return False
    since = bool(_SINCE.search(before))
    if since and _RULED.match(after):
        return False
    return since or _has_past(before, after)


def is_future(text: str, start: int, end: int, *, dated: bool) -> bool:
    """Whether a date is a day on which its sentence says, in so many words before it, that something will be."""
    before, after = _sentence(text, start, end)
    coming = (
        _ahead(COMING, before[-60:])
        or _OPENS.search(before[-90:])
        or (_SETS_OUT.search(before[-90:]) and not _is_told(before, after))
        or _UNTIL.search(before)
        or (len(before.split()) < 3 and COMING.search(after[:80]))
    )
    named = _NAMING.search(before) and before.strip()
    other = _in_another_week(after, dated=dated) or _PASSED.search(before) or (dated and _YEAR.search(before + after))
    return bool(coming and not named and not other)


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """What of its sentence stands before and after a stretch of text."""
    before, after = text[max(0, start - WINDOW) : start], text[end : end + WINDOW]
    return re.split(r"[.!?]\s|\n", before)[-1], re.split(r"[.!?](?:\s|$)|\n\s*\n", after)[0]


def _about_future(before: str, after: str) -> bool:
    """Whether the words before a date speak of the future, or those after a date that opens its sentence; not what was said "on Monday that ..."."""
    after = "" if after.startswith(" that ") else re.split(r",? (?:and|but|while) ", after)[0]
    return bool(
        _ahead(_FUTURE, before[-80:]) or _UNTIL.search(before) or _FUTURE.search(after[:80] if len(before.split()) < 3 else after[:20])
    )


def _ahead(cue: re.Pattern[str], before: str) -> bool:
    """Whether a text speaks of the future, and not only of someone who is to do it and did something else: "which is to decide began on"."""
    cues = [*cue.finditer(before)]
    if not cues:
        return False
    went = _WENT.search(before, cues[-1].end())
    aside = re.search(r"\b(?:that|which|who) $", before[: cues[-1].start()])
    return not (went and aside and not _SUBORDINATE.search(before[cues[-1].end() : went.start()]))


def _in_another_week(after: str, *, dated: bool) -> bool:
    """Whether the words behind a date put it into another week or year: "on Monday, two years ago"; not a count from what the news is about."""
    return bool(_OTHER_WEEK.match(after)) and not (_COUNTED.match(after) and not dated and not _YEAR.search(after))


def _has_past(before: str, after: str) -> bool:
    """Whether a word that is no name is the past of a verb."""
    return any(is_past_form(t.folded) for t in tokens(f"{before} {after}") if t.text[0].islower())


def _is_told(before: str, after: str) -> bool:
    """Whether a sentence tells of what was, of a habit, or of several days."""
    habit = re.search(r"\b(?:every|each|usually|always)\b", before, re.IGNORECASE)
    several = re.match(r",? (?:and|or|to) [A-Z]", after)
    return bool(habit or several) or _has_past(before, after)


@lru_cache(maxsize=8192)
def is_past_form(word: str) -> bool:
    """Whether a folded word is the past of a verb: it ends so, or the dictionary has it under another form.

    >>> [is_past_form(word) for word in ("opened", "met", "opens", "meeting", "children")]
    [True, True, False, False, False]
    """
    if word in _PAST or (word.endswith("ed") and len(word) > 4 and word not in _NO_PAST):
        return True
    return word not in _NO_PAST and not word.endswith(("s", "ing", "er", "est", "en")) and simplemma.lemmatize(word, "en") != word
