"""How sure a figure is, and whether two runs differ by more than chance."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.stats import binomtest, bootstrap

RESAMPLES = 2000
SEED = 7


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


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95% interval of a mean, by the percentiles of 2,000 resamples (Efron 1979), the same each time.

    >>> [round(x, 1) for x in interval([0.0, 1.0] * 50)]
    [0.4, 0.6]
    """
    if len(values) < 2:
        return (values[0], values[0]) if values else (0.0, 1.0)
    found = bootstrap((np.array(values, dtype=float),), np.mean, n_resamples=RESAMPLES, method="percentile", rng=SEED).confidence_interval
    return float(found.low), float(found.high)


def mcnemar(better: int, worse: int) -> float:
    """How likely at least such a difference is by chance, of so many questions that turned good and so many that turned bad (McNemar 1947, exact).

    >>> round(mcnemar(8, 2), 3)
    0.109
    """
    return float(binomtest(better, better + worse).pvalue) if better + worse else 1.0
