"""A follow-up written out by the language model, so that it stands alone: query rewriting (Elgohary et al. 2019, CANARD), learned from conversations.

The writer's model, with an adapter of its own, continues the conversation with the same question in full. What it writes is taken only when every name and
every figure in it was said before: it cannot ask of anybody who was not spoken of. Else, and without the model, `follow` completes by rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rag import models
from rag.config import Config
from rag.lexicon import forms, mentions
from rag.text import content_tokens, squash, tokens
from rag.types import Turn
from rag.writer import causal

WEIGHTS = models.WEIGHTS / "rewriter.safetensors"
TURNS = 3  # that are read
QUOTE, VALUE = 45, 20  # words of what was shown, and of the words that answered
LONGEST = 48  # tokens of a question
Told = tuple[str, str, str]  # of a turn: its question as it was completed, the quote that was shown, the words of it that answered
LOOKUP = 8  # tokens guessed from the prompt at a time (Saxena 2023): most of a question was said before


class Rewriter:
    """Loaded at the first follow-up. Raises ModelError when the writer's or its own weights are missing."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._loaded: tuple[Any, Any] | None = None

    def rewrite(self, question: str, history: Sequence[Turn]) -> str:
        """The question in full; itself where that says no more; "" where a name or a figure of it was never said."""
        before = told(history)
        written = self._written(prompt(question, before))
        if not written or not spoken_of(written, question, before):
            return ""
        return question if _content(written) == _content(question) else written

    def _written(self, read: str) -> str:
        if self._loaded is None:
            self._loaded = causal(self._config, models.default_writer_folder(self._config), WEIGHTS, "RAG_REWRITER=none")
        model, tokenizer = self._loaded
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


def load_rewriter(config: Config) -> Rewriter | None:
    """None beside the toy embedder, or where it is left out: follow-ups are then completed by rule."""
    return Rewriter(config) if config.rewriter == "auto" and config.embedder != "toy" else None


def told(history: Sequence[Turn]) -> list[Told]:
    """What the last turns said."""
    found = []
    for turn in history[-TURNS:]:
        shown = turn.answer.sentences[0] if turn.answer.sentences else None
        found.append((turn.answer.resolved or turn.question, shown.citations[0].quote if shown else "", shown.value if shown else ""))
    return found


def prompt(question: str, before: Sequence[Told]) -> str:
    """What the model reads.

    >>> print(prompt("And when?", [("Who won?", "Ida Holm won at Rona.", "Ida Holm"), ("What was the prize?", "", "")]))
    Q: Who won?
    A: Ida Holm won at Rona.
    = Ida Holm
    Q: What was the prize?
    A: not told
    Next: And when?
    Alone:
    """
    lines = []
    for asked, quote, value in before[-TURNS:]:
        lines += [f"Q: {asked}", f"A: {_clipped(quote, QUOTE) or 'not told'}", *([f"= {_clipped(value, VALUE)}"] if value else [])]
    return "\n".join([*lines, f"Next: {squash(question)}", "Alone:"])


def _clipped(text: str, words: int) -> str:
    return " ".join(text.split()[:words])


def spoken_of(written: str, question: str, before: Sequence[Told]) -> bool:
    """Whether all names and figures of a completed question stand in the conversation."""
    said = forms(" ".join([question, *(part for turn in before for part in turn)]))
    return all(mentions(t, said) for n, t in enumerate(tokens(written)) if (n and t.is_name) or t.text[0].isdigit())


def _content(text: str) -> set[str]:
    return {t.folded for t in content_tokens(text)}
