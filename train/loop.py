"""The training loop that the recipes share: AdamW, linear warm-up and decay, bfloat16 autocast where the hardware has it, clipped gradients, progress."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import torch
from tqdm import tqdm

Batch = TypeVar("Batch")
WARM_UP = 0.06  # of all steps
DECAY = 0.01  # of the weights, times the rate, at each step
REPORT = 25  # steps between two printed losses
KEPT = 0.97  # of the running loss, from one step to the next


def descend(model: Any, batches: Sequence[Batch], loss_of: Callable[[Batch], torch.Tensor], *, rate: float, done: int = 0) -> Iterator[int]:
    """Take one step a batch, leaving out the first `done`; yields the number of steps taken, so that the caller can keep checkpoints.

    Only parameters that require a gradient are changed. `loss_of` is called under autocast where the hardware multiplies bfloat16.
    """
    device = next(model.parameters()).device.type
    units = torch.cpu.get_capabilities()
    quick = device != "cpu" or bool(units.get("amx_bf16") or units.get("avx512_bf16"))  # elsewhere bfloat16 is a hundred times slower
    learned = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(learned, lr=rate, weight_decay=DECAY)
    start, running = time.time(), 0.0
    for step in tqdm(range(done, len(batches)), desc="training", initial=done, total=len(batches), mininterval=30):
        for group in optimiser.param_groups:
            group["lr"] = rate * min((step + 1) / (WARM_UP * len(batches)), 1 - step / len(batches))
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
