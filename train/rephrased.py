"""True sentences made of a quote by rule: a clause of it on its own, its opening moved to the end, other words for the same, a question's answer as a statement."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence

_RELATIVE = re.compile(
    r"^((?:The |A |An )?[A-Z][\w’' -]{2,45}?), (who|which) ((?:[a-z]+ed|is|was|were|are|has|had|have|will|can|won|led|took|became|came) [^,;:]{6,90}), (.+)$"
)
_APPOSED = re.compile(
    r"^([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}), ((?:the|a|an) [^,;:]{6,60}), ((?:[a-z]+ed|is|was|has|had|will|won|led|took|became|said|told) .+)$"
)
_JOINED = re.compile(
    r"^(.{20,}?)(?:;|, (?:but|while|and|whereas|although|though)) ((?:the|a|an|it|he|she|they|his|her|their|some|many|most|no|this|these|[A-Z][\w’'-]+) .{12,})$"
)
_SAID = re.compile(
    r"\b(?:said|says|say|told|claim\w*|believ\w*|thought|announced|warned|argued|report\w*|according|that|if|whether)\b"
)  # what is said or supposed is no fact on its own
_OPENING = re.compile(
    r"^((?:In|On|At|During|After|Before|By|Since|Until|From|Under|Throughout) [^,]{3,45}), ((?:the|a|an|it|he|she|they|his|her|their|[A-Z][\w’'-]+) [^“”\"]+)\.$"
)
_SPELLED = {str(n): word for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_SAME = {
    **_SPELLED,
    **{word: digit for digit, word in _SPELLED.items() if int(digit) > 1},
    "%": " per cent",
    " per cent": "%",
    " percent": "%",
}
_SUBJECT = re.compile(r"(?:who|what|which [\w ]+?|what [\w ]+?|whose [\w ]+?|how many [\w ]+?) ((?:is|are|was|were|has|had|have|will|can|could|would|\w+ed|won|led|made|became|took|wrote|gave|held|said|ran|built|began|left|lost|died|came|went|got|fought|beat|met) .+?)\??$", re.IGNORECASE)  # fmt: skip
_TURNED = re.compile(  # the subject comes behind the verb: "What time will the ferry leave?"
    r"(?:what|which|whose|how many) [\w ]+? (?:(?:will|can|could|would|has|had|have) (?:the|a|an|he|she|it|they|we|you|I|(?-i:[A-Z])\w+)|(?:is|are|was|were) (?:he|she|it|they|we|you|I))\b",
    re.IGNORECASE,
)
_DONE = re.compile(r"(when|where|what|who|whom|how many [\w ]+?|which [\w ]+?|in what year) (?:did|does|do) (.+?)\??$", re.IGNORECASE)
_BEEN = re.compile(r"(when|where|in what year) (is|are|was|were|has|have|had) (.+?) ((?:been )?(?:\w+ed|born|held|built|made|found|known|sold|sent|won|put|taken|given|written|shot|seen|set|located|based))\b(.*?)\??$", re.IGNORECASE)  # fmt: skip


def clauses(sentence: str) -> Iterator[str]:
    """What a clause says on its own.

    >>> list(clauses("Ida Holm, who was born in Rona, opened the bridge."))
    ['Ida Holm was born in Rona.', 'Ida Holm opened the bridge.']
    >>> list(clauses("Ida Holm, the mayor of Rona, opened the bridge."))
    ['Ida Holm was the mayor of Rona.', 'Ida Holm opened the bridge.']
    >>> list(clauses("The bridge was opened in May, but the road was not ready."))
    ['The bridge was opened in May.', 'The road was not ready.']
    """
    if match := _RELATIVE.match(sentence):
        yield f"{match[1]} {match[3]}."
        yield f"{match[1]} {match[4]}"
    elif match := _APPOSED.match(sentence):
        yield f"{match[1]} was {match[2]}."
        yield f"{match[1]} {match[3]}"
    elif (match := _JOINED.match(sentence)) and not _SAID.search(sentence):
        yield f"{match[1]}."
        yield f"{match[2][0].upper()}{match[2][1:]}"


def moved(sentence: str) -> str:
    """With its opening at the end; empty where it has none.

    >>> moved("In May 1987, the mayor opened the bridge.")
    'The mayor opened the bridge in May 1987.'
    """
    match = _OPENING.match(sentence)
    return f"{match[2][0].upper()}{match[2][1:]} {match[1][0].lower()}{match[1][1:]}." if match else ""


def reworded(sentence: str, alike: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    """With one word as others say it: a figure in letters, a per cent sign, a synonym; empty where there is none to change."""
    words = [w for w in (*_SAME, *alike) if re.search(rf"(?<!\w){re.escape(w)}(?!\w)" if w[0].isalnum() else re.escape(w), sentence)]
    words = [
        w
        for w in words
        if not (w.isdigit() and re.search(rf"[\d.,:–-]{w}|{w}[.,:–-]?\d", sentence))
        and not re.search(rf"-{re.escape(w)}|{re.escape(w)}[-:]", sentence)
    ]
    if not words:
        return ""
    word = chance.choice(words)
    other = chance.choice(list(alike[word])) if word in alike else _SAME[word]
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)" if word[0].isalnum() else re.escape(word), other, sentence, count=1)


def statement(question: str, answer: str, sentence: str) -> str:
    """A question and its answer as a statement; empty where its form does not allow it.

    >>> statement("Who opened the bridge?", "Ida Holm", "The bridge was opened by Ida Holm.")
    'Ida Holm opened the bridge.'
    >>> statement("Where was she born?", "Rona", "She was born in Rona.")
    'she was born in Rona.'
    """
    hinge = re.search(r"\b(?:in|on|at|by|from|to|near|during|since|until|around)(?: the)? $", sentence[: max(0, sentence.find(answer))])
    placed = (hinge.group() if hinge else "") + answer
    if (match := _SUBJECT.match(question)) and not _TURNED.match(question):
        told = f"{answer} {match[1]}"
        return _stopped(told if len(answer.split()) < 9 else "")
    if match := _DONE.match(question):
        asking, rest = match[1].lower(), match[2]
        return _stopped(f"{rest} {placed if asking in {'when', 'where', 'in what year'} else answer}")
    if (match := _BEEN.match(question)) and hinge:
        return _stopped(f"{match[3]} {match[2]} {match[4]}{match[5]} {placed}")
    return ""


def _stopped(told: str) -> str:
    return f"{told.rstrip('. ')}." if told else ""
