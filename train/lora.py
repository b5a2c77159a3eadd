"""Low-rank adapters (Hu et al. 2021, by peft), kept under the names of the weights that they change: `name.up @ name.down` is added to `name`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model

from rag import read_update

SCALE = 2.0  # of the product
LINEAR = "(self_attn|mlp)[.](q|k|v|o|gate|up|down)_proj"
_PARTS = {".lora_B.default.weight": ".weight.up", ".lora_A.default.weight": ".weight.down"}


def adapted(model: Any, rank: int) -> Any:
    """The model, frozen, with an adapter on every linear layer."""
    return get_peft_model(model, LoraConfig(r=rank, lora_alpha=rank * SCALE, target_modules=rf"(model[.])?layers[.]\d+[.]{LINEAR}"))


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
    kept, _about = read_update(weights)
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            for part, ours in _PARTS.items():
                if name.endswith(part):
                    found = kept.pop(_stem(name).replace(part, ours))
                    rows, columns = found.shape  # those of a lower rank fill a part: what is left of `up` is nought
                    tensor[:rows, :columns].copy_(found / SCALE if ours.endswith("up") else found)
    return kept


def _stem(name: str) -> str:
    return name.removeprefix("base_model.model.")
