"""The loop of both recipes, on a line through two points."""

from __future__ import annotations

import pytest

from train.loop import descend

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
    assert list(descend(line, BATCHES, loss_of(line), rate=0.1))[-1] == len(BATCHES)
    assert line.weight.item() == pytest.approx(2.0, abs=0.3)
    assert line.bias.item() == pytest.approx(1.0, abs=0.4)


def test_what_is_done_is_not_done_again(line):
    """A run that goes on after 290 steps takes the last ten, at the small rates of the end."""
    before = line.weight.item()
    assert list(descend(line, BATCHES, loss_of(line), rate=0.1, done=290)) == list(range(291, 301))
    assert abs(line.weight.item() - before) < 0.05


def test_what_is_frozen_stays(line):
    """A parameter that needs no gradient is not changed."""
    line.weight.requires_grad = False
    before = line.weight.item()
    list(descend(line, BATCHES[:20], loss_of(line), rate=0.1))
    assert line.weight.item() == before
