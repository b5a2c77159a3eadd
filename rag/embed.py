"""Texts to vectors: the one seam to an embedding model, and a toy that can be computed by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rag import models
from rag.config import Config
from rag.errors import ModelError
from rag.lexicon import stem
from rag.text import content_tokens

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Anything that turns n texts into an (n, dimension) array of unit vectors; `fingerprint` names its weights."""

    name: str

    @property
    def fingerprint(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> Vectors: ...


class ToyEmbedder:
    """A bag of stems hashed into 256 places: two texts are as near as the stems they share.

    >>> a, b = ToyEmbedder().encode(["the ferry sank", "ferries sail"])
    >>> round(float(a @ b), 2)
    0.5
    """

    name = "toy"
    fingerprint = "toy-1"
    dimension = 256

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for token in content_tokens(text):
                row[int.from_bytes(hashlib.sha256(stem(token.folded).encode()).digest()[:2]) % self.dimension] += 1.0
        return unit(vectors)


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded at the first text. Vectors are float32 whatever the model computes in."""

    def __init__(self, name: str, dtype: str = "auto") -> None:
        self.name = name
        self._folder = models.embedder_folder(name)
        self._dtype = dtype
        self._model: Any = None

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the weights where they lie in a folder, else the name."""
        if self.name == models.EMBEDDER:
            return models.EMBEDDER_SHA256
        weights = Path(self._folder) / "model.safetensors"
        return models.sha256(weights) if weights.is_file() else self.name

    def encode(self, texts: Sequence[str]) -> Vectors:
        if self._model is None:
            self._model = self._load()
        vectors = self._model.encode(list(texts), batch_size=32, convert_to_tensor=True, show_progress_bar=False)
        return unit(vectors.float().cpu().numpy())

    def _load(self) -> Any:
        models.quiet()
        import torch
        from sentence_transformers import SentenceTransformer

        kwargs = {"dtype": getattr(torch, models.choose_dtype(self._dtype)[0])}
        try:
            return SentenceTransformer(str(self._folder), model_kwargs=kwargs, trust_remote_code=False)
        except (OSError, ValueError) as error:
            raise ModelError(
                f"the embedder {self.name} could not be loaded ({str(error).splitlines()[0]}); name a folder with a "
                f"sentence-transformers model, or unset RAG_EMBEDDER for {models.EMBEDDER}"
            ) from error


def unit(vectors: Vectors) -> Vectors:
    """Rows scaled to length one; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def load_embedder(config: Config) -> Embedder:
    """The embedder that a configuration names. Raises ModelError when it is not there."""
    return ToyEmbedder() if config.embedder == "toy" else SentenceTransformerEmbedder(config.embedder, config.dtype)
