"""The loop of the recipes, on a line through two points, and where a broken training goes on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from train.loop import KEEP, Checkpoint, How, descend

HOW = How(seed=7, batch=1, rate=0.1)
BATCHES = [(1.0, 3.0), (2.0, 5.0)] * 150


@pytest.fixture
def line():
    import torch

    torch.manual_seed(1)
    return torch.nn.Linear(1, 1)


def loss_of(line):
    import torch

    return lambda batch: ((line(torch.tensor([batch[0]])) - batch[1]) ** 2).float().mean()


def test_it_learns_a_line(line):
    """After three hundred steps the line is the one through the points."""
    assert list(descend(line, BATCHES, loss_of(line), HOW))[-1] == len(BATCHES)
    assert line.weight.item() == pytest.approx(2.0, abs=0.3)
    assert line.bias.item() == pytest.approx(1.0, abs=0.4)


def test_what_is_done_is_not_done_again(line):
    """A run that goes on after 290 steps takes the last ten, at the small rates of the end."""
    before = line.weight.item()
    assert list(descend(line, BATCHES, loss_of(line), HOW, done=290)) == list(range(291, 301))
    assert abs(line.weight.item() - before) < 0.05


def test_what_is_frozen_stays(line):
    """A parameter that needs no gradient is not changed."""
    line.weight.requires_grad = False
    before = line.weight.item()
    list(descend(line, BATCHES[:20], loss_of(line), HOW))
    assert line.weight.item() == before


def test_a_counted_training_ends_when_its_seconds_are_over(line):
    """What cannot be seen in the time is left out."""
    taken = list(descend(line, BATCHES * 1000, loss_of(line), replace(HOW, seconds=1)))
    assert 0 < len(taken) < len(BATCHES * 1000)


@pytest.fixture
def kept(tmp_path):
    """The file of a training that was broken off after four hundred steps."""
    import torch

    path = tmp_path / "part.safetensors"
    Checkpoint(path, 7, ["an example"]).keep({"head.weight": torch.ones(1, 2)}, 400)
    return path


def test_a_broken_training_goes_on_at_its_last_checkpoint(kept):
    """The file of the same recipe tells how many steps were taken; without one it begins at nought."""
    assert Checkpoint(kept, 7, ["an example"]).done == 400
    assert Checkpoint(kept.with_name("none.safetensors"), 7, ["an example"]).done == 0


def test_the_checkpoint_of_another_training_is_refused(kept):
    """Other examples or another seed: it says what to do instead of mixing the two."""
    with pytest.raises(SystemExit, match="delete it or name another"):
        Checkpoint(kept, 8, ["an example"])


def test_what_was_learned_is_kept_now_and_then_and_at_the_end(tmp_path):
    """Of a training a little longer than one interval, two steps are due."""
    checkpoint = Checkpoint(tmp_path / "part.safetensors")
    assert [step for step in range(1, KEEP + 6) if checkpoint.due(step, KEEP + 5)] == [KEEP, KEEP + 5]
