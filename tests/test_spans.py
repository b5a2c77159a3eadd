"""The reader's network: the best span within bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import ModelError, TokenScores
from rag.models import add_update
from rag.spans import WIDEST, SpanNetwork

CHARACTERS = np.array([[0, 3], [4, 7], [8, 11], [12, 15]])


def scores(start, end, none=0.0):
    return TokenScores(CHARACTERS, np.array(start, dtype=np.float32), np.array(end, dtype=np.float32), none)


def test_the_best_span_by_hand():
    """The best span has the highest sum of a start and a later end, less the score of no answer."""
    assert scores([0, 2, 0, 0], [1, 0, 3, 0], none=1.0).best(0, 15) == (4.0, 4, 11)


def test_an_end_never_comes_before_its_start():
    """A high end in front of a high start makes no span."""
    assert scores([0, 0, 9, 0], [9, 0, 0, 1]).best(0, 15) == (10.0, 8, 15)


def test_outside_the_bounds_is_not_looked_at():
    """A sentence is scored by its own word pieces alone; one without any has no span."""
    assert scores([0, 9, 1, 0], [0, 9, 1, 0]).best(8, 15) == (2.0, 8, 11)
    assert scores([0, 9, 1, 0], [0, 9, 1, 0]).best(20, 30)[0] == float("-inf")


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=60), st.data())
def test_a_span_lies_inside_its_bounds(pairs, data):
    """Whatever the scores, the span starts and ends inside the characters asked for, and is not too wide."""
    characters = np.array([[4 * n, 4 * n + 3] for n in range(len(pairs))])
    found = TokenScores(characters, np.array([p[0] for p in pairs], np.float32), np.array([p[1] for p in pairs], np.float32), 0.0)
    first = data.draw(st.integers(0, 4 * len(pairs) - 4))
    logit, start, end = found.best(first, 4 * len(pairs))
    if logit > float("-inf"):
        assert first <= start < end <= 4 * len(pairs)
        assert end - start <= 4 * WIDEST


@pytest.mark.filterwarnings("default")
def test_missing_weights_are_one_line(tmp_path):
    """Weights that are not there raise ModelError with advice."""
    with pytest.raises(ModelError, match="install the package again"):
        SpanNetwork(weights=tmp_path / "none.safetensors").score([("Who?", "Nobody.")])


def test_an_update_is_added(tmp_path):
    """`up @ down` is added to its matrix and a whole tensor replaces its own; what does not fit is one line."""
    import torch
    from safetensors.torch import save_file

    model = torch.nn.Linear(2, 2)
    before = model.weight.detach().clone()
    save_file({"weight.up": torch.ones(2, 1), "weight.down": torch.ones(1, 2), "bias": torch.full((2,), 7.0)}, tmp_path / "u.safetensors",
              metadata={"rank": "1"})  # fmt: skip
    assert add_update(model, tmp_path / "u.safetensors") == {"rank": "1"}
    assert torch.allclose(model.weight, before + 1)
    assert model.bias.tolist() == [7.0, 7.0]
    save_file({"other": torch.ones(2)}, tmp_path / "o.safetensors")
    with pytest.raises(ModelError, match="do not fit"):
        add_update(model, tmp_path / "o.safetensors")
