"""Train the judge: `python -m train.judge --data DIR --base FOLDER [--out FILE]`, a million pairs, for which a graphics processor is wanted.

The writer's first layers, all with a low-rank adapter (Hu et al. 2021), read a question and a sentence; the state of the last word tells whether the
sentence answers. The same network learns whether two answers contradict each other, and whether a sentence follows from a quote. Beside that every word
piece of the sentence tells whether it is part of the answer, in training alone: one bit an example teaches slowly.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from sklearn.metrics import roc_auc_score
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

from rag import Claim, Config, Judge, Pair, Rivals, trunk
from train import citing_data
from train.comparing_data import report_pairs
from train.judging_data import Judged, kept_out_pairs, training_pairs
from train.loop import Checkpoint, How, descend
from train.lora import adapted, factors, restore
from train.packed import arguments_of, prepared

Made = Callable[[Path, int], list[Judged]]
LENGTH = 288
BATCH = 192
SEED = 7
RATE = 8e-4
RANK = 64
TAGS = 0.5  # weight of the second task
CLAIMS = 25000  # public and made ones of a pass
RARE = 4.0  # weight of a word piece of the answer over one beside it


class Judging(nn.Module):
    """The trunk with adapters, a head for the whole and one for each word piece."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = adapted(model, RANK)
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
        if not batch["inside"].any():
            return whole
        tagged = self.tags(hidden[batch["inside"]])[:, 0]
        parts = binary_cross_entropy_with_logits(tagged, batch["tags"][batch["inside"]], pos_weight=hidden.new_tensor(RARE))
        return whole + TAGS * parts


def main() -> None:
    run("train.judge", __doc__, Path("rag/weights/judge.safetensors"), (_training, _kept_out))


def _training(folder: Path, seed: int) -> list[Judged]:
    """Answers, contradictions and claims, mixed: the same network tells all three."""
    chance = random.Random(seed)
    pairs = [*training_pairs(folder, seed), *report_pairs(chance), *citing_data.training_pairs(folder, seed, CLAIMS)]
    chance.shuffle(pairs)
    return pairs


def _kept_out(folder: Path, seed: int) -> list[Judged]:
    return [*kept_out_pairs(folder, seed), *report_pairs(random.Random(seed), kept=True), *citing_data.kept_out_pairs(folder, seed)]


def run(prog: str, about: str | None, out: Path, sources: tuple[Made, Made], how: How = How(SEED, BATCH, RATE)) -> None:  # noqa: B008 - frozen
    """A recipe for a judge, as a program: `sources` give the pairs of a folder of public data and a seed, to train on and to measure on."""
    made, kept = sources
    parser = argparse.ArgumentParser(prog=f"python -m {prog}", description=about)
    parser.add_argument("--base", type=Path, required=True, help="folder of the converted SmolLM2-135M-Instruct, in the cache")
    parser.add_argument("--out", type=Path, default=out)
    parser.add_argument("--after", type=Path, help="go on from the weights of an earlier training, with another seed for other pairs")
    parser.add_argument("--passes", type=int, default=1, help="each makes other pairs of the public data")
    arguments = arguments_of(parser, Path(f"{out.stem}-checkpoint.safetensors"), how)
    pairs = prepared(
        arguments.prepared,
        (Judged, Pair, Claim, Rivals),
        lambda: [p for n in range(arguments.passes) for p in made(arguments.data, arguments.seed + n)],
    )
    pairs = pairs[: arguments.most]
    print(json.dumps({"pairs": len(pairs), "yes": sum(p.answers for p in pairs), **Counter(p.kind for p in pairs)}), flush=True)
    learned = train(arguments.base, pairs, arguments.how, arguments.checkpoint, arguments.after)
    ship(learned, arguments.out, arguments.seed, len(pairs))
    if arguments.data:
        print(json.dumps(measured(Judge(Config(), arguments.out), kept(arguments.data, arguments.seed))))


def ship(learned: Mapping[str, torch.Tensor], out: Path, seed: int, pairs: int) -> None:
    """Write what a judge needs to judge: all but the head of the second loss."""
    out.parent.mkdir(parents=True, exist_ok=True)
    shipped = {name: tensor for name, tensor in learned.items() if not name.startswith("tags.")}
    save_file(shipped, out, metadata={"rank": str(RANK), "seed": str(seed), "pairs": str(pairs)})


def measured(judge: Judge, pairs: Sequence[Judged]) -> dict[str, float]:
    """How well a judge tells pairs kept out of training: the AUROC, the share right at even odds, and that of each kind."""
    pairs = sorted(pairs, key=lambda p: len(p.pair.prompt))
    scores = np.array([s for n in range(0, len(pairs), BATCH) for s in judge.score([p.pair for p in pairs[n : n + BATCH]])])
    yes = np.array([p.answers for p in pairs])
    figures = {"auroc": roc_auc_score(yes, scores), "right": np.mean((scores > 0) == yes)}
    for kind in sorted({p.kind for p in pairs}):
        own = np.array([p.kind == kind for p in pairs])
        figures[kind] = np.mean((scores > 0)[own] == yes[own])
    return {"pairs": len(pairs)} | {name: round(float(value), 3) for name, value in figures.items()}


def train(base: Path, pairs: Sequence[Judged], how: How, checkpoint: Path, after: Path | None = None) -> dict[str, torch.Tensor]:
    """Once over the pairs; what was learned. Resumes from the checkpoint when it holds one of the same pairs.

    Raises SystemExit when it holds another training's.
    """
    torch.manual_seed(how.seed)
    kept = Checkpoint(checkpoint, how, LENGTH, RANK, TAGS, RARE, after and after.read_bytes(), list(pairs))
    model, tokenizer = trunk(base, torch.float32)
    judging = Judging(model)
    start = checkpoint if kept.done else after
    if start:
        judging.go_on(start)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    judging.to(device).train()
    groups = _groups(pairs, how.batch)

    def loss_of(group: Sequence[Judged]) -> torch.Tensor:
        return judging({name: tensor.to(device) for name, tensor in encode(tokenizer, group).items()})  # type: ignore[no-any-return]

    for step in descend(judging, groups, loss_of, how, done=kept.done):
        if kept.due(step, len(groups)):
            kept.keep(judging.learned(), step)
    return judging.learned()


def _groups(pairs: Sequence[Judged], batch: int) -> list[Sequence[Judged]]:
    """Batches of like length, in mixed order."""
    mixed: list[Sequence[Judged]] = []
    for n in range(0, len(pairs), batch * 40):
        pool = sorted(pairs[n : n + batch * 40], key=lambda p: len(p.pair.prompt))
        groups = [pool[m : m + batch] for m in range(0, len(pool), batch)]
        mixed += groups[::3] + groups[1::3] + groups[2::3]
    return mixed


def encode(tokenizer: Any, group: Sequence[Judged]) -> dict[str, torch.Tensor]:
    """Token ids, which of them belong to a sentence whose parts are known, and which of those to the answer."""
    prompts = [j.pair.prompt for j in group]
    encoded = tokenizer(
        prompts, truncation=True, max_length=LENGTH, padding=True, padding_side="right", return_offsets_mapping=True, return_tensors="pt"
    )
    start, end = encoded["offset_mapping"].unbind(-1)
    first = torch.tensor([[p.index("\n> ") + 3] for p in prompts])
    last = torch.tensor([[p.index("\n", int(f))] for p, f in zip(prompts, first, strict=True)])
    answer = torch.tensor([[j.start, j.end] for j in group]) + first
    inside = (start >= first) & (end <= last) & (end > start) & torch.tensor([[not unmarked(j)] for j in group])
    tags = inside & (end > answer[:, :1]) & (start < answer[:, 1:]) & torch.tensor([[whole(j)] for j in group])
    return {
        "input_ids": encoded["input_ids"],
        "attention_mask": encoded["attention_mask"],
        "answers": torch.tensor([float(j.answers) for j in group]),
        "inside": inside,
        "tags": tags.float(),
    }


def unmarked(judged: Judged) -> bool:
    """Whether a sentence does not follow from its quote, and nobody has marked what of it does not."""
    return isinstance(judged.pair, Claim) and not judged.answers and judged.start < 0


def whole(judged: Judged) -> bool:
    """Whether the sentence stands in the prompt as it is, so that the answer's place in it holds."""
    return f"\n> {judged.pair.sentence}\n" in judged.pair.prompt


if __name__ == "__main__":
    main()
