"""The toy embedder can be computed by hand. Real embedders are for the full tier."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.config import Config
from rag.embed import ToyEmbedder, load_embedder, unit


def likeness(one: str, other: str) -> float:
    first, second = ToyEmbedder().encode([one, other])
    return float(first @ second)


def test_one_row_per_text():
    """Three texts make three float32 rows of the stated dimension."""
    vectors = ToyEmbedder().encode(["a dam", "a boat", "a dam"])
    assert (vectors.shape, str(vectors.dtype)) == ((3, ToyEmbedder.dimension), "float32")


def test_no_texts_make_no_rows():
    """No texts make an array of no rows."""
    assert ToyEmbedder().encode([]).shape == (0, ToyEmbedder.dimension)


@settings(deadline=None, max_examples=30, database=None)
@given(st.text(max_size=40))
def test_rows_have_length_one_or_none(text):
    """Every row has length one, or is all zeros."""
    assert float(np.linalg.norm(ToyEmbedder().encode([text])[0])) == pytest.approx(1.0) or not ToyEmbedder().encode([text]).any()


def test_function_words_make_zeros():
    """A text without content words is a row of zeros."""
    assert not ToyEmbedder().encode(["and then he was there"]).any()


def test_same_stems_are_nearest():
    """Two texts of the same stems have likeness one, whatever their order and endings."""
    assert likeness("Ferries sank off Skye", "Skye: the ferry that sank") == pytest.approx(1.0)


def test_half_of_the_stems_shared():
    """Two texts of two stems that share one have likeness one half."""
    assert likeness("dam broke", "dam held") == pytest.approx(0.5)


def test_nothing_shared():
    """Two texts without a common stem have likeness zero."""
    assert likeness("the dam broke", "a piano fell") == 0.0


def test_two_embedders_agree():
    """Two toy embedders give the same vectors for a text."""
    assert np.array_equal(ToyEmbedder().encode(["The dam broke."]), ToyEmbedder().encode(["The dam broke."]))


def test_unit_scales_rows():
    """Rows are scaled to length one, and a row of zeros stays."""
    assert unit(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32)).tolist() == pytest.approx(np.array([[0.6, 0.8], [0.0, 0.0]]))


def test_toy_is_loaded_by_name():
    """The embedder named toy is the toy embedder."""
    assert isinstance(load_embedder(Config(embedder="toy")), ToyEmbedder)
