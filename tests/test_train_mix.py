"""Mixtures to go on training with."""

import random
import sys
from pathlib import Path

import pytest

from train.mix import SORTS, main, mixed, pools
from train.packed import prepared
from train.written import articles


def test_the_same_seed_draws_the_same():
    """Two drawings of one seed are equal, one of another is not."""
    made = {"old": lambda: range(1000)}
    assert mixed(made, {"old": 20}, seed=1) == mixed(made, {"old": 20}, seed=1) != mixed(made, {"old": 20}, seed=2)


def test_a_sort_that_is_not_asked_for_is_not_made():
    """What needs the public data is not touched where none is asked for."""
    made = pools("judge", Path("no such folder"), random.Random(1), 1)
    assert len(mixed(made, {"reports": 5}, seed=1)) == 5


@pytest.mark.parametrize("share", ["public=5", "no-such.xz=5"])
def test_a_share_that_cannot_be_made_is_refused(share, monkeypatch, capsys, tmp_path):
    """It is told what to name."""
    monkeypatch.setattr(sys, "argv", ["train.mix", "judge", share, "--out", str(tmp_path / "mix.xz")])
    with pytest.raises(SystemExit):
        main()
    assert any(word in capsys.readouterr().err for word in ("--data", "there are"))


def test_what_was_written_needs_no_other_files():
    """Sentences and their quotes are mixed without any public data."""
    made = pools("citing", Path(), random.Random(1), 1)
    assert len(mixed(made, {"written": 3}, seed=1)) == 3


@pytest.mark.full  # reads all that was written
def test_questions_of_one_kind_can_be_drawn_alone(monkeypatch, tmp_path):
    """A sort may name one kind of the written questions; a kind that there is not is refused."""

    def mix(share):
        monkeypatch.setattr(sys, "argv", ["train.mix", "judge", share, "--out", str(tmp_path / "mix.xz")])
        main()

    mix("written@exchanged=7")
    asked = {q["q"] for row in articles(kept=False, kinds=["exchanged"]) for q in row["questions"]}
    drawn = prepared(tmp_path / "mix.xz", SORTS["judge"], list)
    assert len(drawn) == 7
    assert {row.pair.question for row in drawn} <= asked
    with pytest.raises(SystemExit):
        mix("written@nothing=7")
