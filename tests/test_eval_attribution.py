"""Sentences that drop, swap or strengthen who said something, put to the verifier."""

from eval.attribution import SET, Written, main, read_written, table

EVIDENCE = "The ministry said three villages were taken, and Holm denied it."


def written(text: str, fault: str = "") -> Written:
    return Written("1", "said", EVIDENCE, "three villages", text, fault)


def test_a_dropped_speaker_does_not_pass():
    """The evidence without who said it is not let through, the evidence itself is."""
    assert written(EVIDENCE).passes
    assert not written("Three villages were taken.", "dropped").passes


def test_no_unfaithful_sentence_of_the_set_passes():
    """Of all kept sentences that drop, swap or strengthen who said something, or alter a quotation, none passes the verifier."""
    assert [w.text for w in read_written(SET) if w.fault and w.passes] == []


def test_the_set_is_large_enough():
    """The set has at least 60 pieces of evidence, each with faithful and unfaithful sentences."""
    sentences = read_written(SET)
    assert len({w.id for w in sentences}) >= 60
    assert {bool(w.fault) for w in sentences} == {True, False}


def test_the_table_has_a_row_for_each_fault(capsys):
    """Each fault is counted, and all of them together."""
    main([])
    assert "unfaithful, all" in capsys.readouterr().out
    assert table([written(EVIDENCE), written("x", "dropped")])[0].startswith("dropped")
