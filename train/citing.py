"""Train the judge of citations: `python -m train.citing --data DIR --base FOLDER [--out FILE]`.

The judge's recipe with other pairs: does a sentence follow from its quote? It serves evaluation alone (`eval/citations.py`), so that the verifier is
not measured by itself. The second loss, for training alone, asks of each word piece of the sentence whether it is what the quote does not say.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from train.citing_data import kept_out_pairs, training_pairs
from train.judge import run
from train.loop import How

HOW = How(seed=7, batch=16, rate=4e-4)
MOST = 10000  # public and made pairs of a pass


def main() -> None:
    run("train.citing", __doc__, Path("eval/weights/citations.safetensors"), (partial(training_pairs, most=MOST), kept_out_pairs), HOW)


if __name__ == "__main__":
    main()
