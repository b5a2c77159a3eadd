"""SQuAD's measures of a short answer (Rajpurkar et al. 2016)."""

from __future__ import annotations

import re
import string
from collections import Counter


def normalise(text: str) -> str:
    """The official normalisation: lower case, no punctuation, no articles, single spaces.

    >>> normalise("The 44-kilometer border.")
    '44kilometer border'
    """
    bare = "".join(c for c in text.lower() if c not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", bare).split())


def token_f1(answer: str, gold: str) -> float:
    """Harmonic mean of precision and recall over the words of both.

    >>> token_f1("the old bridge", "bridge of Rona")
    0.4
    """
    one, other = normalise(answer).split(), normalise(gold).split()
    common = sum((Counter(one) & Counter(other)).values())
    return 2 * common / (len(one) + len(other)) if one or other else 1.0
