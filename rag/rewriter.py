"""A follow-up written out by the language model, so that it stands alone: query rewriting (Elgohary et al. 2019, CANARD), learned from conversations.

The writer's model, with an adapter of its own, continues the conversation with the same question in full. What it writes is taken only when every name and
every figure in it was said before, so that it asks of nobody who was not spoken of, and all those of the question are in it. `pipeline` has it first, or where
what stands alone by the rules of `follow` finds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rag import models
from rag.config import Config
from rag.lexicon import figures, forms, mentions
from rag.text import content_tokens, squash, tokens
from rag.types import Turn
from rag.writer import causal

WEIGHTS = models.WEIGHTS / "rewriter.safetensors"
TURNS = 3  # that are read
QUOTE, VALUE = 45, 20  # words of what was shown, and of the words that answered
READ, LONGEST = 320, 64  # tokens of the conversation, of whose end so many are read, and of a question
Told = tuple[str, str, str]  # of a turn: its question as it was completed, the quote that was shown, the words of it that answered
_AGAIN = re.compile(r"(\b(?:in|of) (?P<year>(?:19|20)\d\d)\b.*) in (?P=year)(?=\W*$)")  # "the storm of 2023 in 2023"
LOOKUP = 8  # tokens guessed from the conversation at a time (Saxena 2023): most of a question was said before


class Rewriter:
    """Loaded at the first follow-up. Raises ModelError when the writer's or its own weights are missing."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._loaded: tuple[Any, Any] | None = None

    def rewrite(self, question: str, history: Sequence[Turn]) -> str:
        """The question in full; "" where it says no more in full, has a name or a figure that was never said, or lacks one that it had."""
        before = told(history)
        written = self._written(prompt(question, before))
        more = {t.folded for t in content_tokens(written)} - {t.folded for t in content_tokens(question)}
        written = _AGAIN.sub(r"\1", written)
        return written if more and spoken_of(written, question, before) else ""

    def warm(self) -> None:
        """Load the model now."""
        self._load()

    def _written(self, read: str) -> str:
        model, tokenizer = self._load()
        import torch

        ids = tokenizer(read, truncation=True, max_length=READ, return_tensors="pt")["input_ids"]
        stop = tokenizer("\n")["input_ids"][0]
        with torch.inference_mode():
            out = model.generate(
                ids,
                attention_mask=torch.ones_like(ids),
                max_new_tokens=LONGEST,
                do_sample=False,
                prompt_lookup_num_tokens=LOOKUP,
                eos_token_id=stop,
                pad_token_id=tokenizer.pad_token_id,
            )
        words, ended, _rest = tokenizer.decode(out[0, ids.shape[1] :], skip_special_tokens=True).partition("\n")
        return squash(words) if ended else ""  # a question without its end asks for something else

    def _load(self) -> tuple[Any, Any]:
        if self._loaded is None:
            self._loaded = causal(self._config, models.default_writer_folder(self._config), WEIGHTS, "RAG_REWRITER=none")
        return self._loaded


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
        lines += [f"Q: {squash(asked)}", f"A: {_clipped(quote, QUOTE) or 'not told'}", *([f"= {_clipped(value, VALUE)}"] if value else [])]
    return "\n".join([*lines, f"Next: {squash(question)}", "Alone:"])


def _clipped(text: str, words: int) -> str:
    return " ".join(text.split()[:words])


def spoken_of(written: str, question: str, before: Sequence[Told]) -> bool:
    """Whether all names and figures of a completed question stand in the conversation, and those of the question in it."""
    said, whole = forms(" ".join([question, *(part for turn in before for part in turn)])), forms(written)
    return _names_stand(written, said) and _names_stand(question, whole)


def _names_stand(text: str, words: frozenset[str]) -> bool:
    """Whether its names, but for a capital at its head, and its figures are among some words."""
    names = (t for n, t in enumerate(tokens(text)) if n and t.is_name)
    return all(mentions(t, words) for t in names) and figures(text) - {"1"} <= words
