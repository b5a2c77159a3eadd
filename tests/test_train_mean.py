"""The mean of two trainings."""

from __future__ import annotations

import pytest
import torch

from train.mean import mean


def update(seed: int) -> dict[str, torch.Tensor]:
    """An update of rank two of one matrix, and a whole row."""
    made = torch.Generator().manual_seed(seed)
    return {
        "layer.up": torch.randn(6, 2, generator=made),
        "layer.down": torch.randn(2, 5, generator=made),
        "head": torch.randn(1, 5, generator=made),
    }


def test_the_mean_of_an_update_and_itself_is_the_same():
    """Nothing is lost where both trainings learned the same."""
    one = update(1)
    found = mean(one, one)
    assert torch.allclose(found["layer.up"] @ found["layer.down"], one["layer.up"] @ one["layer.down"], atol=1e-5)
    assert torch.allclose(found["head"], one["head"])


def test_the_mean_is_nearest_to_that_of_the_whole_matrices():
    """Of two products the mean is kept as well as its rank allows, and what is no product is kept whole."""
    one, other = update(1), update(2)
    whole = (one["layer.up"] @ one["layer.down"] + other["layer.up"] @ other["layer.down"]) / 2
    found = mean(one, other)
    lost = torch.linalg.svdvals(whole)[2:].square().sum().sqrt()
    assert torch.isclose((whole - found["layer.up"] @ found["layer.down"]).norm(), lost, atol=1e-4)
    assert torch.allclose(found["head"], (one["head"] + other["head"]) / 2)


def test_updates_of_different_weights_have_no_mean():
    """Two files of different recipes are refused."""
    with pytest.raises(SystemExit, match="different weights"):
        mean(update(1), {"head": torch.zeros(1, 5)})
