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


def counted(part: int, whole: int) -> str:
    """A count, its share and the interval of that.

    >>> counted(47, 59)
    '47/59 80% (68%-88%)'
    """
    low, high = wilson(part, whole)
    return f"{part}/{whole} {part / max(1, whole):.0%} ({low:.0%}-{high:.0%})"


def interval(
    *columns: Sequence[float],
    of: Callable[..., float] = np.mean,
    bounds: tuple[float, float] = (0.0, 1.0),
    paired: bool = True,
    method: str = "percentile",
) -> tuple[float, float]:
    """The 95% interval of a figure, by default a mean of fractions, by 2,000 resamples (Efron 1979), the same each time.

    Several columns are resampled together, or each on its own when they are not paired. Of a figure that resampling makes too large, method "basic" gives
    the interval with that taken off. Of fewer than two questions nothing is known but the bounds.

    >>> [round(x, 1) for x in interval([0.0, 1.0] * 50)]
    [0.4, 0.6]
    """
    if min(map(len, columns)) < 2:
        return bounds
    data = tuple(np.array(column, dtype=float) for column in columns)
    found = bootstrap(
        data, of, n_resamples=RESAMPLES, method=method, paired=paired and len(data) > 1, vectorized=of is np.mean, rng=SEED
    ).confidence_interval
    return max(bounds[0], float(found.low)), min(bounds[1], float(found.high))


def mcnemar(better: int, worse: int) -> float:
    """How likely at least such a difference is by chance, of so many questions that turned good and so many that turned bad (McNemar 1947, exact).

    >>> round(mcnemar(8, 2), 3)
    0.109
    """
    return float(binomtest(better, better + worse).pvalue) if better + worse else 1.0


def auroc(yes: Sequence[float], no: Sequence[float]) -> float:
    """How often one of the first has a higher probability than one of the second (Mann and Whitney 1947); 0.5 where one of them is empty.

    >>> auroc([0.9, 0.2], [0.2])
    0.75
    """
    if not len(yes) or not len(no):
        return 0.5
    above = rankdata(np.concatenate([yes, no]))[: len(yes)].sum() - len(yes) * (len(yes) + 1) / 2
    return float(above / (len(yes) * len(no)))


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
    """The largest share of questions that can be answered, surest first, with at most `risk` of the shown answers wrong; of equally sure ones the wrong
    come first, and what has no probability at all is never answered.

    >>> coverage([0.9, 0.8, 0.7, 0.1], [False, False, True, True], risk=0.35)
    0.75
    """
    p, bad = np.array(probabilities, dtype=float), np.array(wrong, dtype=float)
    order = np.lexsort((-bad, -p))
    rate = np.cumsum(bad[order]) / np.arange(1, len(order) + 1)
    within = np.flatnonzero((rate <= risk) & (p[order] > 0))
    return float(within[-1] + 1) / len(order) if len(within) else 0.0
