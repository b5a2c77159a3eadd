"""The training loop that the recipes share: AdamW, linear warm-up and decay, bfloat16 autocast where the hardware has it, clipped gradients, progress,
and the checkpoint from which a broken training goes on.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from tqdm import tqdm

Batch = TypeVar("Batch")
WARM_UP = 0.06  # of all steps
DECAY = 0.01  # of the weights, times the rate, at each step
REPORT = 25  # steps between two printed losses
KEPT = 0.97  # of the running loss, from one step to the next
KEEP = 200  # steps between two checkpoints


@dataclass(frozen=True, slots=True)
class How:
    """What makes a training another one, beside its examples: batch, the highest learning rate, and the seconds that it may take, if they are counted."""

    seed: int
    batch: int
    rate: float
    seconds: int | None = None


class Checkpoint:
    """What a training has learned so far, in a safetensors file; `done` is the number of its steps, nought without a file."""

    def __init__(self, path: Path, *recipe: object) -> None:
        """`recipe` is whatever makes a training another one: examples, seed, rates. Raises SystemExit when the file is another training's."""
        self.path = path
        self._recipe = hashlib.sha256(repr(recipe).encode()).hexdigest()
        self.done = 0
        counted = any(isinstance(part, How) and part.seconds for part in recipe)
        if path.is_file() and not counted:  # a training whose seconds are counted begins anew: how many went by before is not known
            with safe_open(path, framework="pt") as file:
                about = file.metadata()
            if about["recipe"] != self._recipe:
                raise SystemExit(f"{path} holds another training; delete it or name another file with --checkpoint")
            self.done = int(about["step"])

    def due(self, step: int, steps: int) -> bool:
        """Whether it is time to keep what was learned."""
        return step % KEEP == 0 or step == steps

    def keep(self, learned: Mapping[str, torch.Tensor], step: int) -> None:
        """Put a new file in the place of the old one in one go."""
        fresh = self.path.with_suffix(".new")
        fresh.parent.mkdir(parents=True, exist_ok=True)
        save_file(dict(learned), fresh, metadata={"recipe": self._recipe, "step": str(step)})
        fresh.replace(self.path)


def descend(model: Any, batches: Sequence[Batch], loss_of: Callable[[Batch], torch.Tensor], how: How, *, done: int = 0) -> Iterator[int]:
    """Take one step a batch, leaving out the first `done`; yields the number of steps taken, so that the caller can keep checkpoints.

    With seconds counted, the rate falls with the time that has gone, and what cannot be seen in that time is left out.
    Only parameters that require a gradient are changed. `loss_of` is called under autocast where the hardware multiplies bfloat16.
    """
    device = next(model.parameters()).device.type
    units = torch.cpu.get_capabilities()
    quick = device != "cpu" or bool(units.get("amx_bf16") or units.get("avx512_bf16"))  # elsewhere bfloat16 is a hundred times slower
    learned = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(learned, lr=how.rate, weight_decay=DECAY)
    start, running = time.time(), 0.0
    for step in tqdm(range(done, len(batches)), desc="training", initial=done, total=len(batches), mininterval=30):
        gone = max(step / len(batches), (time.time() - start) / how.seconds if how.seconds else 0.0)
        if gone >= 1.0:
            break
        for group in optimiser.param_groups:
            group["lr"] = how.rate * min((gone + 1 / len(batches)) / WARM_UP, 1 - gone)
        with torch.autocast(device, dtype=torch.bfloat16, enabled=quick):
            loss = loss_of(batches[step])
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        running = KEPT * running + (1 - KEPT) * loss.item()
        if (step + 1) % REPORT == 0:
            mean = running / (1 - KEPT ** (step + 1 - done))
            print(json.dumps({"step": step + 1, "loss": round(mean, 3), "seconds": round(time.time() - start)}), flush=True)
        yield step + 1
