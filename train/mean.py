"""The mean of two trainings of one recipe: `python -m train.mean FILE FILE --out FILE` (model soups, Wortsman et al. 2022).

What a short training after another adds for new sorts of text costs a little on the old ones; half of it keeps most of both. Each file holds low-rank
updates, `name.up @ name.down`; the mean of two products is cut to the rank of the second by its singular values.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m train.mean", description=__doc__)
    parser.add_argument("one", type=Path)
    parser.add_argument("other", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    with safe_open(arguments.other, framework="pt") as file:
        about = file.metadata()
    learned = mean(load_file(arguments.one), load_file(arguments.other))
    save_file(learned, arguments.out, metadata=about)


def mean(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The mean of two updates of the same weights, in the ranks and types of the second. Raises SystemExit when they are of different weights."""
    if set(one) != set(other):
        raise SystemExit(f"the two files are of different weights ({', '.join(sorted(set(one) ^ set(other))[:3])}); name two of one recipe")
    found = {name: ((one[name].float() + tensor.float()) / 2).to(tensor.dtype) for name, tensor in other.items() if not _is_factor(name)}
    for name in (name.removesuffix(".up") for name in other if name.endswith(".up")):
        whole = sum(update[f"{name}.up"].float() @ update[f"{name}.down"].float() for update in (one, other)) / 2
        rank, kept = other[f"{name}.up"].shape[1], other[f"{name}.up"].dtype
        left, values, right = torch.linalg.svd(whole, full_matrices=False)
        root = values[:rank].sqrt()
        found[f"{name}.up"] = (left[:, :rank] * root).to(kept).contiguous()
        found[f"{name}.down"] = (root[:, None] * right[:rank]).to(kept).contiguous()
    return found


def _is_factor(name: str) -> bool:
    return name.endswith((".up", ".down"))


if __name__ == "__main__":
    main()
