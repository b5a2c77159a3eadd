"""Two runs side by side."""

from __future__ import annotations

import pytest

from eval.compare import earlier, report


def row(name, outcome, *, answerable=True):
    return {"id": name, "outcome": outcome, "answerable": answerable, "text": f"Answer to {name}."}


def test_questions_that_turned_are_listed():
    """Right is good, refused is good where there is no answer; a question that only one run asked does not count."""
    before = [row("1", "wrong"), row("2", "right"), row("3", "refused", answerable=False), row("4", "right"), row("5", "right")]
    after = [row("1", "right"), row("2", "refused"), row("3", "wrong", answerable=False), row("4", "right"), row("6", "right")]
    head, *turned = report(before, after)
    assert head.startswith("1 turned good, 2 turned bad of 4 asked in both")
    assert [line.split()[:2] for line in turned] == [["+", "1"], ["-", "2"], ["-", "3"]]


def test_a_run_that_was_not_kept_is_one_line():
    """It says where runs are kept."""
    with pytest.raises(SystemExit, match="name a file there, or the commit of one"):
        earlier("0000000", "seeds")
