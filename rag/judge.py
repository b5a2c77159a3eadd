"""A second opinion on the best sentences: the writer's language model, cut short and taught three things: whether a sentence answers a question, whether
two that do contradict each other, and, for measuring, whether one follows from a quote.

The reader sees what stands where; this model has read far more text and sees what is meant: other words for the same thing, or the same
words about something else. It reads question, sentence, and question again (Xu et al. 2023, re-reading), as it looks only backwards, and its
state at the last word is turned into log-odds. How much that counts is `reader`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError

from rag import models
from rag.config import Config
from rag.errors import ModelError

WEIGHTS = models.WEIGHTS / "judge.safetensors"
LAYERS = 20  # of the writer's thirty: what comes after serves the next word
LENGTH = 384  # word pieces at most; of longer prompts the beginning is left out, never the question at the end
WORDS = {"question": 60, "title": 30, "lead": 30, "before": 60, "sentence": 110}  # of each part at most


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a sentence that may answer it, with the article's title, its first sentence and what stands before: whom a "she" means there."""

    question: str
    title: str
    lead: str
    before: str
    sentence: str

    @property
    def prompt(self) -> str:
        """What the model reads.

        >>> print(Pair("When did it open?", "Bridge", "Rona has a bridge.", "It is long.", "It opened in 1987.").prompt)
        Question: When did it open?
        Bridge. Rona has a bridge
        It is long.
        > It opened in 1987.
        Question: When did it open?
        Does the last sentence answer it?
        """
        asked = f"Question: {clipped(self.question, 'question')}"
        around = [f"{clipped(self.title, 'title')}. {clipped(self.lead, 'lead')}".strip(". "), clipped(self.before, "before")]
        told = "".join(f"{line}\n" for line in around if line)
        return f"{asked}\n{told}> {clipped(self.sentence, 'sentence')}\n{asked}\nDoes the last sentence answer it?"


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence and the quote that it should follow from; for measuring, with weights of its own (`eval/citations.py`)."""

    quote: str
    sentence: str

    @property
    def prompt(self) -> str:
        """What the model reads.

        >>> print(Claim("It opened in 1987.", "The bridge opened in 1978.").prompt)
        Claim: The bridge opened in 1978.
        Quote: It opened in 1987.
        > The bridge opened in 1978.
        Does the quote say all of this?
        """
        claim = clipped(self.sentence, "sentence")
        return f"Claim: {claim}\nQuote: {clipped(self.quote, 'sentence')}\n> {claim}\nDoes the quote say all of this?"


@dataclass(frozen=True, slots=True)
class Rivals:
    """Two answers to one question from two articles, which may contradict each other or speak of different things (`rag/compare.py`)."""

    question: str
    first: str
    first_value: str
    sentence: str
    value: str

    @property
    def prompt(self) -> str:
        """What the model reads.

        >>> print(Rivals("How many came?", "Some 40 came.", "Some 40", "The hall held 90.", "90").prompt)
        Question: How many came?
        First: Some 40 came.
        > The hall held 90.
        Question: How many came?
        First: Some 40
        Second: 90
        Do the two contradict each other?
        """
        asked = f"Question: {clipped(self.question, 'question')}"
        values = f"First: {clipped(self.first_value, 'before')}\nSecond: {clipped(self.value, 'before')}"
        return (
            f"{asked}\nFirst: {clipped(self.first, 'sentence')}\n> {clipped(self.sentence, 'sentence')}\n"
            f"{asked}\n{values}\nDo the two contradict each other?"
        )


def clipped(text: str, part: str) -> str:
    """The first words of a part of a prompt, spaces made single; of what came before, the last."""
    words = text.split()
    return " ".join(words[-WORDS[part] :] if part == "before" else words[: WORDS[part]])


class Judge:
    """Loaded at the first question. Raises ModelError when the writer's or its own weights are missing."""

    def __init__(self, config: Config, weights: Path = WEIGHTS) -> None:
        self._config = config
        self._weights = weights
        self._loaded: tuple[Any, Any] | None = None

    def score(self, pairs: Sequence[Pair | Claim | Rivals]) -> list[float]:
        """Log-odds that each sentence answers its question, follows from its quote, or contradicts the first, in one pass."""
        import torch

        model, tokenizer = self._load()
        encoded = tokenizer(
            [p.prompt for p in pairs], truncation=True, max_length=LENGTH, padding=True, padding_side="right", return_tensors="pt"
        )
        with torch.inference_mode():
            hidden = model(**encoded, use_cache=False).last_hidden_state
            last = hidden[torch.arange(len(pairs)), encoded["attention_mask"].sum(1) - 1]
            return [float(x) for x in model.head(last.float())[:, 0]]

    def _load(self) -> tuple[Any, Any]:
        if self._loaded is None:
            import torch

            folder = models.default_writer_folder(self._config)
            try:
                model, tokenizer = trunk(folder, getattr(torch, models.choose_dtype(self._config.dtype)[0]))
            except (OSError, ValueError, SafetensorError) as error:
                raise ModelError(
                    f"the judge's model could not be loaded ({str(error).splitlines()[0]}); delete {folder} to have it made anew, or set RAG_JUDGE=none"
                ) from error
            model.head = torch.nn.Linear(model.config.hidden_size, 1, bias=False)
            models.add_update(model, self._weights)
            self._loaded = model.eval(), tokenizer
        return self._loaded


def trunk(base: Path | str, dtype: Any) -> tuple[Any, Any]:
    """(the first layers of the writer's model, its tokenizer)."""
    models.quiet()
    from transformers import AutoModel, AutoTokenizer

    model = AutoModel.from_pretrained(base, dtype=dtype, num_hidden_layers=LAYERS)
    return model, AutoTokenizer.from_pretrained(base, truncation_side="left")
