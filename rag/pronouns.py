"""Pronouns in a question: which of them point out of it, and what they mean in the words of the conversation."""

from __future__ import annotations

import re

from rag.lexicon import stem
from rag.phrases import AUX, DETERMINED, PARTICIPLE, PREPOSITION, WHERE, has_past, is_name, names_in, person, thing, written
from rag.tense import is_past_form
from rag.text import STOPWORDS, Token, content_tokens, tokens

_PRONOUN = re.compile(
    rf"\b(?:(?P<person>he|him|she)|(?P<persons>his|her(?=\b))|(?P<it>it|this(?=\W*$)|that(?=\W*$| (?:go|end|cost|start|begin|last|work|mean|affect|change|help|take|need)\b))|(?P<its>its)|(?P<they>they|them|(?:those|these)(?=\W*$)|(?<=\bof )(?:those|these)(?= {AUX}\b))|(?P<their>their)|(?P<there>there)|(?P<then>then(?=\W*$)))\b",
    re.IGNORECASE,
)
_POINTING = re.compile(r"\b(?P<which>this|these|those|that|the same) (?P<noun>[a-z]+)\b", re.IGNORECASE)
_OF_THINGS = re.compile(
    r" (?:insured|worth|made|built|kept|stored|valued|priced|sold|used)\b", re.IGNORECASE
)  # what is said of things, seldom of people
_SPOT = re.compile(
    r"(?:which|what) (?:\w+ )?(?:village|town|city|country|place|port|island|region|province|district|suburb|valley)\b", re.IGNORECASE
)
_COUNTED = re.compile(  # "How many people were on the Ida Holm?"
    rf"how many (?P<what>(?:[a-z]+ )?(?:people|men|women|children|[a-z]+s))(?= {AUX}\b)(?: (?:were|are|was)(?P<where> (?:on|in|at|aboard|inside) [^?]+?)(?=\W*$))?",
    re.IGNORECASE,
)
_COUNTED_BY_DEED = re.compile(  # "How many students started there?", "How many have died?"
    r"how many (?:(?P<what>(?:[a-z]+ )?(?:people|men|women|children|[a-z]+s)) )?(?P<did>(?:(?:have|had|were|are) )?[a-z]+\b.*?)\W*$",
    re.IGNORECASE,
)
_PAIR = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)* and (?:[a-z]+ ){0,3}[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
_BOTH = re.compile(r"(?:(?<=\bare )|(?<=\bwere ))the (?:[a-z-]+ ){1,3}and the [a-z-]+\b")  # "the pilot and the mate"
_MANY = re.compile(r"(?:s|people|police|children|men)$")  # what "they" means, rather than who did something to it
_ONE = re.compile(rf"\b(?:(?P<that>that|this) one(?=\W*$| (?:{AUX}|{PREPOSITION})\b)|(?P<sort>the [a-z]+) one\b)(?! of\b)", re.IGNORECASE)
_OF_SEVERAL = re.compile(
    r"(?<=^which )(?:one )?of (?:the (?:two|three|four)|them|these|those|both)\b(?= (?:is|are|was|were|has|had|have|did|does|will|would|can|could|[a-z]+(?:ed|s))\b)",
    re.IGNORECASE,
)
_SEVERAL_THINGS = re.compile(  # "the two old oaks of Rona"
    r"\b(?P<what>(?:two|three|four) (?:[a-z]+ ){0,3}?[a-z]+(?<!ou)(?<!s)s(?: (?:of|in|at|from|for|to) [^?]+?(?= (?:called|named|known)\b|\W*$))?)",
    re.IGNORECASE,
)
_SORT = re.compile(
    r"\b(?:that|this) (?:(?P<body>company|firm|business|bank|club|team|party|group)|(?P<spot>town|city|village|country|place|island)|(?P<who>man|woman|person|minister|judge))\b",
    re.IGNORECASE,
)
_ASKED_FOR = {
    "body": r"(?:who|which|what)\b",
    "who": r"who\b",
    "spot": rf"where\b|(?:{PREPOSITION} )?(?:which|what) (?:town|city|village|country|place|island)\b",
}
_WHICH_DID = re.compile(rf"(?:which|what) (?P<noun>(?!{AUX}\b)[a-z]+) (?P<did>[a-z]+ .+?)\W*$", re.IGNORECASE)
_DOES = re.compile(  # what people do, not the things that they do it with
    r" (?:\w+ly )?(?:want|demand|say|plan|ask|think|threaten|agree|decide|hope|claim|believe|promise|intend|choose|accept|refuse|seek|earn|pay|need|do|get away|escape|flee|deny|admit|argue|warn|call for|object)\b"
)
_OFFICES = frozenset(
    "prime minister president chancellor king queen pope governor mayor miss mister person chief secretary general speaker chair chairman ceo director".split()
)
_TIME_NOUN = frozenset("year week month morning day time season summer spring autumn winter evening afternoon weekend".split())
_NO_THING = frozenset("year month day date time price reason percentage share number kind sort name".split())
_DOING = frozenset(
    "go end cost start begin last work mean affect change help take need happen done true so right".split()
)  # what "that" does
_CLAUSE = re.compile(
    r"\b(?:that|because|when|after|before|if|whether|while|since|who|which|what|how|why|where|said|says|say|and|to(?= [a-z]+ $))\b|,",
    re.IGNORECASE,
)
_SAID_OF = re.compile(  # "what does the union say about it?"
    r"(?:what|how) (?:did|does|do|has|have|will|would) (?:(?!and\b|or\b|who\b|which\b|that\b)[\w’'-]+ ){1,4}(?:say|said|think|thought|feel|felt|react|reacted|respond|responded|comment|commented) (?:about|of|on|to) $",
    re.IGNORECASE,
)
_FINITE = frozenset("is are was were has have had will would can could said".split())
_THERE_IS = re.compile(r"\b(?:is|are|was|were|will|did|how many \w+|been|had|has|have) $", re.IGNORECASE)
_EXPLETIVE = re.compile(  # "it" that means nothing: "is it true", "how long will it take to", "when it rains"
    r" (?:true|possible|that|likely|said|known|get|gets|got|rain\w*|pour\w*|snow\w*|freez\w*|ever (?:rain|snow)\w*|mean (?:when|that|to)|feel (?:to|like)|in [A-Z]\w+\W*$)\b| (?:take|takes|took|taken|costs?|be|is|was)\b[^?]* to [a-z]",
    re.IGNORECASE,
)


def refer(question: str, before: str, value: str) -> str:
    """The question with each pronoun that points out of it replaced by what it means, by the question `before` and the `value` that answered it; ""
    where none does.

    >>> refer("When was she elected?", "Who opened the bridge?", "Ida Holm"), refer("What did Holm say of her plan?", "Who opened it?", "Berg")
    ('When was Ida Holm elected?', '')
    """
    pieces, at = [], 0
    used: list[tuple[str, str]] = []
    for match in _PRONOUN.finditer(question):
        kind = str(match.lastgroup)
        meant = "" if _points_inside(question, match, kind) else _meant(kind, question, match, before, value)
        letter = match.group()[0].lower()  # h of "he" and "him", s of "she"
        taken = any(
            known.strip("’s") == meant.strip("’s") and other != letter for other, known in used
        )  # "when did she marry him" names two
        if meant and not taken:
            used.append((letter, meant))
            pieces += [question[at : match.start()], meant]
            at = match.end()
    return "".join([*pieces, question[at:]]) if pieces else ""


def ones(question: str, before: str, value: str) -> str:
    """A question with what "that one", "the old one", "which of the two" and "that company" mean, by the question `before` and the `value` that answered it; "" where nothing tells.

    >>> ones("How long is that one?", "Who built the Alm tunnel?", "Arup"), ones("What was the old one sold for?", "What did the new hall cost?", "9")
    ('How long is the Alm tunnel?', 'What was the old hall sold for?')
    >>> ones("What does that company make?", "Who sponsors the cup?", "Arup")
    'What does Arup make?'
    """
    if (sort := _SORT.search(question)) and is_name(value) and re.match(_ASKED_FOR[str(sort.lastgroup)], before, re.IGNORECASE):
        return question[: sort.start()] + value + question[sort.end() :]
    if some := _OF_SEVERAL.search(question):
        several = _SEVERAL_THINGS.search(before) or _PAIR.search(before)
        named = several and (f"the {several['what']}" if "what" in several.re.groupindex else several.group())
        return f"{question[: some.start()]}of {named}{question[some.end() :]}" if named else ""
    if not (one := _ONE.search(question)) or not (about := thing(before, "it")):
        return ""
    noun = re.split(rf" (?:{PREPOSITION}|for|near)\b", about)[0].split()[-1]
    meant = about if one["that"] else f"{one['sort']} {noun}" if noun.islower() else ""
    return question[: one.start()] + meant + question[one.end() :] if meant else ""


def points_back(question: str) -> str:
    """A question with "that decision" as "the decision", which was spoken of before; "" where nothing is pointed at.

    >>> points_back("Who took that decision?"), points_back("Who said that ministers met?"), points_back("What do those killed have in common?")
    ('Who took the decision?', '', '')
    """
    pointing = next((m for m in _POINTING.finditer(question) if _is_pointing(question, m)), None)
    return question[: pointing.start()] + "the " + question[pointing.start("noun") :] if pointing else ""


def _is_pointing(question: str, match: re.Match[str]) -> bool:
    """Whether "that decision" means one spoken of before, and "that" begins no clause."""
    noun = match["noun"].lower()
    named_here = any(stem(t.folded) == stem(noun) for t in content_tokens(question[: match.start()]))
    if noun in _TIME_NOUN or noun in STOPWORDS or noun in _DOING or PARTICIPLE.match(noun) or named_here:
        return False
    leading = rf"\b(?:{PREPOSITION}|{AUX}|after|before|during|attended|made|took) $"
    return match["which"].lower() != "that" or bool(re.search(leading, question[: match.start()], re.IGNORECASE))


def _points_inside(question: str, match: re.Match[str], kind: str) -> bool:
    """Whether a pronoun means something that its own question names before it: in an earlier clause or, of "its" and "their", anywhere."""
    earlier, later, word = question[: match.start()], question[match.end() :], match.group().lower()
    kind = "person" if kind == "persons" and _is_object(match, later) else kind
    if kind == "there":
        return bool(_THERE_IS.search(earlier) and later.strip("?!. "))
    if _names_itself(kind, earlier, later):
        return True
    named = [run[0].start for run in names_in(earlier)]
    named += [m.start() for m in DETERMINED.finditer(earlier)]
    if kind == "they":
        named += [t.start for t in content_tokens(earlier) if t.folded.endswith("s")]
    said_of = word in {"it", "this"} and _SAID_OF.match(earlier)
    if not named or said_of or (word == "that" and re.search(rf"\b{PREPOSITION} $", earlier, re.IGNORECASE)):
        return False
    return word in {"that", "this"} or bool(_CLAUSE.search(earlier[min(named) :]))


def _names_itself(kind: str, earlier: str, later: str) -> bool:
    """Whether a pronoun means nothing, or for sure something of its own clause: "how long will it take to", "what did she take with her"."""
    if kind == "it":
        return bool(_EXPLETIVE.match(later)) or _is_relative(earlier)
    if kind in {"its", "their", "persons"}:
        return bool(content_tokens(earlier))
    asks_who = re.match(r"(?:who|which)\b", earlier, re.IGNORECASE) and _CLAUSE.search(earlier[5:])
    carried = re.search(r"\b(?:with|around|behind|beside|before) $", earlier) and names_in(earlier)
    return kind == "person" and bool(asks_who or carried)


def _is_object(match: re.Match[str], later: str) -> bool:
    """Whether "her" is whom something was done to, and owns nothing."""
    return match.group().lower() == "her" and bool(
        re.match(rf"\W*$| (?:{PREPOSITION}|after|before|when|as|and|or)\b", later, re.IGNORECASE)
    )


def _is_relative(earlier: str) -> bool:
    """Whether the word before is a noun, so that "the truce it announced" is one thing."""
    last = tokens(earlier)[-1:]
    if re.search(rf"\b(?:{PREPOSITION}|over|after|before|than|like) $", earlier, re.IGNORECASE):
        return False
    return bool(last) and last[0].folded not in STOPWORDS and not _is_verb(last[0])


def _is_verb(token: Token) -> bool:
    return has_past(token.folded) or is_past_form(token.folded) or bool(PARTICIPLE.match(token.folded)) or token.folded.endswith("s")


def _meant(kind: str, question: str, match: re.Match[str], before: str, value: str) -> str:
    """What a pronoun means, in the words of the conversation; "" where that is not known."""
    asked = re.match(rf"(?:{PREPOSITION} )?(\w+)", before.lower())
    word = asked[1] if asked else ""
    possessive = {"persons": "’s", "its": "’s", "their": "’s"}.get(kind, "")
    if kind in {"person", "persons"}:
        if _is_object(match, question[match.end() :]):
            possessive = ""
        if described := _described(before):
            return _owning(described, possessive)
        named = value if is_name(value) else ""
        ship = match.group().lower() in {"she", "her"} and re.match(
            r"(?:which|what) (?:ship|vessel|boat|ferry|freighter|tanker|yacht)\b", before, re.IGNORECASE
        )  # is a "she"
        unnamed = ship and all(WHERE.search(before[: run[0].start]) for run in names_in(before))
        found = (named or _whoever(before)) if word in {"who", "whom"} or unnamed else ""
        found = found or _named_person(before) or named or person(before)
        return _owning(found, possessive)
    if kind == "there":
        spot = value if (word == "where" or (is_name(value) and _SPOT.match(before))) and value else ""
        near = re.findall(r"\b(?:in|at|near|on) (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*", before)
        return (spot if re.match(r"(?:in|at|near|on)\b", spot) else f"in {spot}") if spot else near[-1] if near else ""
    if kind == "then":
        return value if word == "when" else ""
    told = _several(question, match, before, value) if kind == "they" else _that_did(before, value) if kind in {"it", "its"} else ""
    if told:
        return _owning(told, possessive)
    noun_asked = re.match(rf"(?:which|what) ((?!{AUX}\b)[a-z]+) {AUX}\b", before, re.IGNORECASE)
    asked_for = {"what", "which", "whose"} | ({"who"} if kind in {"they", "their"} and " and " in value else set())
    several = kind == "they" and value.endswith("s") and _OF_THINGS.match(question[match.end() :])
    noun = several or is_name(value) or re.match(r"(?:the|a|an) ", value, re.IGNORECASE)
    taken = (
        value
        if word in asked_for and noun and not any(t.folded in _FINITE or (not t.is_name and is_past_form(t.folded)) for t in tokens(value))
        else ""
    )
    found = taken or (
        f"the {noun_asked[1]}" if noun_asked and kind in {"it", "its"} and noun_asked[1] not in _NO_THING else thing(before, kind)
    )
    return _owning(f"the {found}" if taken and several and not is_name(found) else re.sub(r"^(?:a|an|A|An) ", "the ", found), possessive)


def _whoever(before: str) -> str:
    """Whom a question asked for that got no name: "the director of the dam", "the one who built it"; "" where it asked for whom something was done to."""
    asked = re.match(rf"who (?:(?:is|was) (?P<office>the .+?)|(?P<did>(?!{AUX}\b).+?))\W*$", before, re.IGNORECASE)
    return "" if not asked else asked["office"] or f"the one who {asked['did']}"


def _described(before: str) -> str:
    """Whom a question asks to be told about: "Who is Ida Holm?"; "" where it asks for a name."""
    asked = re.match(r"who (?:is|was) (?P<whom>.+?)\W*$", before, re.IGNORECASE)
    runs = names_in(before) if asked else []
    alone = (
        asked and len(runs) == 1 and written(before, runs[0]) == asked["whom"] and "’s" not in asked["whom"] and "'s" not in asked["whom"]
    )
    return asked["whom"] if asked and alone and not {t.folded for t in runs[0]} & _OFFICES else ""


def _several(question: str, match: re.Match[str], before: str, value: str) -> str:
    """What "they" means by how the question before it asks: what it counts, or those who did something, where they do something themselves."""
    if re.search(r"\bof $", question[: match.start()]) and (pair := _PAIR.search(before)):
        return pair.group()
    they = match.group().lower() == "they"
    if they and (both := _BOTH.search(before)):
        return both.group()
    does = they and (_DOES.match(question[match.end() :]) or not _MANY.search(thing(before, "they")))
    if does and (doers := _doers(before, value)):
        return doers
    if counted := _COUNTED.match(before):
        return f"the {counted['what']}{counted['where'] or ''}"
    deed = _COUNTED_BY_DEED.match(before)
    if not deed or not any(is_past_form(word) for word in deed["did"].lower().split()[:2]):
        return ""
    return f"the {deed['what']} that {deed['did']}" if deed["what"] else f"those who {deed['did']}"


def _that_did(before: str, value: str) -> str:
    """What a question asks for by what it did, where the answer has no name for it: "the chair that won"."""
    asked = _WHICH_DID.match(before)
    unnamed = value[:1].islower() and not value.startswith("the ")
    return f"the {asked['noun']} that {asked['did']}" if asked and unnamed and is_past_form(asked["did"].split()[0]) else ""


def _doers(before: str, value: str) -> str:
    """Those that a question asks for by what they did, where what answered is no name of several: "those who took the mine"."""
    if " and " in value:
        return ""
    if told := re.search(r"\b(?:did|do|does) (?P<those>those who .+) [\w’'-]+\W*$", before):
        return told["those"]
    asked = re.match(rf"who (?P<did>(?!{AUX}\b)[a-z]+ .+?)\W*$", before, re.IGNORECASE)
    return f"those who {asked['did']}" if asked and is_past_form(asked["did"].split()[0]) else ""


def _named_person(before: str) -> str:
    return found if is_name(found := person(before)) else ""


def _owning(found: str, possessive: str) -> str:
    return found + (possessive[:1] if found.endswith("s") else possessive) if found else ""
