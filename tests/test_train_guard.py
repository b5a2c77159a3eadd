"""What the project is judged on stays out of training."""

from __future__ import annotations

from pathlib import Path

import pytest

from train.guard import forbidden, is_copy

ROOT = Path(__file__).parent.parent
KEPT_OUT = forbidden()


@pytest.mark.parametrize("path", sorted((ROOT / "seeds").iterdir()), ids=lambda p: p.stem)
def test_a_near_copy_of_a_seed_is_found(path):
    """A paragraph with ten words of a seed in the middle of others is a copy."""
    words = path.read_text(encoding="utf-8").split()[40:60]
    assert is_copy(f"It was reported that {' '.join(words)} and nothing else.", KEPT_OUT)


def test_an_eval_question_is_found():
    """A question of the eval set is a copy, whatever its capitals."""
    assert is_copy("WHEN DID THE FOREIGN MINISTERS OF ARMENIA AND AZERBAIJAN MEET IN TEHRAN?", KEPT_OUT)


def test_a_short_question_of_an_archive_is_found():
    """A question of fewer than eight words that is asked of an archive is a copy as a whole."""
    assert is_copy("how old is Joke Versteeg", KEPT_OUT)


def test_other_text_is_no_copy():
    """A text that shares fewer than eight words in a row with the archives is none."""
    assert not is_copy("The foreign ministers met on Monday to talk about the price of wool in the northern valleys.", KEPT_OUT)
