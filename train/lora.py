"""Low-rank adapters (Hu et al. 2021, by peft), kept under the names of the weights that they change: `name.up @ name.down` is added to `name`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import load_file

SCALE = 2.0  # of the product
LINEAR = "(self_attn|mlp)[.](q|k|v|o|gate|up|down)_proj"
_PARTS = {".lora_B.default.weight": ".weight.up", ".lora_A.default.weight": ".weight.down"}


def adapted(model: Any, rank: int, layers: Sequence[int] | None = None) -> Any:
    """The model, frozen, with an adapter on every linear layer, or on those of some layers."""
    number = r"\d+" if layers is None else "|".join(map(str, layers))
    return get_peft_model(model, LoraConfig(r=rank, lora_alpha=rank * SCALE, target_modules=rf"(model[.])?layers[.]({number})[.]{LINEAR}"))


def factors(model: Any) -> dict[str, torch.Tensor]:
    """The adapter, bfloat16."""
    kept: dict[str, torch.Tensor] = {}
    for name, tensor in model.state_dict().items():
        for part, ours in _PARTS.items():
            if name.endswith(part):
                scaled = tensor * SCALE if ours.endswith("up") else tensor
                kept[_stem(name).replace(part, ours)] = scaled.to(torch.bfloat16).cpu().contiguous()
    return kept


def restore(model: Any, weights: Path) -> dict[str, torch.Tensor]:
    """Put kept factors back into an adapted model, to go on from them; everything else that the file holds."""
    kept = load_file(weights)
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            for part, ours in _PARTS.items():
                if name.endswith(part):
                    found = kept.pop(_stem(name).replace(part, ours)).float()
                    tensor.copy_(found / SCALE if ours.endswith("up") else found)
    return kept


def _stem(name: str) -> str:
    return name.removeprefix("base_model.model.")
