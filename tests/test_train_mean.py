"""The mean of trainings, and what is shipped of it."""

from __future__ import annotations

import pytest
import torch
from safetensors.torch import save_file

from rag import read_update
from train.mean import eight, mean


def update(seed: int) -> dict[str, torch.Tensor]:
    """An update of rank two of one matrix, and a whole row."""
    made = torch.Generator().manual_seed(seed)
    return {
        "layer.up": torch.randn(6, 2, generator=made),
        "layer.down": torch.randn(2, 5, generator=made),
        "head": torch.randn(1, 5, generator=made),
    }


def whole(found):
    return found["layer.up"] @ found["layer.down"]


def test_the_mean_of_an_update_and_itself_is_the_same():
    """Nothing is lost where both trainings learned the same."""
    one = update(1)
    found = mean([one, one])
    assert torch.allclose(whole(found), whole(one), atol=1e-5)
    assert torch.allclose(found["head"], one["head"])


def test_the_mean_is_nearest_to_that_of_the_whole_matrices():
    """Of two products the mean is kept as well as its rank allows, and what is no product is kept whole."""
    one, other = update(1), update(2)
    both = (whole(one) + whole(other)) / 2
    found = mean([one, other])
    lost = torch.linalg.svdvals(both)[2:].square().sum().sqrt()
    assert torch.isclose((both - whole(found)).norm(), lost, atol=1e-4)
    assert torch.allclose(found["head"], (one["head"] + other["head"]) / 2)


def test_one_update_is_cut_to_a_lower_rank():
    """Of rank two the nearest of rank one is left: what is lost is the second singular value."""
    one = update(1)
    found = mean([one], 1)
    assert found["layer.up"].shape == (6, 1)
    lost = torch.linalg.svdvals(whole(one))[1:].square().sum().sqrt()
    assert torch.isclose((whole(one) - whole(found)).norm(), lost, atol=1e-4)


def test_eight_bits_are_read_back_nearly_as_they_were(tmp_path):
    """A factor differs by half a step of its scale at most; what is no factor stays."""
    one = update(1)
    save_file(eight(one), tmp_path / "x.safetensors", metadata={"rank": "2"})
    read, about = read_update(tmp_path / "x.safetensors")
    assert about == {"rank": "2"}
    assert set(read) == set(one)
    assert torch.equal(read["head"], one["head"])
    for name, along in (("layer.up", 0), ("layer.down", 1)):
        step = one[name].abs().amax(along, keepdim=True) / 127
        assert ((read[name] - one[name]).abs() <= step / 2 + 1e-6).all()


def test_updates_of_different_weights_have_no_mean():
    """Two files of different recipes are refused."""
    with pytest.raises(SystemExit, match="different weights"):
        mean([update(1), {"head": torch.zeros(1, 5)}])
