"""How sure a figure is, whether two runs differ by more than chance, and how well probabilities tell what to answer (selective prediction, El-Yaniv
and Wiener 2010). Questions about one article count as independent, which makes intervals a little narrow.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from scipy.stats import binomtest, bootstrap, rankdata

RESAMPLES = 2000
SEED = 7
RISK = 0.03
BINS = 10


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95% interval of a share (Wilson 1927). Unlike the bootstrap it does not say that 20 of 20 is certain.

    >>> [round(x, 2) for x in wilson(8, 10)]
    [0.49, 0.94]
    """
    if not whole:
        return 0.0, 1.0
    z, share = 1.96, part / whole
    centre, spread = share + z * z / (2 * whole), z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return max(0.0, (centre - spread) / (1 + z * z / whole)), min(1.0, (centre + spread) / (1 + z * z / whole))


def interval(*columns: Sequence[float], of: Callable[..., float] = np.mean, low: float = 0.0, high: float = 1.0) -> tuple[float, float]:
    """The 95% interval of a figure, by default a mean of fractions, by the percentiles of 2,000 resamples (Efron 1979), the same each time.

    Several columns are resampled together. Of fewer than two questions nothing is known but where the figure must lie.

    >>> [round(x, 1) for x in interval([0.0, 1.0] * 50)]
    [0.4, 0.6]
    """
    if len(columns[0]) < 2:
        return low, high
    data = tuple(np.array(column, dtype=float) for column in columns)
    vectorized = of in {np.mean, np.median}
    found = bootstrap(
        data, of, n_resamples=RESAMPLES, method="percentile", paired=len(data) > 1, vectorized=vectorized, rng=SEED
    ).confidence_interval
    return float(found.low), float(found.high)


def mcnemar(better: int, worse: int) -> float:
    """How likely at least such a difference is by chance, of so many questions that turned good and so many that turned bad (McNemar 1947, exact).

    >>> round(mcnemar(8, 2), 3)
    0.109
    """
    return float(binomtest(better, better + worse).pvalue) if better + worse else 1.0


def auroc(answerable: Sequence[bool], probabilities: Sequence[float]) -> float:
    """How often a question that has an answer gets a higher probability than one that has none (Mann and Whitney 1947); 0.5 where all are alike.

    >>> auroc([True, False, True], [0.9, 0.2, 0.2])
    0.75
    """
    yes = np.array(answerable, dtype=bool)
    many = int(yes.sum()) * int((~yes).sum())
    above = rankdata(probabilities)[yes].sum() - yes.sum() * (yes.sum() + 1) / 2 if many else 0.0
    return float(above / many) if many else 0.5


def calibration_error(probabilities: Sequence[float], true: Sequence[bool]) -> float:
    """Expected calibration error over ten bins of equal width (Guo et al. 2017); 0 for none.

    >>> round(calibration_error([0.9, 0.9], [True, False]), 6)
    0.4
    """
    if not len(probabilities):
        return 0.0
    p, t = np.array(probabilities), np.array(true, dtype=float)
    bins = np.minimum((p * BINS).astype(int), BINS - 1)
    return float(sum(abs(p[bins == b].mean() - t[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins)))


def coverage(probabilities: Sequence[float], wrong: Sequence[bool], risk: float = RISK) -> float:
    """The largest share of questions that can be answered, surest first, with at most `risk` of the shown answers wrong.

    >>> coverage([0.9, 0.8, 0.7, 0.1], [False, False, True, True], risk=0.35)
    0.75
    """
    order = np.argsort(-np.array(probabilities), kind="stable")
    rate = np.cumsum(np.array(wrong, dtype=float)[order]) / np.arange(1, len(order) + 1)
    within = np.flatnonzero(rate <= risk)
    return float(within[-1] + 1) / len(order) if len(within) else 0.0
