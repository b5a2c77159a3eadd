"""Every setting, in one frozen record. Arguments win over the environment (`RAG_...`), which wins over the defaults."""

from __future__ import annotations

import dataclasses
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from rag.errors import ConfigError


def _env(name: str, default: str) -> Any:
    return dataclasses.field(default_factory=lambda: os.environ.get(f"RAG_{name.upper()}") or default)


SEARCHES = ("both", "dense", "lexical")
_CHOICES = {"dtype": ("auto", "bfloat16", "float32"), "judge": ("auto", "none"), "rewriter": ("auto", "none"), "search": SEARCHES}


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a pipeline; each field's environment variable is `RAG_` and its name in capitals.

    Raises ConfigError for a value without a meaning.
    """

    index: str = _env("index", "index/store")  # the folder of the store that is asked when none is named
    embedder: str = _env("embedder", "all-MiniLM-L6-v2")  # or a sentence-transformers name or folder, or "toy"
    writer: str = _env("writer", "SmolLM2-135M-Instruct")  # or a causal LM's name or folder, "none" (quotes only), or "toy"
    judge: str = _env("judge", "auto")  # the second look at the best evidence, by the default writer's model; or "none"
    rewriter: str = _env("rewriter", "auto")  # follow-ups written out by the default writer's model; or "none": by rule
    server: str = _env("server", "")  # base URL of an OpenAI-compatible server; `writer` then names the model there
    server_key: str = dataclasses.field(default_factory=lambda: os.environ.get("RAG_SERVER_KEY", ""), repr=False)
    dtype: str = _env("dtype", "auto")  # bfloat16, float32, or auto: what the processor multiplies fastest
    cache: str = _env("cache", str(user_cache_path("dateline")))  # where fetched models are kept
    search: str = _env("search", "both")  # passages by meaning and by words fused, or by one alone: "dense" or "lexical"
    today: str = _env("today", "")  # the day, such as 2024-05-10, that "last week" in a question counts from; else the machine's
    k: int = _env("k", "12")  # passages read for a question
    refuse_below: float = _env("refuse_below", "0.25")  # evidence less likely than this answers nothing: see eval/LOG.md
    max_sentences: int = _env("max_sentences", "2")  # sentences shown at most
    max_new_tokens: int = _env("max_new_tokens", "72")  # tokens the writer may spend on one sentence

    def __post_init__(self) -> None:
        for name, kind, low, high in (
            ("k", int, 1, 100),
            ("max_sentences", int, 1, 10),
            ("max_new_tokens", int, 1, 1000),
            ("refuse_below", float, 0.0, 1.0),
        ):
            object.__setattr__(self, name, _number(name, getattr(self, name), kind, low, high))
        for name, known in _CHOICES.items():
            if getattr(self, name) not in known:
                raise ConfigError(f"{name} {getattr(self, name)!r} is unknown; use {', '.join(known[:-1])} or {known[-1]}")
        if self.today and _iso(self.today) is None:
            raise ConfigError(f"today {self.today!r} is no day; write it like 2024-05-10")
        if self.server and not self.server.startswith(("http://", "https://")):
            raise ConfigError(f"server {self.server!r} is no address; use one like http://127.0.0.1:8000/v1")

    @property
    def day(self) -> date:
        """Today, as it is set or as the machine has it."""
        return _iso(self.today) or date.today()  # noqa: DTZ011  # the day where the person is

    @property
    def cache_dir(self) -> Path:
        return Path(self.cache).expanduser()


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(name: str, value: Any, kind: type[int | float], low: float, high: float) -> float:
    try:
        number = kind(value)
        whole = number == float(value)
    except (TypeError, ValueError, OverflowError):
        raise ConfigError(f"{name} is {value!r}; use a number from {low} to {high}") from None
    if not whole or not low <= number <= high:
        raise ConfigError(f"{name} is {number}; use a number from {low} to {high}")
    return number
