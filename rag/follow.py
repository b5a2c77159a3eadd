"""Follow-up questions completed from the conversation: "And where?", "What about the second bridge?", "When was she elected?", "And in 2021?".

Each is rewritten into a question that stands alone (query rewriting, Elgohary et al. 2019, CANARD), by substitution in the question before it: its
question word, its date, or the phrase that a new one takes the place of; a pronoun is replaced by what was asked about or answered. No model
writes here, so that nothing is asked which was not said. What stands alone is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import simplemma

from rag.dates import find_dates
from rag.lexicon import place, stem
from rag.periods import MONTHS, WEEKDAYS
from rag.phrases import AUX, DETERMINED, PARTICIPLE, PREPOSITION, is_name, main_verb, names_in, person, thing, written
from rag.pronouns import ones, points_back, refer
from rag.replaced import SUBJECT, Alike, is_participle, with_phrase
from rag.retimed import at_time, time_in
from rag.tense import is_past_form
from rag.text import STOPWORDS, content_tokens, named_runs, squash
from rag.types import Sentence, Turn

LONGEST = 1000  # characters
WIDER = 2  # words by which a name that answered may be longer in its quote
SHORT = 8  # words of an answer that may stand for what is meant

_OPENER = re.compile(
    r"^(?:(?:and|but|ok|okay|also|then|(?:so|well|now)(?! far| (?-i:[A-Z])|-))\b(?!\W*$)[, ]*)+|^(?:and |but )?(?:what|how) about\b *|^same (?:question )?for ",
    re.IGNORECASE,
)
_INTERJECTION = re.compile(  # what is said before the question
    r"^(?:(?:lol|haha|oh(?: (?:no|dear|wow))?|ah|h+m+|wow|great|good|nice|perfect|interesting|right|sure|yes|yeah|no|thanks(?: a lot)?|thank you|cheers|i see|got it|sorry|ok(?:ay)?|wait|cool)\b"
    r"(?: ?[,.!…:;–—]+ ?| [-–] |(?= (?:and|but|so|then)\b) ))+",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^(?:and |but |so )?(?:what|how) about\b|^same (?:question )?for ", re.IGNORECASE)
_QUESTION_WORD = r"(?:who(?:m|se)?|when|where|why|how(?: (?:many|much|long|often|far|old|big|high|late|soon))?|what(?: (?:time|day|date|year|month|for|price|reason))?|which(?: (?:day|year|month|town|city))?)"
_BARE = re.compile(
    rf"^(?P<word>(?:{PREPOSITION} )?{_QUESTION_WORD}(?: (?:with|for|by|to|from))?|(?:{PREPOSITION}|after|before|within) (?:how many|how much|what|which) [a-z]+)(?: exactly| else| then| so| not| precisely)*\W*$",
    re.IGNORECASE,
)
_EVENT = re.compile(
    rf"^(?P<word>(?:{PREPOSITION} )?{_QUESTION_WORD}) (?:was|is|did|does|has|were) (?:that|this|it|they)(?: (?:all|then))?(?: happen(?:ed)?| take place| occur(?:red)?| come about| done| decided)?(?: exactly| precisely)?\W*$",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"^(?:{PREPOSITION} )?(?P<word>who(?:m|se)?|what|when|where|why|how(?: (?:many|much|long|often|far|old|big|high))?|which)(?P<noun>(?: (?!{AUX}\b)[^\W\d_][\w’'-]*){{0,3}}?) (?P<aux>{AUX}) (?P<rest>.+?)\W*$",
    re.IGNORECASE,
)
_OTHER_TOPIC = re.compile(  # "different subject: ", "now the steam train, "
    r"^(?:(?:ok|okay|and|now|so)\b[, ]*)*(?:(?:to|about|on) )?(?:(?:(?:an)?other|different|new|next|change of) (?:subject|topic|thing|question|matter)|something (?:else|different)(?: entirely)?)\b(?:[:,.;–—]| -) *|^(?:ok(?:ay)?,? )?now (?=(?:about |to |for )?(?:the|an?) [^,?]+, )",
    re.IGNORECASE,
)
_NEIGHBOUR = re.compile(r"^(?P<word>before|after) (?:that|this|him|her|them|it|then)\W*$", re.IGNORECASE)
_OFFICE = re.compile(  # "And before that?" of whom there is one at a time
    r"^who (?P<verb>is|was|leads|led|heads|headed|chairs|chaired|runs|ran|coaches|coached|owns|owned) (?P<what>.+?)(?: (?:before|after) .*)?\W*$",
    re.IGNORECASE,
)
_DEFINITION = re.compile(r"^(?:what|who) (?:is|are) (?:an? )?[\w’'-]+\W*$", re.IGNORECASE)
_JOINED = re.compile(r"^(?:and|but|also|then)\b", re.IGNORECASE)
_TO_US = re.compile(r"\b(?:you|your|i|my|we|our)\b", re.IGNORECASE)  # said to whom answers, not about what was asked before
_YES_NO = re.compile(rf"^(?P<aux>{AUX}) (?P<rest>.+?)\W*$", re.IGNORECASE)
_SEVERAL = re.compile(  # "Were passengers of the Ida Holm rescued?"
    r"^(?P<aux>were|are|have(?=.* been ))(?: (?:the|any|some|all|all the))? (?P<what>(?:[a-z]+ ){0,2}?[a-z]+(?:s|people|men|women|children)(?: (?:[a-z]+(?:en|ed|wn) )?(?:of|in|from|on|at) .+?)?)(?P<done> (?:been )?[a-z]+(?:ed|en|wn|ound|old|ost|ught|ent|ut|it|ade|eld|ept))\W*$",
    re.IGNORECASE,
)
_ASKS = re.compile(rf"(?:{PREPOSITION} )?(?:{_QUESTION_WORD}|{AUX})\b", re.IGNORECASE)
_SHE = re.compile(r"(?:(?<!\w)(?:did|does|is|was|has|had|will|would|can) |^)(?P<who>s?he)\b", re.IGNORECASE)
_THEN = re.compile(r"(?<! since)(?<! until)(?<! by)(?<! back)(?<! before)(?<! from) (?:at )?that time(?=\W*$)", re.IGNORECASE)
_WHOLE_CLAUSE = re.compile(rf"^who (?!{AUX}\b)[a-z]+ (?:the|an?) [a-z]", re.IGNORECASE)  # "who recognised the hand"
_TOLD_OF = re.compile(
    r" (?:sitting|based|living|working|located|seated|led|headed|chaired|founded|owned|run|held|built) (?:in|at|by|on|near) .*$"
)
_ADDED = re.compile(r", (?:an?|the|who|which|whose|with|of)\b")  # what is said further of a name
_TOPIC_FIRST = re.compile(  # "what about the engines, who made them?", "back to the mayor: when was he elected?", "the other bank, when did it agree?"
    rf"^(?:(?:what|how) about (?=[^,?]+,)|(?:(?:ok(?:ay)?|so|now|well|right)\b[, ]*)*(?:(?:going |coming |getting )?back to|returning to|as for|regarding) |(?=(?:the|its|his|her|their) [\w’'-]+(?: [\w’'-]+){{0,4}},(?! (?:who|which)\b[^,]*,)))(?P<what>[^,?.:;]+)(?:[,.:;]| [–—-]) (?P<asked>(?:{_QUESTION_WORD}|{AUX}) [^,]*?\b(?P<meant>it|its|they|them|their|he|him|his|she|her|(?:that|this|those)(?=\W*$))\b.*)$",
    re.IGNORECASE,
)
_IT_THEN = re.compile(
    r"^(?:who|what|how (?:much|many|high|big|long)) (?:was|is|were|are|will) (?:it|that|they|those)(?: be)?,? (?P<when>.+)$", re.IGNORECASE
)
_ELSE = re.compile(rf"^(?P<word>{_QUESTION_WORD})(?: else| others?)(?: (?:was|were|is|are|has|had|did))?\W*$", re.IGNORECASE)
_NAMED_FIRST = re.compile(
    rf"^(?P<aux>is|are|was|were|has|have|had|will) (?:(?-i:[A-Z])[\w’'-]+ )+(?P<rest>(?!{AUX}\b)[a-z].+?)\W*$", re.IGNORECASE
)
_HARMED = re.compile(r"\b(?:killed|injured|hurt|wounded|died|dead|missing|rescued|arrested|trapped)\W*$", re.IGNORECASE)
_AGAIN = re.compile(r"(?<=\w{3}),? (?:again|then|though|please)(?=\W*$)", re.IGNORECASE)
_ONE = re.compile(rf"^(?:the )?ones? (?={PREPOSITION} )", re.IGNORECASE)
_TAIL = re.compile(
    r" (?:in|at|on|of|for|by|with|from|during|after|about|to|over|against|near|between|around|across|outside|inside|off|along) (?!which|what|whom)\S.*$"
)


def resolve(question: str, history: Sequence[Turn] = (), alike: Alike | None = None) -> str:
    """A follow-up as a question that stands alone; one that does already as it is. `alike` tells phrases' nearness in meaning, by default none's.

    The turn before is read as it was completed. Of what was answered only the words that answer may be taken up, which stand in its quote.
    """
    if not history:
        return question
    asked, question = question, _INTERJECTION.sub("", question) or question
    if topic := _OTHER_TOPIC.match(question):
        return _capital(question[topic.end() :]) or question
    if (first := _TOPIC_FIRST.match(_JOINED.sub("", question).strip(" ,"))) and _is_topic(first):
        at = first.start("meant") - first.start("asked")
        behind = first["asked"][at + len(first["meant"]) :]
        owns = first["meant"].lower() in {"its", "their", "his"} or (
            first["meant"].lower() == "her" and bool(word := re.match(r" ([a-z]+)", behind)) and word[1] not in STOPWORDS  # type: ignore[index]
        )
        what = re.sub(r"^The ", "the ", first["what"])
        owned = ("’" if what.endswith("s") else "’s") if owns else ""
        return _capital(first["asked"][:at] + what + owned + behind)
    turn = history[-1]
    before, earlier = _asked(history), _asked(history[:-1])
    value = _short(_whole(turn.answer.sentences[0]), before) if turn.answer.sentences else ""
    rest = re.sub(r"^how come(?=\W*$)", "why", _AGAIN.sub("", _OPENER.sub("", question).strip()), flags=re.IGNORECASE)
    if _YES_NO.match(before):
        rest = re.sub(
            r"^(how many) of (?:them|those|these)(?=\W*$)|^(why) (?:did|does|was|is|has|will) s?he(?=\W*$)",
            r"\1\2",
            rest,
            flags=re.IGNORECASE,
        )
    she, then = _SHE.search(rest), _SHE.search(turn.question)
    if she and then and she["who"].lower() == then["who"].lower() and turn.answer.resolved and is_name(value):
        value = ""  # whom the last question meant by the same word, not whom it found
    if earlier and not _means_something(rest, before, value) and refer(rest, earlier, ""):
        before, value = earlier, ""  # the last question names nothing that a pronoun could mean
    opened = rest != question or is_participle(rest.rstrip("?!. "))
    found = _rewritten(question, rest, before, value, opened=opened, alike=alike, earlier=earlier if turn.answer.resolved else "")
    return squash(found)[:LONGEST] if found else asked


def _is_topic(first: re.Match[str]) -> bool:
    """Whether what stands first is a thing, no clause and no year, and nothing else in the question itself is what its pronoun may mean."""
    before = first["asked"][: first.start("meant") - first.start("asked")]
    clause = any(is_past_form(t.folded) and not t.is_name for t in content_tokens(first["what"])[1:])
    thing_or_name = re.match(r"(?:the|that|its|his|her|their) |[A-Z]", first["what"])
    return bool(thing_or_name) and not (clause or names_in(before) or DETERMINED.search(before))


def _timed(rest: str, before: str, *, opened: bool) -> str:
    """The question before it, asked of the time that a follow-up names; "" where it names none."""
    then = _IT_THEN.match(rest)
    when = (then["when"] if then else rest).rstrip("?!. ")
    if when.lower() in {"now", "today", "at present"} and not find_dates(before):
        return f"{re.sub(r' now$', '', before.rstrip('?!. '))} {when}?"
    named = time_in(when, before) if opened or then or len(content_tokens(rest)) < 2 else ""
    return at_time(named, before) if named else ""


def _added_to(rest: str, before: str, question: str) -> str:
    """The question before it, asked of what did that, or of what else; "" where another thing is asked for."""
    if other := _ELSE.match(rest):
        if other["word"].lower() == "who" and (named := _NAMED_FIRST.match(before)):
            return f"Who else {named['aux'].lower()} {named['rest']}?"
        if re.match(r"\w+ (?:else|other)\b", before):
            return before
        if which := re.match(rf"(?:which|what) (?!{AUX}\b)(?=[a-z]+ )", before, re.IGNORECASE):
            return f"{which.group()}other {before[which.end() :]}"
        same = re.match(rf"{re.escape(other['word'])}\b", before, re.IGNORECASE)
        return _capital(f"{other['word']} else{before[same.end() :]}") if same else f"{before} {question}"
    return f"{before} {question}" if re.match(r"(?:(?:who|what) did (?:that|this|it)|then)\W*$", rest, re.IGNORECASE) else ""


def _asked(history: Sequence[Turn]) -> str:
    """What the last turn asked, as it was completed; without the follow-up where that was only joined to the one before. "" without a turn."""
    if not history:
        return ""
    whole, own = squash(history[-1].answer.resolved or history[-1].question), squash(history[-1].question)
    joined = whole != own and whole.endswith(own)
    before = _asked(history[:-1]) if joined else ""
    return before if joined and whole.lower() == f"{before} {own}".lower() else whole


def _means_something(rest: str, before: str, value: str) -> bool:
    """Whether the last question has what the pronouns of a follow-up mean: of "she" a name, or whom it asks for."""
    personal = re.search(r"\b(?:he|she|him|his|her)\b", rest, re.IGNORECASE)
    if personal and not (is_name(value) or is_name(person(before)) or re.match(r"who\b", before, re.IGNORECASE)):
        return False
    return bool(refer(rest, before, value))


def _short(value: str, before: str) -> str:
    """The words that answered, without what is told of them ("a panel sitting in Rome"), where they are few enough to stand for what is meant; of longer ones
    that say who it was, the first name.
    """
    value = _TOLD_OF.sub("", value)
    if len(value.split()) <= SHORT:
        return value
    names = (
        [run for run in named_runs(value) if len(run) > 1 and not place(run[-1].folded)]
        if re.match(r"who\b", before, re.IGNORECASE)
        else []
    )
    return written(value, names[0]) if names else ""


def _rewritten(question: str, rest: str, before: str, value: str, *, opened: bool, alike: Alike | None, earlier: str) -> str:  # noqa: PLR0911, PLR0913  # one way for each kind
    """The question that is meant; "" where it stands alone."""
    if added := _added_to(rest, before, question):
        return added
    if value and (near := _NEIGHBOUR.match(rest)) and re.match(r"who\b", before, re.IGNORECASE):
        return _capital(
            f"{re.sub(r'^(who) is', lambda m: f'{m[1]} was', before.rstrip('?!. '), flags=re.IGNORECASE)} {near['word']} {value}?"
        )
    if bare := _BARE.match(rest) or _EVENT.match(rest):
        led = re.match(r"(?P<word>where|who(?:m)?|what) (?P<last>to|for|from|with|by)$", bare["word"], re.IGNORECASE)
        asked = _with_question_word(led["word"] if led else bare["word"], before, value, question)
        return f"{asked.rstrip('?')} {led['last']}?" if led and led["last"] not in asked.split()[-1:] else asked
    if timed := _timed(rest, before, opened=opened):
        return timed
    if opened and (_ABOUT.match(question) or not _ASKS.match(rest)):
        return with_phrase(_ONE.sub("", rest), before, alike, question, earlier)
    if replaced := ones(rest, before, value) or refer(rest, before, value):
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


def _with_question_word(word: str, before: str, value: str, question: str) -> str:  # noqa: PLR0911  # one form of a question each
    """The question before it, asked with another question word: "Where did they meet?" after "When did they meet?"."""
    counts = re.search(r"how (?:many|much)$", word, re.IGNORECASE)
    if asked := _ASKED.match(before):
        noun, aux, rest = asked["noun"].strip(), asked["aux"], asked["rest"]
        if counts and noun:
            return _capital(f"{word} {noun} {aux} {rest}?")
        first = rest.split()[0]
        named = first[0].isupper() or first in {"the", "a", "an", "its", "his", "her", "their"}
        # "how many tourists were stuck there": "for how long were the tourists stuck"
        own = noun and not named and first not in {"it", "they", "there"} and re.match(r"how many (?!of\b|per\b)", before, re.IGNORECASE)
        if asked["word"].lower() in {"when", "where", "why", "how"} or (
            aux.lower() in {"is", "are", "was", "were"} and not PARTICIPLE.match(rest) and not own
        ):
            return _capital(f"{word} {aux} {rest}?")
        what = value if value and asked["word"].lower()[:3] != "how" else f"the {noun}" if noun else ""
        if aux.lower() in {"did", "does", "do"} or (named and aux.lower() not in {"is", "are", "was", "were"}):
            return _capital(f"{word} {aux} {rest} {what}?")
        return _capital(f"{word} {aux} {what or 'it'} {rest}?")
    if yes_no := _YES_NO.match(before):
        if counts and (several := _SEVERAL.match(before)):
            return f"{_capital(word)} {several['what']} {several['aux'].lower()}{several['done']}?"
        asked_so = _capital(f"{word} {yes_no['aux'].lower()} {yes_no['rest']}?")
        verb = main_verb(asked_so)
        denied = re.search(r"\bwhy not\b", question, re.IGNORECASE) and verb < len(asked_so)
        return f"{asked_so[:verb]}not {asked_so[verb:]}" if denied else asked_so  # "why did she not start"
    if subject := SUBJECT.match(before):
        other = "it" if subject["word"].lower() == "what" and not subject["noun"] else f"the {subject['noun'].strip() or 'people'}"
        what = value if value and "how" not in subject["word"].lower() and other != "it" else other
        return _capital(f"{word} did {what} {simplemma.lemmatize(subject['verb'], 'en')} {subject['rest']}?")
    return f"{before} {question}"


def _with_topic(rest: str, before: str) -> str:
    """A question that leaves out what it is about, with the end of the one before it: "How many were hurt in the fire?"."""
    words = {stem(t.folded) for t in content_tokens(rest)}
    if _WHOLE_CLAUSE.match(rest) and re.search(r"\b(?:who|which|that)\b[^,]*$", before[5:]) and re.match(r"who\b", before, re.IGNORECASE):
        return rest  # what is told of somebody is not what is asked about next
    about = _tail(before) or (f" {'in' if _HARMED.search(rest) else 'of'} {meant}" if (meant := thing(before, "it")) else "")
    fresh = [t for t in content_tokens(about) if stem(t.folded) not in words]
    return f"{rest.rstrip('?!. ')}{about}?" if about and fresh else f"{before} {rest}"


def _tail(before: str) -> str:
    """The end of a question, from the preposition behind its verb on; or the phrases before a verb that ends it."""
    body, verb = before.rstrip("?!. "), main_verb(before)
    ends = verb < len(body) and " " not in body[verb:]
    body = body[:verb].rstrip() if ends else body
    tail = _TAIL.search(body, verb if verb < len(body) else 0)
    return tail.group() if tail else ""


def _capital(question: str) -> str:
    question = squash(question).replace(" ?", "?")
    return question[:1].upper() + question[1:]
