"""What speaks for and against one sentence, as the reader sees it, and how much each of that weighs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from rag.views import View

ODDS = {  # log-odds that a sentence answers: train/odds.py, on paragraphs and news kept out of training, for the weights before these
    "bias": -0.1,
    "span": 0.15,  # the network's best span in the sentence, over "no answer"
    "coverage": 0.26,  # of the question's content words, weighed by rarity
    "unplaced": -1.5,  # the place asked about is not near: not fitted
    "untimely": -1.5,  # how little it fits the time asked about: not fitted
}
VERDICT = {  # the same after the judge's second look at the best by ODDS: train/odds.py too
    "bias": 0.02,
    "reader": 0.74,  # ODDS's log-odds
    "judge": 0.54,  # the judge's
    "untimely": -1.5,  # again, as the judge does not know the time that is asked about: not fitted
    "asked": 0.17,  # how much is asked: the more, the less of it a right sentence matches
    "unnamed": -1.0,  # its article lacks a name of the question: not fitted
}


@dataclass(frozen=True, slots=True)
class Observed:
    """What speaks for and against one sentence: each feature by name, and the span that the network found."""

    view: View
    question: str  # as it was put to it
    text: str  # as it was read
    value: str
    features: dict[str, float]
    silenced: bool
    unnamed: bool = False  # silenced for nothing but a name that its article does not have

    def odds(self, weights: Mapping[str, float]) -> float:
        """The weighed sum of its features."""
        return sum(weights[name] * value for name, value in self.features.items())


def logistic(odds: float) -> float:
    """The probability that log-odds stand for.

    >>> logistic(0.0), round(logistic(2.0), 2), logistic(-math.inf)
    (0.5, 0.88, 0.0)
    """
    return 0.0 if odds == -math.inf else 1.0 / (1.0 + math.exp(-min(50.0, max(-50.0, odds))))
