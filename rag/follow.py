"""Follow-up questions completed from the conversation: "And where?", "What about the second bridge?", "When was she elected?", "And in 2021?".

Each is rewritten into a question that stands alone (query rewriting, Elgohary et al. 2019, CANARD), by substitution in the question before it: its
question word, its date, or the phrase that a new one takes the place of; a pronoun is replaced by what was asked about or answered. No model
writes here, so that nothing is asked which was not said. What stands alone is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import simplemma

from rag.dates import find_dates
from rag.lexicon import place, stem
from rag.periods import MONTHS, WEEKDAYS
from rag.phrases import AUX, DETERMINED, PARTICIPLE, PREPOSITION, is_name, main_verb, names_in, phrases, thing, written
from rag.pronouns import points_back, refer
from rag.text import STOPWORDS, Token, content_tokens, named_runs, squash, tokens
from rag.types import Sentence, Span, Turn

Alike = Callable[[str, Sequence[str]], Sequence[float]]  # how near in meaning a phrase is to each of others, 1 being the same

LONGEST = 1000  # characters
WIDER = 2  # words by which a name that answered may be longer in its quote
SHORT = 8  # words of an answer that may stand for what is meant
NEAR = 0.3  # cosine from which one phrase may take the place of another

_OPENER = re.compile(
    r"^(?:(?:and|but|ok|okay|also|then|(?:so|well|now)(?! far| (?-i:[A-Z])|-))\b[, ]*)+|^(?:and |but )?(?:what|how) about\b *|^same (?:question )?for ",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^(?:and |but |so )?(?:what|how) about\b|^same (?:question )?for ", re.IGNORECASE)
_QUESTION_WORD = r"(?:who(?:m|se)?|when|where|why|how(?: (?:many|much|long|often|far|old|big|high|late|soon))?|what(?: (?:time|day|date|year|month|for|price|reason))?|which(?: (?:day|year|month|town|city))?)"
_BARE = re.compile(
    rf"^(?P<word>(?:{PREPOSITION} )?{_QUESTION_WORD}(?: (?:with|for|by|to|from))?|(?:{PREPOSITION}|after|before|within) (?:how many|how much|what|which) [a-z]+)(?: exactly| else| then| so| not| precisely)*\W*$",
    re.IGNORECASE,
)
_EVENT = re.compile(
    rf"^(?P<word>(?:{PREPOSITION} )?{_QUESTION_WORD}) (?:was|is|did|does|has|were) (?:that|this|it|they)(?: (?:all|then))?(?: happen(?:ed)?| take place| occur(?:red)?| come about)?(?: exactly| precisely)?\W*$",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"^(?:{PREPOSITION} )?(?P<word>who(?:m|se)?|what|when|where|why|how(?: (?:many|much|long|often|far|old|big|high))?|which)(?P<noun>(?: (?!{AUX}\b)[^\W\d_][\w’'-]*){{0,3}}?) (?P<aux>{AUX}) (?P<rest>.+?)\W*$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?P<word>who|what|how many|how much|which) (?P<noun>(?:[^\W\d_][\w’'-]* ){0,3}?)(?P<verb>\w+(?:ed|ew|ot|on|an|old|ade|ell|ose|ave|ook|ent|eft|ost|oke|ore|ilt|ought|aught|eld|ound|ank|ut|et|it)) (?P<rest>.+?)\W*$",
    re.IGNORECASE,
)
_DEFINITION = re.compile(r"^(?:what|who) (?:is|are) (?:an? )?[\w’'-]+\W*$", re.IGNORECASE)
_JOINED = re.compile(r"^(?:and|but|also|then)\b", re.IGNORECASE)
_TO_US = re.compile(r"\b(?:you|your|i|my|we|our)\b", re.IGNORECASE)  # said to whom answers, not about what was asked before
_YES_NO = re.compile(rf"^(?P<aux>{AUX}) (?P<rest>.+?)\W*$", re.IGNORECASE)
_NEIGHBOUR_YEAR = re.compile(
    r"\b(?:(?:the|a) )?(?:(?P<back>year (?:before|earlier)|previous year)|(?P<on>year (?:after|later)|(?:following|next) year))\b",
    re.IGNORECASE,
)
_ASKS = re.compile(rf"(?:{PREPOSITION} )?(?:{_QUESTION_WORD}|{AUX})\b", re.IGNORECASE)
_THEN = re.compile(r"(?<! since)(?<! until)(?<! by)(?<! back)(?<! before)(?<! from) (?:at )?that time(?=\W*$)", re.IGNORECASE)
_ADDED = re.compile(r", (?:an?|the|who|which|whose|with|of)\b")  # what is said further of a name
_TIMED = re.compile(r" (?:in|on|since|before|after|until|during) [^,]*\d[^,]*$")  # the time at the end of a phrase
_HURT = frozenset("hurt shot slain killed missing".split())
_ONE = re.compile(rf"^(?:the )?ones? (?={PREPOSITION} )", re.IGNORECASE)
_NO_PREPOSITION = r"(?:last|this|next|yesterday|today|tomorrow)\b"  # what stands before no such time
_OWNER = re.compile(r"\b(?:(?:the|a|an) )?(?!(?:people|that|who)\b)[a-z’'-]+ (?:of|to|over|in|at|for|on|from|between) (?:the )?$")
_TAIL = re.compile(r" (?:in|at|on|of|for|by|with|from|during|after|about|to|over|against|near|between|into) (?!which|what|whom)\S.*$")


def resolve(question: str, history: Sequence[Turn] = (), alike: Alike | None = None) -> str:
    """A follow-up as a question that stands alone; one that does already as it is. `alike` tells phrases' nearness in meaning, by default none's.

    The turn before is read as it was completed. Of what was answered only the words that answer may be taken up, which stand in its quote.
    """
    if not history:
        return question
    turn = history[-1]
    before = squash(turn.answer.resolved or turn.question)
    earlier = (history[-2].answer.resolved or history[-2].question) if len(history) > 1 and turn.answer.resolved else ""
    value = _whole(turn.answer.sentences[0]) if turn.answer.sentences else ""
    rest = _OPENER.sub("", question).strip()
    opened = rest != question or _is_participle(rest.rstrip("?!. "))
    found = _rewritten(question, rest, before, value if len(value.split()) <= SHORT else "", opened=opened, alike=alike, earlier=earlier)
    return squash(found)[:LONGEST] if found else question


def _rewritten(question: str, rest: str, before: str, value: str, *, opened: bool, alike: Alike | None, earlier: str) -> str:  # noqa: PLR0911, PLR0913  # one way for each kind
    """The question that is meant; "" where it stands alone."""
    if re.match(r"(?:who|what) did (?:that|this|it)\W*$|what else\W*$", rest, re.IGNORECASE):
        return f"{before} {question}"
    if bare := _BARE.match(rest) or _EVENT.match(rest):
        return _with_question_word(bare["word"], before, value, question)
    if (opened or len(content_tokens(rest)) < 2) and (when := _time(rest, before)):
        return _with_time(when, before)
    if opened and (_ABOUT.match(question) or not _ASKS.match(rest)):
        return _with_phrase(_ONE.sub("", rest), before, alike, question, earlier)
    if replaced := refer(rest, before, value):
        return _capital(replaced)
    if pointing := points_back(rest):
        return _capital(_with_topic(pointing, before))
    if (then := _THEN.search(rest)) and not DETERMINED.search(rest[: then.start()]) and (tail := _tail(before)):
        return _capital(f"{rest[: then.start()]}{tail}?")
    names = names_in(rest)
    whole = _TO_US.search(rest) or _DEFINITION.match(rest) or (opened and not _JOINED.match(question) and len(content_tokens(rest)) > 1)
    if _ASKS.match(rest) and not names and not whole and (opened or len(content_tokens(rest)) < 2):
        return _capital(_with_topic(rest, before))
    return ""


def _whole(shown: Sentence) -> str:
    """The words that answered: of a name and what is added to it the name, with the words of it that its quote has beside."""
    value, quote = shown.value, shown.citations[0].quote
    added = _ADDED.search(value)
    value = value[: added.start()] if added and is_name(value[: added.start()]) else value
    at = quote.find(value)
    around = next((run for run in named_runs(quote) if any(t.start == at for t in run) and any(t.end == at + len(value) for t in run)), ())
    around = around[1:] if around and around[0].start < at and around[0].folded in STOPWORDS else around
    further = [t for t in around if not at <= t.start < at + len(value)]
    strange = any(t.folded in {*STOPWORDS, *MONTHS, *WEEKDAYS} or re.search(r"['’]s?$", t.text) for t in further)
    if not further or len(further) > WIDER or strange or not is_name(value) or any(place(t.folded) for t in around):
        return value
    return written(quote, around)


def _is_participle(word: str) -> bool:
    """Whether a word is what happened to somebody: "Wounded?"."""
    plain = word.lower()
    return plain in _HURT or (plain.isalpha() and plain.endswith("ed") and simplemma.lemmatize(plain, "en") != plain and not place(plain))


def _with_question_word(word: str, before: str, value: str, question: str) -> str:  # noqa: PLR0911  # one form of a question each
    """The question before it, asked with another question word: "Where did they meet?" after "When did they meet?"."""
    counts = re.search(r"how (?:many|much)$", word, re.IGNORECASE)
    if asked := _ASKED.match(before):
        noun, aux, rest = asked["noun"].strip(), asked["aux"], asked["rest"]
        if counts and noun:
            return _capital(f"{word} {noun} {aux} {rest}?")
        if asked["word"].lower() in {"when", "where", "why", "how"} or (
            aux.lower() in {"is", "are", "was", "were"} and not PARTICIPLE.match(rest)
        ):
            return _capital(f"{word} {aux} {rest}?")
        what = value if value and asked["word"].lower()[:3] != "how" else f"the {noun}" if noun else ""
        first = rest.split()[0]
        named = first[0].isupper() or first in {"the", "a", "an", "its", "his", "her", "their"}
        if aux.lower() in {"did", "does", "do"} or (named and aux.lower() not in {"is", "are", "was", "were"}):
            return _capital(f"{word} {aux} {rest} {what}?")
        return _capital(f"{word} {aux} {what or 'it'} {rest}?")
    if yes_no := _YES_NO.match(before):
        return _capital(f"{word} {yes_no['aux'].lower()} {yes_no['rest']}?")
    if subject := _SUBJECT.match(before):
        other = "it" if subject["word"].lower() == "what" and not subject["noun"] else f"the {subject['noun'].strip() or 'people'}"
        what = value if value and "how" not in subject["word"].lower() and other != "it" else other
        return _capital(f"{word} did {what} {simplemma.lemmatize(subject['verb'], 'en')} {subject['rest']}?")
    return f"{before} {question}"


def _time(rest: str, before: str) -> str:
    """The time that a follow-up consists of, with its preposition; "" when it is something else."""
    rest = re.sub(r"^back (?=\w)", "", rest, flags=re.IGNORECASE)
    if near := _NEIGHBOUR_YEAR.search(rest):
        stated = [m for m in find_dates(before) if m.period]
        if not stated or len(content_tokens(rest)) > 2:
            return ""
        year = stated[-1].period.first.year if stated[-1].period else 0
        return f"in {stated[-1].text.replace(str(year), str(year + (1 if near['on'] else -1)))}"
    mentions = find_dates(rest) or find_dates(f"in {rest}")
    if not mentions:
        return ""
    shift = 0 if find_dates(rest) else 3
    around = rest[: max(0, mentions[0].start - shift)] + rest[mentions[-1].end - shift :]
    if any(t.folded not in STOPWORDS and t.folded not in {"year", "month", "spring", "summer", "autumn", "winter"} for t in tokens(around)):
        return ""
    return rest.rstrip("?!. ")


def _with_time(when: str, before: str) -> str:
    """The question before it, asked of another time."""
    prepositions = r"(?:in|on|since|before|after|until|during|by|for|from)"
    when = re.sub(rf"^(?:{prepositions}\b|{_NO_PREPOSITION})", lambda m: m.group().lower(), when, flags=re.IGNORECASE)
    there = [(m.start, m.end) for m in find_dates(before)]
    if not there:
        led = re.match(rf"{prepositions} |{_NO_PREPOSITION}", when)
        return f"{before.rstrip('?!. ')} {'' if led else 'on ' if when.lower() in WEEKDAYS else 'in '}{when}?"
    start, end = there[-1]
    if when.split()[-1].lower() in MONTHS and (year := re.search(r"(?:^| )((?:19|20)\d\d)$", before[start:end])):
        when += f" {year[1]}"  # the month of the same year
    own = re.search(
        rf"\b{prepositions} (?:the (?:whole|course|year|month|spring|summer|autumn|winter)(?: of)? )?$", before[:start], re.IGNORECASE
    )
    if own and re.match(rf"{prepositions} |{_NO_PREPOSITION}", when, re.IGNORECASE):
        return before[: own.start()] + when + before[end:]
    return before[:start] + (when if own else re.sub(rf"^{prepositions} ", "", when)) + before[end:]


def _with_phrase(phrase: str, before: str, alike: Alike | None, question: str, earlier: str) -> str:  # noqa: PLR0911  # one way for each kind
    """The question before it, with a new phrase in the place of the one that it takes after: by its name, by its noun, or by what is nearest in meaning;
    first of all, of the one that was put there in place of another the turn before.
    """
    new = re.sub(rf"^(?:{PREPOSITION} )?(?:(?:the|a|an|its|his|her|their) )?", "", phrase.rstrip("?!. "), flags=re.IGNORECASE)
    if (timed := _TIMED.search(new)) and timed.start() and find_dates(timed.group()):
        return _with_time(timed.group().strip(), _with_phrase(phrase[: phrase.index(timed.group())], before, alike, question, earlier))
    if _is_participle(new) and (replaced := _with_participle(new.lower(), before)):
        return replaced
    runs = [run for run in named_runs(new) if run[0].folded not in STOPWORDS]
    dates = find_dates(before)
    old = [run for run in names_in(before) if not any(m.start <= run[0].start < m.end for m in dates)]
    nouns = [t for t in content_tokens(new) if not t.is_name]
    led = re.match(rf"{PREPOSITION} (?:the )?", phrase, re.IGNORECASE)
    alike_led = [run for run in old if led and before[: run[0].start].lower().endswith(f" {led.group().lower()}")]
    if runs and old and (taken := _like(runs[0], alike_led or old)):
        return _with_name(phrase, new, runs[0], before, taken, nouns, alike)
    there = phrases(before)
    heads = [
        Span(span.start, span.start + t.end)
        for span in there
        for t in tokens(span.of(before))
        if nouns and stem(t.folded) == stem(nouns[-1].folded)
    ]
    if heads:
        return _replace(before, heads[-1], new)
    said = {t.folded for t in tokens(earlier)}
    newest = [span for span in there if earlier and not any(t.folded in said for t in tokens(span.of(before)))]
    if len(newest) == 1:
        return _replace(before, newest[0], new)
    nearest = (
        max(zip(alike(new, [span.of(before) for span in there]), there, strict=True), key=lambda pair: pair[0]) if alike and there else None
    )
    if nearest and nearest[0] >= NEAR:
        return _replace(before, nearest[1], new)
    return f"{before} {question}"


def _with_participle(new: str, before: str) -> str:
    """The question before it, asked of what else was done: "How many were wounded in the fire?"; "" where it asks of nothing done."""
    done = re.search(r"\b(?:was|were|been) (?P<what>[a-z]+)", before)
    if done and _is_participle(done["what"]):
        return _replace(before, Span(*done.span("what")), new)
    subject = _SUBJECT.match(before)
    if not subject or re.search(rf"\b{AUX}\b", subject["noun"]) or not re.match(rf"(?:{PREPOSITION}|when|after|during) ", subject["rest"]):
        return ""
    return f"{subject['word']} {subject['noun']}were {new} {subject['rest']}?"


def _with_name(  # noqa: PLR0913, PLR0917  # both names, in their phrase and question
    phrase: str, new: str, run: Sequence[Token], before: str, taken: Sequence[Token], nouns: Sequence[Token], alike: Alike | None
) -> str:
    """The question before it with a name in the place of another; with the noun that the new name belongs to, where both have one."""
    owner = _OWNER.search(before[: taken[0].start])
    if nouns and nouns[0].end <= run[0].start and owner:
        return _replace(before, Span(owner.start(), taken[-1].end), phrase.rstrip("?!. "))
    there, here = written(before, taken), new if _spans(new, run) else written(new, run)
    plain = re.sub(r"['’]s?$", "", here)
    replaced = _replace(before, Span(taken[0].start, taken[-1].end), plain + "’s" * bool(re.search(r"['’]s?$", there)))
    known = {stem(t.folded) for t in tokens(before)}
    strange = [t for t in nouns if stem(t.folded) not in known]
    told = not strange or not alike or max(alike(strange[-1].text, [t.text for t in content_tokens(before)])) > NEAR
    return replaced if told else f"{new}: {replaced}"


def _like(run: Sequence[Token], others: Sequence[tuple[Token, ...]]) -> tuple[Token, ...] | None:
    """The last name of the same sort: a country for a country, else any."""
    sort = bool(place(run[-1].folded))
    same = [other for other in others if bool(place(other[-1].folded)) == sort]
    return (same or others)[-1] if same or others else None


def _spans(text: str, run: Sequence[Token]) -> bool:
    return run[0].start == 0 and run[-1].end == len(text)


def _replace(text: str, span: Span, new: str) -> str:
    return text[: span.start] + new + text[span.end :]


def _with_topic(rest: str, before: str) -> str:
    """A question that leaves out what it is about, with the end of the one before it: "How many were hurt in the fire?"."""
    words = {stem(t.folded) for t in content_tokens(rest)}
    about = _tail(before) or (f" of {meant}" if (meant := thing(before, "it")) else "")
    fresh = [t for t in content_tokens(about) if stem(t.folded) not in words]
    return f"{rest.rstrip('?!. ')}{about}?" if about and fresh else f"{before} {rest}"


def _tail(before: str) -> str:
    """The end of a question, from the preposition behind its verb on."""
    body, verb = before.rstrip("?!. "), main_verb(before)
    tail = _TAIL.search(body, verb if verb < len(body) else 0)
    return tail.group() if tail else ""


def _capital(question: str) -> str:
    question = squash(question)
    return question[:1].upper() + question[1:]
