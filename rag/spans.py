"""The reader's network: the embedder's six layers with a trained low-rank update, and a start and an end score for every token.

One span answers, or the first token stands for "no answer" (Devlin et al. 2019, SQuAD 2.0). What a score means is `reader`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag import models

WEIGHTS = models.WEIGHTS / "reader.safetensors"
LENGTH = 384  # word pieces of question and text together
ASKED = 160  # word pieces of a question at most: what comes after is not read
WIDEST = 24  # word pieces of a span at most


@dataclass(frozen=True, slots=True)
class TokenScores:
    """For one text: characters (n, 2) of its n word pieces, their start and end logits (n,), and the logit of "no answer"."""

    characters: NDArray[np.int64]
    start: NDArray[np.float32]
    end: NDArray[np.float32]
    none: float

    def best(self, first: int, last: int) -> tuple[float, int, int]:
        """(logit over "no answer", start, end) of the best span inside characters first to last; -inf when none fits."""
        inside = np.flatnonzero((self.characters[:, 0] >= first) & (self.characters[:, 1] <= last))
        if not len(inside):
            return float("-inf"), first, first
        starts, ends = self.start[inside], self.end[inside]
        pairs = starts[:, None] + ends[None, :]
        allowed = np.triu(np.ones_like(pairs, dtype=bool)) & ~np.triu(np.ones_like(pairs, dtype=bool), WIDEST)
        row, column = np.unravel_index(np.where(allowed, pairs, -np.inf).argmax(), pairs.shape)
        return float(pairs[row, column]) - self.none, int(self.characters[inside[row], 0]), int(self.characters[inside[column], 1])


class SpanNetwork:
    """Loaded at the first question. Raises ModelError when the weights are missing."""

    def __init__(self, dtype: str = "auto", weights: Path = WEIGHTS) -> None:
        self._dtype = models.choose_dtype(dtype)[0]
        self._weights = weights
        self._loaded: tuple[Any, Any] | None = None

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[TokenScores]:
        """One pass over (question, text) pairs, together."""
        model, tokenizer = self._load()
        import torch

        clipped = {question: _clipped(tokenizer, question) for question, _text in pairs}
        encoded = tokenizer(
            [clipped[question] for question, _text in pairs], [text for _question, text in pairs], truncation="only_second", max_length=LENGTH, padding=True,
            return_offsets_mapping=True, return_tensors="pt",
        )  # fmt: skip
        characters = encoded.pop("offset_mapping").numpy()
        with torch.inference_mode():
            output = model(**encoded)
        starts, ends = output.start_logits.float().numpy(), output.end_logits.float().numpy()
        found = []
        for n in range(len(pairs)):
            own = np.array([part == 1 for part in encoded.sequence_ids(n)])
            found.append(TokenScores(characters[n][own], starts[n][own], ends[n][own], float(starts[n][0] + ends[n][0])))
        return found

    def _load(self) -> tuple[Any, Any]:
        if self._loaded is None:
            self._loaded = load_network(models.embedder_folder(models.EMBEDDER), self._weights, self._dtype)
        return self._loaded


def _clipped(tokenizer: Any, question: str) -> str:
    pieces = tokenizer(question, truncation=True, max_length=ASKED, return_offsets_mapping=True)["offset_mapping"]
    return question[: max(end for _start, end in pieces)]


def load_network(base: Path | str, weights: Path, dtype: str) -> tuple[Any, Any]:
    """(model, tokenizer): the base with the trained update added. Raises ModelError when that is missing or does not fit."""
    models.quiet()
    import torch
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    model = AutoModelForQuestionAnswering.from_pretrained(base, dtype=torch.float32)
    models.add_update(model, weights)
    return model.to(getattr(torch, dtype)).eval(), AutoTokenizer.from_pretrained(base)
