"""Shared fixtures: a toy archive with the toy models for the fast tier, the seeds with the real ones for the full tier."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

os.environ["HF_HUB_OFFLINE"] = "1"  # no test may reach a model hub
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

from rag import Config, Index, Pipeline, read_article, read_folder
from rag.embed import ToyEmbedder

ROOT = Path(__file__).parent.parent
ARTICLES = {
    "ferry": "Ferry returns\n\nBay Post\nMay 3 2024\n\nThe ferry to Rona came back on Thursday with 42 people on board. "
    "Captain Ida Holm said that the engine had failed twice. Nobody was hurt.\n",
    "bridge": "Bridge opens\n\nHill Times\nJune 9 2024\n\nMayor Olav Berg opened the bridge over the Orre on Sunday. "
    "It cost 3.5 million crowns. The old bridge will be torn down in the autumn.\n",
    "wolves": "Wolves seen near Dal\n\nA farmer in Dal saw five wolves near the school. The county has asked hunters to wait.\n",
}


@pytest.fixture(scope="session")
def toy_documents():
    return [read_article(text, doc_id) for doc_id, text in ARTICLES.items()]


@pytest.fixture(scope="session")
def toy_store(tmp_path_factory, toy_documents):
    path = tmp_path_factory.mktemp("toy") / "store"
    Index.build(toy_documents, path, embedder=ToyEmbedder())
    return path


@pytest.fixture
def store(tmp_path, toy_store):
    """A store of one's own to damage."""
    return Path(shutil.copytree(toy_store, tmp_path / "store"))


@pytest.fixture
def toy_config(toy_store):
    return Config(index=str(toy_store), embedder="toy", writer="toy", refuse_below=0.1)


@pytest.fixture
def toy_pipeline(toy_config):
    return Pipeline(config=toy_config)


@pytest.fixture(scope="session")
def seeds_store(tmp_path_factory):
    path = tmp_path_factory.mktemp("seeds") / "store"
    Index.build(read_folder(ROOT / "seeds"), path)
    return path


@pytest.fixture(scope="session")
def seeds_pipeline(seeds_store):
    return Pipeline(seeds_store, Config())
