"""A follow-up written out by the language model, so that it stands alone: query rewriting (Elgohary et al. 2019, CANARD), learned from conversations.

The writer's model, with an adapter of its own, continues the conversation with the same question in full. What it writes is taken only when every name and
every figure in it was said before: it cannot ask of anybody who was not spoken of. Else, and without the model, `follow` completes by rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from safetensors import SafetensorError

from rag import models
from rag.config import Config
from rag.errors import ModelError
from rag.lexicon import forms, mentions
from rag.text import content_tokens, squash, tokens
from rag.types import Turn

WEIGHTS = models.WEIGHTS / "rewriter.safetensors"
TURNS = 3  # that are read
QUOTE, VALUE = 45, 20  # words of what was shown, and of the words that answered
LONGEST = 48  # tokens of a question
LOOKUP = 8  # tokens guessed from the prompt at a time (Saxena 2023): most of a question was said before


class Rewriter:
    """Loaded at the first follow-up. Raises ModelError when the writer's or its own weights are missing."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._loaded: tuple[Any, Any] | None = None

    def rewrite(self, question: str, history: Sequence[Turn]) -> str:
        """The question in full; itself where that says no more; "" where a name or a figure of it was never said."""
        written = self._written(prompt(question, history))
        if not written or not spoken_of(written, question, history):
            return ""
        return question if _content(written) == _content(question) else written

    def _written(self, read: str) -> str:
        model, tokenizer = self._load()
        import torch

        ids = tokenizer(read, return_tensors="pt")["input_ids"]
        with torch.inference_mode():
            out = model.generate(
                ids,
                attention_mask=torch.ones_like(ids),
                max_new_tokens=LONGEST,
                do_sample=False,
                prompt_lookup_num_tokens=LOOKUP,
                eos_token_id=tokenizer("\n")["input_ids"][0],
                pad_token_id=tokenizer.pad_token_id,
            )
        return squash(tokenizer.decode(out[0, ids.shape[1] :], skip_special_tokens=True).split("\n")[0])

    def _load(self) -> tuple[Any, Any]:
        if self._loaded is None:
            folder = models.default_writer_folder(self._config)
            models.quiet()
            import torch
            from transformers import AutoModelForCausalLM, AutoTokenizer

            try:
                model = AutoModelForCausalLM.from_pretrained(folder, dtype=getattr(torch, models.choose_dtype(self._config.dtype)[0]))
                tokenizer = AutoTokenizer.from_pretrained(folder, truncation_side="left")
            except (OSError, ValueError, SafetensorError) as error:
                raise ModelError(
                    f"the rewriter's model could not be loaded ({str(error).splitlines()[0]}); delete {folder} to have it made anew, or set RAG_REWRITER=none"
                ) from error
            models.add_update(model.model, WEIGHTS)
            self._loaded = model.eval(), tokenizer
        return self._loaded


def load_rewriter(config: Config) -> Rewriter | None:
    """None beside the toy embedder, or where it is left out: follow-ups are then completed by rule."""
    return Rewriter(config) if config.rewriter == "auto" and config.embedder != "toy" else None


def prompt(question: str, history: Sequence[Turn]) -> str:
    """What the model reads: the last turns, each with its question as it was completed, what was shown, and the words that answered.

    >>> print(prompt("And when?", []))
    Next: And when?
    Alone:
    """
    told = [
        "\n".join([f"Q: {asked}", f"A: {shown or 'not told'}", *([f"= {value}"] if value else [])])
        for asked, shown, value in _read(history)
    ]
    return "\n".join([*told, f"Next: {squash(question)}", "Alone:"])


def _read(history: Sequence[Turn]) -> list[tuple[str, str, str]]:
    """(question, what was shown, the words of it that answered) of the last turns."""
    found = []
    for turn in history[-TURNS:]:
        shown = turn.answer.sentences[0] if turn.answer.sentences else None
        quote, value = (shown.citations[0].quote, shown.value) if shown else ("", "")
        found.append((turn.answer.resolved or turn.question, _clipped(quote, QUOTE), _clipped(value, VALUE)))
    return found


def _clipped(text: str, words: int) -> str:
    return " ".join(text.split()[:words])


def spoken_of(written: str, question: str, history: Sequence[Turn]) -> bool:
    """Whether all names and figures of a completed question stand in the conversation."""
    said = forms(" ".join([question, *(part for turn in _read(history) for part in turn)]))
    return all(mentions(t, said) for n, t in enumerate(tokens(written)) if (n and t.is_name) or t.text[0].isdigit())


def _content(text: str) -> set[str]:
    return {t.folded for t in content_tokens(text)}
