"""Train the judge of citations: `python -m train.citing --data DIR --base FOLDER [--out FILE]`.

The judge's recipe with other pairs: does a sentence follow from its quote? It serves evaluation alone (`eval/citations.py`), so that the verifier is
not measured by itself. The second loss, for training alone, asks of each word piece of the sentence whether it is what the quote does not say.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from rag import Config, Judge
from train.citing_data import kept_out_pairs, training_pairs
from train.judge import recipe, scored, ship, train


def main() -> None:
    arguments = recipe("train.citing", __doc__, Path("eval/weights/citations.safetensors"), 18000).parse_args()
    pairs = training_pairs(arguments.data, arguments.seed, arguments.most)
    print(json.dumps({"pairs": len(pairs), "follow": sum(p.answers for p in pairs), **Counter(p.kind for p in pairs)}), flush=True)
    learned = train(arguments.base, pairs, arguments.seed, arguments.checkpoint, arguments.after)
    ship(learned, arguments.out, arguments.seed, len(pairs))
    print(json.dumps(kept_out(Judge(Config(), arguments.out), arguments.data, arguments.seed)))


def kept_out(judge: Judge, folder: Path, seed: int) -> dict[str, float]:
    """How well it tells what follows, on quotes kept out of training: the share right at even odds, and the AUROC."""
    kept = sorted(kept_out_pairs(folder, seed), key=lambda p: len(p.pair.prompt))
    scores = scored(judge, kept)
    follows = np.array([p.answers for p in kept])
    figures = {"auroc": roc_auc_score(follows, scores), "right": np.mean((scores > 0) == follows)}
    for kind in sorted({p.kind for p in kept}):
        chosen = np.array([p.kind == kind for p in kept])
        figures[kind] = np.mean((scores > 0)[chosen] == follows[chosen])
    return {"pairs": len(kept)} | {name: round(float(value), 3) for name, value in figures.items()}


if __name__ == "__main__":
    main()
