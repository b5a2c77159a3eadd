"""Train the judge: `python -m train.judge --data DIR --base FOLDER [--out FILE]`, 6 pairs a second on two cores without bfloat16.

The writer's first layers, the upper half of them with a low-rank adapter (Hu et al. 2021), read a question and a sentence; the state of the last word
tells whether the sentence answers. Beside that every word piece of the sentence tells whether it is part of the answer, in training alone:
one bit an example teaches slowly.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from sklearn.metrics import roc_auc_score
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

from rag import Config, Judge, trunk
from train.judging_data import Judged, kept_out_pairs, training_pairs
from train.loop import Checkpoint, descend
from train.lora import adapted, factors, restore

FROZEN = 10  # of the layers are left as they are
LENGTH = 224
BATCH = 16
RATE = 4e-4
RANK = 32
TAGS = 0.5  # weight of the second task
RARE = 4.0  # weight of a word piece of the answer over one beside it


class Judging(nn.Module):
    """The trunk with adapters, a head for the whole and one for each word piece."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = adapted(model, RANK, range(FROZEN, model.config.num_hidden_layers))
        self.head = nn.Linear(model.config.hidden_size, 1, bias=False)
        self.tags = nn.Linear(model.config.hidden_size, 1)

    def learned(self) -> dict[str, torch.Tensor]:
        """The adapter under the names of the weights that it changes, and the heads."""
        heads = {"head.weight": self.head.weight, "tags.weight": self.tags.weight, "tags.bias": self.tags.bias}
        return {**factors(self.model), **{name: tensor.detach().float().cpu().contiguous() for name, tensor in heads.items()}}

    def go_on(self, weights: Path) -> None:
        """From what another training learned; the shipped file has no head for the word pieces."""
        missing, unknown = self.load_state_dict(restore(self.model, weights), strict=False)
        if unknown or "head.weight" in missing:
            raise SystemExit(f"{weights} is no file of this recipe ({', '.join([*unknown, *missing][:3])}); name another with --after")

    def forward(self, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        hidden = self.model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], use_cache=False).last_hidden_state
        hidden = hidden.float()
        last = hidden[torch.arange(len(hidden)), batch["attention_mask"].sum(1) - 1]
        whole = binary_cross_entropy_with_logits(self.head(last)[:, 0], batch["answers"])
        tagged = self.tags(hidden[batch["inside"]])[:, 0]
        parts = binary_cross_entropy_with_logits(tagged, batch["tags"][batch["inside"]], pos_weight=torch.tensor(RARE))
        return whole + TAGS * parts


def recipe(prog: str, about: str | None, out: Path, most: int) -> argparse.ArgumentParser:
    """The arguments of a recipe for a judge."""
    parser = argparse.ArgumentParser(prog=f"python -m {prog}", description=about)
    parser.add_argument("--data", type=Path, required=True, help="folder with the public data")
    parser.add_argument("--base", type=Path, required=True, help="folder of the converted SmolLM2-135M-Instruct, in the cache")
    parser.add_argument("--out", type=Path, default=out)
    parser.add_argument("--after", type=Path, help="go on from the weights of an earlier training, with another seed for other pairs")
    parser.add_argument("--checkpoint", type=Path, default=Path(f"{out.stem}-checkpoint.safetensors"))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--most", type=int, default=most, help="pairs")
    return parser


def main() -> None:
    arguments = recipe("train.judge", __doc__, Path("rag/weights/judge.safetensors"), 20000).parse_args()
    pairs = training_pairs(arguments.data, arguments.seed)[: arguments.most]
    print(json.dumps({"pairs": len(pairs), "answers": sum(p.answers for p in pairs), **Counter(p.kind for p in pairs)}), flush=True)
    learned = train(arguments.base, pairs, arguments.seed, arguments.checkpoint, arguments.after)
    ship(learned, arguments.out, arguments.seed, len(pairs))
    print(json.dumps(kept_out(Judge(Config(), arguments.out), arguments.data, arguments.seed)))


def ship(learned: Mapping[str, torch.Tensor], out: Path, seed: int, pairs: int) -> None:
    """Write what a judge needs to judge: all but the head of the second loss."""
    out.parent.mkdir(parents=True, exist_ok=True)
    shipped = {name: tensor for name, tensor in learned.items() if not name.startswith("tags.")}
    save_file(shipped, out, metadata={"rank": str(RANK), "seed": str(seed), "pairs": str(pairs)})


def scored(judge: Judge, pairs: Sequence[Judged]) -> Any:
    """The judge's log-odds, an array (n,)."""
    return np.array([s for n in range(0, len(pairs), BATCH) for s in judge.score([p.pair for p in pairs[n : n + BATCH]])])


def kept_out(judge: Judge, folder: Path, seed: int) -> dict[str, float]:
    """How well a judge tells the sentences that answer from the others, on paragraphs kept out of training."""
    kept = kept_out_pairs(folder, seed)[:1000]
    scores = scored(judge, kept)
    answers, missed = np.array([p.answers for p in kept]), np.array([p.kind == "near miss" for p in kept])
    aurocs = roc_auc_score(answers, scores), roc_auc_score(answers[missed], scores[missed])
    return {"pairs": len(kept), "auroc": round(float(aurocs[0]), 3), "near_misses": round(float(aurocs[1]), 3)}


def train(base: Path, pairs: Sequence[Judged], seed: int, checkpoint: Path, after: Path | None = None) -> dict[str, torch.Tensor]:
    """Once over the pairs; what was learned. Resumes from the checkpoint when it holds one of the same pairs.

    Raises SystemExit when it holds another training's.
    """
    torch.manual_seed(seed)
    kept = Checkpoint(checkpoint, seed, LENGTH, BATCH, RATE, RANK, FROZEN, TAGS, RARE, after and after.read_bytes(), list(pairs))
    model, tokenizer = trunk(base, torch.float32)
    judging = Judging(model)
    start = checkpoint if kept.done else after
    if start:
        judging.go_on(start)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    judging.to(device).train()
    batches = list(_batches(pairs, tokenizer))

    def loss_of(batch: dict[str, torch.Tensor]) -> torch.Tensor:
        return judging({name: tensor.to(device) for name, tensor in batch.items()})  # type: ignore[no-any-return]

    for step in descend(judging, batches, loss_of, rate=RATE, done=kept.done):
        if kept.due(step, len(batches)):
            kept.keep(judging.learned(), step)
    return judging.learned()


def _batches(pairs: Sequence[Judged], tokenizer: Any) -> Iterator[dict[str, torch.Tensor]]:
    """Batches of like length, in mixed order."""
    sizes = [len(ids) for ids in tokenizer([p.pair.prompt for p in pairs])["input_ids"]]
    for n in range(0, len(pairs), BATCH * 40):
        pool = [pairs[m] for m in sorted(range(n, min(n + BATCH * 40, len(pairs))), key=sizes.__getitem__)]
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
    last = torch.tensor([[p.index("\n", int(f))] for p, f in zip(prompts, first, strict=True)])
    answer = torch.tensor([[j.start, j.end] for j in group]) + first
    inside = (start >= first) & (end <= last) & (end > start)
    tags = inside & (end > answer[:, :1]) & (start < answer[:, 1:]) & torch.tensor([[whole(j)] for j in group])
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


if __name__ == "__main__":
    main()
