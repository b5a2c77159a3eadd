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
    """A model with an adapter that does something."""
    model = adapted(small(), 4)
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


def test_every_layer_is_adapted(learned):
    """Seven matrices in each of three layers."""
    assert sum(name.endswith(".up") for name in factors(learned)) == 21


@pytest.mark.parametrize("rank", [4, 6])
def test_a_training_goes_on_from_what_was_kept(learned, tmp_path, rank):
    """A fresh adapter of that or a higher rank restored from a file gives the same numbers, and what else the file holds is handed back."""
    save_file({**factors(learned), "head.weight": torch.ones(1, 8)}, tmp_path / "x.safetensors")
    again = adapted(small(), rank)
    assert list(restore(again, tmp_path / "x.safetensors")) == ["head.weight"]
    assert torch.allclose(out(again), out(learned), atol=1e-4)
