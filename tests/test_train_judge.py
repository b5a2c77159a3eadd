"""The judge's recipe: where a broken training goes on."""

from __future__ import annotations

import pytest
import torch
from safetensors.torch import save_file

from train.judge import steps_done


@pytest.fixture
def checkpoint(tmp_path):
    path = tmp_path / "part.safetensors"
    save_file({"head.weight": torch.ones(1, 2)}, path, metadata={"recipe": "abc", "step": "400"})
    return path


def test_a_broken_training_goes_on_at_its_last_checkpoint(checkpoint):
    """The checkpoint of the same pairs tells how many steps were taken; without one it begins at nought."""
    assert steps_done(checkpoint, "abc") == 400
    assert steps_done(checkpoint.with_name("none.safetensors"), "abc") == 0


def test_the_checkpoint_of_another_training_is_refused(checkpoint):
    """Other pairs or another rate: it says what to do instead of mixing the two."""
    with pytest.raises(SystemExit, match="delete it or name another"):
        steps_done(checkpoint, "other")
