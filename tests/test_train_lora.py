"""Adapters as they are kept: what a factor file adds is what the adapter did."""

from __future__ import annotations

import pytest
import torch
from safetensors.torch import save_file
from transformers import LlamaConfig, LlamaModel

from rag.models import add_update
from train.lora import adapted, factors, restore

IDS = torch.arange(6)[None]


def small():
    torch.manual_seed(1)
    return LlamaModel(LlamaConfig(vocab_size=10, hidden_size=8, intermediate_size=12, num_hidden_layers=3, num_attention_heads=2))


@pytest.fixture
def learned():
    """A model whose last two layers have an adapter that does something."""
    model = adapted(small(), 4, range(1, 3))
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter)
            parameter.data = parameter.data.bfloat16().float()
        elif "lora_A" in name:
            parameter.data = parameter.data.bfloat16().float()
    return model


def out(model):
    with torch.inference_mode():
        return model(input_ids=IDS).last_hidden_state


def test_what_is_kept_added_to_the_plain_model_is_the_adapted_model(learned, tmp_path):
    """The file's factors, added as the library adds them, give the adapted model's numbers, and the plain one's were others."""
    save_file(factors(learned), tmp_path / "x.safetensors")
    plain = small()
    assert not torch.allclose(out(plain), out(learned), atol=0.1)
    add_update(plain, tmp_path / "x.safetensors")
    assert torch.allclose(out(plain), out(learned), atol=1e-4)


def test_only_the_chosen_layers_are_adapted(learned):
    """Seven matrices in each of two layers of three."""
    names = {name.removesuffix(".up") for name in factors(learned) if name.endswith(".up")}
    assert len(names) == 14
    assert not any(name.startswith("layers.0.") for name in names)


def test_a_training_goes_on_from_what_was_kept(learned, tmp_path):
    """A fresh adapter restored from a file gives the same numbers, and what else the file holds is handed back."""
    save_file({**factors(learned), "head.weight": torch.ones(1, 8)}, tmp_path / "x.safetensors")
    again = adapted(small(), 4, range(1, 3))
    assert list(restore(again, tmp_path / "x.safetensors")) == ["head.weight"]
    assert torch.allclose(out(again), out(learned), atol=1e-4)
