"""The mean of trainings of one recipe, cut to what is shipped: `python -m train.mean FILE [FILE ...] --out FILE [--rank N] [--eight]`.

What a short training after another adds for new sorts of text costs a little on the old ones; half of it keeps most of both (model soups, Wortsman et al.
2022). Each file holds low-rank updates, `name.up @ name.down`; the mean of the products is cut to a rank by its singular values. In eight bits a factor is kept
as whole numbers, those of each of its `rank` parts times one scale.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file

from rag import read_update

Update = Mapping[str, torch.Tensor]
GREATEST = 127


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m train.mean", description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rank", type=int, help="of the factors that are kept; else that of the last file")
    parser.add_argument("--eight", action="store_true", help="keep the factors in eight bits instead of sixteen")
    arguments = parser.parse_args()
    read = [read_update(file) for file in arguments.files]
    learned = mean([update for update, _about in read], arguments.rank)
    about = read[-1][1] | ({"rank": str(arguments.rank)} if arguments.rank else {})
    save_file(eight(learned) if arguments.eight else sixteen(learned), arguments.out, metadata=about)


def mean(updates: Sequence[Update], rank: int | None = None) -> dict[str, torch.Tensor]:
    """The mean of updates of the same weights, float32, in the ranks of the last or one that is not higher. Raises SystemExit when they are of different weights."""
    last = updates[-1]
    if others := sorted({name for update in updates for name in set(update) ^ set(last)}):
        raise SystemExit(f"the files are of different weights ({', '.join(others[:3])}); name some of one recipe")
    found = {name: torch.stack([u[name].float() for u in updates]).mean(0) for name in last if not _is_factor(name)}
    for name in (name.removesuffix(".up") for name in last if name.endswith(".up")):
        whole = torch.stack([u[f"{name}.up"].float() @ u[f"{name}.down"].float() for u in updates]).mean(0)
        found[f"{name}.up"], found[f"{name}.down"] = cut(
            whole, min(rank or last[f"{name}.up"].shape[1], last[f"{name}.up"].shape[1], *whole.shape)
        )
    return found


def cut(whole: torch.Tensor, rank: int) -> tuple[torch.Tensor, torch.Tensor]:
    """The two factors, (rows, rank) and (rank, columns), of the nearest matrix of a rank (Eckart and Young 1936)."""
    left, values, right = torch.linalg.svd(whole, full_matrices=False)
    root = values[:rank].sqrt()
    return (left[:, :rank] * root).contiguous(), (root[:, None] * right[:rank]).contiguous()


def sixteen(update: Update) -> dict[str, torch.Tensor]:
    """Every factor in bfloat16."""
    return {name: tensor.to(torch.bfloat16) if _is_factor(name) else tensor for name, tensor in update.items()}


def eight(update: Update) -> dict[str, torch.Tensor]:
    """Every factor as int8, with `name.scale`, one for each of its parts."""
    found: dict[str, torch.Tensor] = {}
    for name, tensor in update.items():
        if _is_factor(name):
            scale = (tensor.abs().amax(0 if name.endswith(".up") else 1, keepdim=True) / GREATEST).clamp(
                min=torch.finfo(torch.float32).tiny
            )
            found[name], found[f"{name}.scale"] = (tensor / scale).round().to(torch.int8), scale
        else:
            found[name] = tensor
    return found


def _is_factor(name: str) -> bool:
    return name.endswith((".up", ".down"))


if __name__ == "__main__":
    main()
