"""The public files as paragraphs, and which are kept out of training."""

from __future__ import annotations

import json

from train.paragraphs import Paragraph, held_out, squadshifts


def test_the_shortest_answer_is_learned(tmp_path):
    """Of several answers the shortest is taken, so that spans do not run on."""
    row = {"title": "A_b", "context": "In May 1987 it rained.", "qas": [{"question": "When?", "answers": [["May 1987", 3], ["1987", 7]]}]}
    (tmp_path / "x.jsonl").write_text(json.dumps(row))
    assert next(squadshifts(tmp_path / "x.jsonl")) == Paragraph("A b", row["context"], (("When?", "1987", 7),))


def test_held_out_does_not_depend_on_spaces():
    """The same paragraph with other spaces is on the same side of the split."""
    assert held_out("one  two\nthree") == held_out("one two three")
