"""The figures of a run as lines, with their 95% intervals and the number of questions (or sentences, quotes) that they are of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from eval.measures import OUTCOMES, Judgement, percentile, share
from eval.statistics import auroc, calibration_error, counted, coverage, interval, wilson


def table(judgements: Sequence[Judgement]) -> list[str]:
    """Outcomes by category, then answers, refusals, quotes, time and words."""
    yes, no = [j for j in judgements if j.answerable], [j for j in judgements if not j.answerable]
    answered = [j for j in yes if j.outcome != "refused"]
    errors = [j.error for j in judgements if j.error]
    return [
        *categories(judgements),
        f"right and cited from a right article  {share(yes, 'right')}",
        f"  of those that are answered          {share(answered, 'right')}",
        f"  token F1 of the words pointed at    {_mean([j.f1 for j in yes])}",
        f"wrongly refused                       {share(yes, 'refused')}",
        f"refused when they should be           {share(no, 'refused')}",
        f"  of the near misses                  {share([j for j in no if j.category == 'near_miss'], 'refused')}",
        *_faults(judgements),
        *_selective(judgements),
        f"quotes verbatim at their offsets      {counted(sum(j.verbatim for j in judgements), sum(j.quotes for j in judgements))}",
        f"sentences written by the model        {counted(sum(j.written for j in judgements), sum(j.sentences for j in judgements))}, the others quoted",
        *_seconds(judgements),
        f"tokens of the writer a question       {_median([float(j.tokens) for j in judgements])}",
        *([f"errors, counted as wrong              {len(errors)}, the first: {errors[0]}"] if errors else []),
    ]


def categories(judgements: Sequence[Judgement]) -> list[str]:
    """Those that have an answer first; what is good of them is right, of the others refused."""
    names = {j.category: j.answerable for j in sorted(judgements, key=lambda j: j.answerable)}
    width = max([14, *(len(name) + 1 for name in names)])
    lines = [f"{'category':{width}}{'n':>4}" + "".join(f"{outcome:>9}" for outcome in OUTCOMES) + f"{'median s':>10}{'good':>16}"]
    for category in [*sorted(names, key=lambda c: (not names[c], c)), ""]:
        found = [j for j in judgements if category in {"", j.category}]
        counts = "".join(f"{sum(j.outcome == o for j in found):9}" for o in OUTCOMES)
        good = sum(j.outcome == ("right" if j.answerable else "refused") for j in found)
        low, high = wilson(good, len(found))
        told = f"{good / max(1, len(found)):.0%} ({low:.0%}-{high:.0%})"
        lines.append(f"{category or 'all':{width}}{len(found):4}{counts}{percentile([j.seconds for j in found], 0.5):10.2f}{told:>16}")
    return lines


def _faults(judgements: Sequence[Judgement]) -> list[str]:
    """What is wrong with the wrong answers; of questions that tell whether the articles disagree, how often that was seen."""
    faults = Counter(j.fault for j in judgements if j.outcome == "wrong" and j.fault not in {"", "wrong", "error"})
    apart, agreed = ([j for j in judgements if j.disagree is kind] for kind in (True, False))
    return [
        *([f"wrong, beside a wrong value            {', '.join(f'{n} {name}' for name, n in sorted(faults.items()))}"] if faults else []),
        *(
            [f"both sides shown                      {counted(sum(j.outcome == 'right' for j in apart), len(apart))}, and the answer right"]
            if apart
            else []
        ),
        *(
            [f"a disagreement where there is none    {counted(sum(j.fault == 'false alarm' for j in agreed), len(agreed))}"]
            if apart
            else []
        ),
    ]


def _selective(judgements: Sequence[Judgement]) -> list[str]:
    """How well the probability of the best evidence tells what to answer."""
    scores, found = [j.score for j in judgements], [j.found for j in judgements]
    yes, no = ([j.score for j in judgements if j.answerable == kind] for kind in (True, False))
    n = len(judgements)
    apart = f"{auroc(yes, no):.2f} {_between(yes, no, of=auroc, paired=False)}" if yes and no else "not applicable"
    sure = coverage(scores, [not f for f in found])
    return [
        f"answerable against not, AUROC         {apart}, n {n}",
        f"probabilities, calibration error      {calibration_error(scores, found):.2f} {_between(scores, found, of=calibration_error, method='basic')}, n {n}",
        f"coverage at 3% risk                   {sure:.0%} {_between(scores, [not f for f in found], of=coverage)}, n {n}",
    ]


def _seconds(judgements: Sequence[Judgement]) -> list[str]:
    """Of warm questions: to the passages, to the first sentence, to the end."""
    stages = (
        ("seconds to the passages, median", [j.searched for j in judgements if j.searched is not None], 0.5),
        ("seconds to the first sentence, median", [j.first for j in judgements if j.first is not None], 0.5),
        ("seconds to the end, median", [j.seconds for j in judgements], 0.5),
        ("seconds to the end, 95%", [j.seconds for j in judgements], 0.95),
    )
    return [f"{name:38}{_median(values, at)}" for name, values, at in stages]


def _median(values: Sequence[float], at: float = 0.5) -> str:
    of: Callable[..., float] = partial(_percentile, at=at)
    low, high = interval(values, of=of, bounds=(0.0, max(values, default=0.0)))
    return f"{percentile(values, at):.2f} ({low:.2f}-{high:.2f}), n {len(values)}"


def _percentile(values: Sequence[float], at: float) -> float:
    return percentile(list(values), at)


def _mean(values: Sequence[float]) -> str:
    low, high = interval(values)
    return f"{float(np.mean(values)) if values else 0.0:.2f} ({low:.2f}-{high:.2f}), n {len(values)}"


def _between(*columns: Sequence[float], of: Callable[..., float], **how: Any) -> str:
    low, high = interval(*columns, of=of, **how)
    return f"({low:.2f}-{high:.2f})"
