"""Train the judge: `python -m train.judge --data DIR --base FOLDER [--out FILE]`, 4 examples a second on two cores without bfloat16.

The writer's first layers, the upper half of them with a low-rank adapter (Hu et al. 2021), read a question and a sentence; the state of the last word
tells whether the sentence answers. Beside that every word piece of the sentence tells whether it is part of the answer, in training alone:
one bit an example teaches slowly.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from sklearn.metrics import roc_auc_score
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits
from torch.nn.utils import parametrize

from rag import Config, Judge, trunk
from train.judging_data import Judged, kept_out_pairs, training_pairs
from train.loop import descend

FROZEN = 10  # of the layers are left as they are
LENGTH = 224
BATCH = 16
RATE = 4e-4
RANK = 32
SCALE = 2.0  # of the adapter's product
TAGS = 0.5  # weight of the second task
RARE = 4.0  # weight of a word piece of the answer over one beside it
KEEP = 200  # steps between two checkpoints


class Adapter(nn.Module):
    """A weight plus a product of two thin matrices, nought at first."""

    def __init__(self, weight: torch.Tensor) -> None:
        super().__init__()
        self.down = nn.Parameter(torch.randn(RANK, weight.shape[1]) / weight.shape[1] ** 0.5)
        self.up = nn.Parameter(torch.zeros(weight.shape[0], RANK))

    def forward(self, weight: torch.Tensor) -> torch.Tensor:
        return weight + SCALE * (self.up @ self.down).to(weight.dtype)


class Judging(nn.Module):
    """The trunk with adapters, a head for the whole and one for each word piece."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model.requires_grad_(False)
        for layer in model.layers[FROZEN:]:
            for linear in [m for m in layer.modules() if isinstance(m, nn.Linear)]:
                parametrize.register_parametrization(linear, "weight", Adapter(linear.weight))
        self.head = nn.Linear(model.config.hidden_size, 1, bias=False)
        self.tags = nn.Linear(model.config.hidden_size, 1)

    def forward(self, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        hidden = self.model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], use_cache=False).last_hidden_state
        hidden = hidden.float()
        last = hidden[torch.arange(len(hidden)), batch["attention_mask"].sum(1) - 1]
        whole = binary_cross_entropy_with_logits(self.head(last)[:, 0], batch["answers"])
        tagged = self.tags(hidden[batch["inside"]])[:, 0]
        parts = binary_cross_entropy_with_logits(tagged, batch["tags"][batch["inside"]], pos_weight=torch.tensor(RARE))
        return whole + TAGS * parts


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m train.judge", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the public data")
    parser.add_argument("--base", type=Path, required=True, help="folder of the converted SmolLM2-135M-Instruct, in the cache")
    parser.add_argument("--out", type=Path, default=Path("rag/weights/judge.safetensors"))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--most", type=int, default=20000, help="examples")
    arguments = parser.parse_args()
    pairs = training_pairs(arguments.data, arguments.seed)[: arguments.most]
    print(json.dumps({"examples": len(pairs), "answers": sum(p.answers for p in pairs), **Counter(p.kind for p in pairs)}), flush=True)
    train(arguments.base, pairs, arguments.seed, arguments.out)
    kept = kept_out_pairs(arguments.data, arguments.seed)[:1000]
    judge = Judge(Config(), arguments.out)
    scores = [s for n in range(0, len(kept), BATCH) for s in judge.score([p.pair for p in kept[n : n + BATCH]])]
    print(json.dumps({"kept out": len(kept), "auroc": round(float(roc_auc_score([p.answers for p in kept], scores)), 3)}))


def train(base: Path, pairs: Sequence[Judged], seed: int, out: Path) -> None:
    """Once over the examples; what was learned so far is kept in `out` every few steps."""
    torch.manual_seed(seed)
    model, tokenizer = trunk(base, torch.float32)
    judging = Judging(model)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    judging.to(device).train()
    batches = list(_batches(pairs, tokenizer))

    def loss_of(batch: dict[str, torch.Tensor]) -> torch.Tensor:
        return judging({name: tensor.to(device) for name, tensor in batch.items()})  # type: ignore[no-any-return]

    for step in descend(judging, batches, loss_of, rate=RATE):
        if step % KEEP == 0 or step == len(batches):
            save_file(factors(judging), out, metadata={"rank": str(RANK), "seed": str(seed), "examples": str(step * BATCH)})


def _batches(pairs: Sequence[Judged], tokenizer: Any) -> Iterator[dict[str, torch.Tensor]]:
    """Batches of like length, in mixed order."""
    for n in range(0, len(pairs), BATCH * 40):
        pool = sorted(pairs[n : n + BATCH * 40], key=lambda p: len(p.pair.prompt))
        groups = [pool[m : m + BATCH] for m in range(0, len(pool), BATCH)]
        for group in groups[::3] + groups[1::3] + groups[2::3]:
            yield encode(tokenizer, group)


def encode(tokenizer: Any, group: Sequence[Judged]) -> dict[str, torch.Tensor]:
    """Token ids, which of them belong to the sentence, and which of those to the answer."""
    prompts = [j.pair.prompt for j in group]
    encoded = tokenizer(
        prompts, truncation=True, max_length=LENGTH, padding=True, padding_side="right", return_offsets_mapping=True, return_tensors="pt"
    )
    start, end = encoded["offset_mapping"].unbind(-1)
    first = torch.tensor([[p.index("\n> ") + 3] for p in prompts])
    last = torch.tensor([[p.index("\nQuestion: ", int(f))] for p, f in zip(prompts, first, strict=True)])
    answer = torch.tensor([[j.start, j.end] for j in group]) + first
    inside = (start >= first) & (end <= last) & (end > start)
    tags = inside & (end > answer[:, :1]) & (start < answer[:, 1:]) & torch.tensor([[j.answers and whole(j)] for j in group])
    return {
        "input_ids": encoded["input_ids"],
        "attention_mask": encoded["attention_mask"],
        "answers": torch.tensor([float(j.answers) for j in group]),
        "inside": inside,
        "tags": tags.float(),
    }


def whole(judged: Judged) -> bool:
    """Whether the sentence stands in the prompt as it is, so that the answer's place in it holds."""
    return f"\n> {judged.pair.sentence}\n" in judged.pair.prompt


def factors(judging: Judging) -> dict[str, torch.Tensor]:
    """The adapter under the names of the weights that it changes, and the head."""
    kept = {"head.weight": judging.head.weight.detach().float().cpu().contiguous()}
    for name, module in judging.model.named_modules():
        if parametrize.is_parametrized(module):
            adapter = module.parametrizations.weight[0]
            kept[f"{name}.weight.up"] = (SCALE * adapter.up).detach().to(torch.bfloat16).cpu().contiguous()
            kept[f"{name}.weight.down"] = adapter.down.detach().to(torch.bfloat16).cpu().contiguous()
    return kept


if __name__ == "__main__":
    main()
