"""Train the reader: `python -m train.reader --data DIR --base FOLDER [--out FILE]`, 15 examples a second on two cores.

SQuAD 2.0 style (Devlin et al. 2019): one span, the first token standing for "no answer". The word embeddings of the embedder stay as
they are; what the six layers learn is kept as a low-rank update (Hu et al. 2021; here the truncated singular value decomposition
of the difference), a few MB instead of ninety.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

from rag import add_update
from train.loop import Checkpoint, How, descend
from train.mean import cut
from train.packed import arguments_of, prepared
from train.paragraphs import Example
from train.reading_data import training_examples

LENGTH = 224
BATCH = 16
SEED = 7
RATE = 1.5e-4
PASSES = 3  # each with other questions that have no answer
RANK = 64
QUICK = {  # measured on two cores: 7.6 examples a second with dropout, 13.5 without; 14.7 with `eager`, slow as `sdpa` goes back through short heads
    "attention_probs_dropout_prob": 0.0,
    "hidden_dropout_prob": 0.0,
    "attn_implementation": "eager",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m train.reader", description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, default=Path("rag/weights/reader.safetensors"))
    parser.add_argument("--after", type=Path, help="go on from the weights of an earlier training")
    parser.add_argument("--passes", type=int, default=PASSES, help="each with other questions that have no answer")
    parser.add_argument("--rank", type=int, default=RANK, help="of the update that is kept")
    arguments = arguments_of(parser, Path("reader-checkpoint.safetensors"), How(SEED, BATCH, RATE))
    examples = prepared(
        arguments.prepared,
        (Example,),
        lambda: [e for n in range(arguments.passes) for e in training_examples(arguments.data, arguments.seed + n)],
    )
    examples = examples[: arguments.most]
    counts = {kind: sum(e.kind == kind for e in examples) for kind in sorted({e.kind for e in examples})}
    print(json.dumps({"examples": len(examples), **counts}), flush=True)
    model = train(arguments.base, examples, arguments.how, arguments.checkpoint, arguments.after)
    base = AutoModelForQuestionAnswering.from_pretrained(arguments.base)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    rank = arguments.rank
    save_file(low_rank(model, base, rank), arguments.out, metadata={"rank": str(rank), "seed": str(arguments.seed)})


def train(base: Path, examples: Sequence[Example], how: How, checkpoint: Path, after: Path | None = None) -> Any:
    """Once over the examples with a linear warm-up and decay, from the base or `after` an earlier training; resumes from the checkpoint when it holds one of the same examples.

    Raises SystemExit when it holds another training's.
    """
    torch.manual_seed(how.seed)
    kept = Checkpoint(checkpoint, how, LENGTH, after and after.read_bytes(), list(examples))
    tokenizer = AutoTokenizer.from_pretrained(base)
    model = AutoModelForQuestionAnswering.from_pretrained(base, **QUICK)
    if kept.done:
        model.load_state_dict(load_file(checkpoint))
    elif after:
        add_update(model, after)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model.to(device).train()
    for name, parameter in model.named_parameters():
        parameter.requires_grad = "embeddings" not in name
    # one for each of seven lengths: twice as quick as one for all; needs a C++ compiler
    quick = torch.compile(model, dynamic=False) if device == "cpu" else model

    def loss_of(batch: list[Example]) -> torch.Tensor:
        return quick(**encode(tokenizer, batch).to(device)).loss  # type: ignore[no-any-return]

    batches = list(_batches(examples, how))
    for step in descend(model, batches, loss_of, how, done=kept.done):
        if kept.due(step, len(batches)):
            kept.keep(model.state_dict(), step)
    return model.eval()


def _batches(examples: Sequence[Example], how: How) -> Iterator[list[Example]]:
    """Batches of texts of like length, in random order."""
    chance, size = random.Random(how.seed), how.batch
    for n in range(0, len(examples), size * 50):
        pool = sorted(examples[n : n + size * 50], key=lambda e: len(e.text))
        groups = [pool[m : m + size] for m in range(0, len(pool), size)]
        chance.shuffle(groups)
        yield from groups


def encode(tokenizer: Any, batch: Sequence[Example]) -> Any:
    """Token ids with start and end positions; 0, the first token, where there is no answer or it was cut off."""
    encoded = tokenizer(
        [e.question for e in batch], [e.text for e in batch],
        truncation="only_second", max_length=LENGTH, padding=True, pad_to_multiple_of=32, return_offsets_mapping=True, return_tensors="pt",
    )  # fmt: skip
    offsets = encoded.pop("offset_mapping")
    starts, ends = [], []
    for n, example in enumerate(batch):
        second = np.array([s == 1 for s in encoded.sequence_ids(n)])
        spans = offsets[n].numpy()
        inside = np.flatnonzero(second & (spans[:, 0] < example.end) & (spans[:, 1] > example.start) & (example.start >= 0))
        whole = len(inside) > 0 and spans[inside[-1], 1] >= example.end
        starts.append(int(inside[0]) if whole else 0)
        ends.append(int(inside[-1]) if whole else 0)
    encoded["start_positions"], encoded["end_positions"] = torch.tensor(starts), torch.tensor(ends)
    return encoded


def low_rank(model: Any, base: Any, rank: int) -> dict[str, torch.Tensor]:
    """What training changed: matrices as two thin factors (`name.up @ name.down` is added), everything else whole."""
    before = base.state_dict()
    kept: dict[str, torch.Tensor] = {}
    for name, after in model.cpu().state_dict().items():
        change = (after - before[name]).float()
        if "embeddings" in name:
            continue
        if change.ndim == 2 and min(change.shape) > rank:
            kept[f"{name}.up"], kept[f"{name}.down"] = (factor.to(torch.bfloat16) for factor in cut(change, rank))
        else:
            kept[name] = after.to(torch.bfloat16).contiguous()
    return kept


if __name__ == "__main__":
    main()
