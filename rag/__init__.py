"""Dateline: questions answered from your own news articles, every sentence checked against a dated quote.

from rag import answer
print(answer("When did the foreign ministers meet in Tehran?"))
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from rag.config import Config
from rag.corpus import passages, read_article, read_folder
from rag.cues import HeadCues
from rag.embed import load_embedder
from rag.errors import (
    ConfigError,
    CorpusError,
    ModelError,
    QuestionError,
    RagError,
    StoreDamaged,
    StoreError,
    StoreMismatch,
    StoreMissing,
    StoreWriteError,
)
from rag.follow import resolve
from rag.index import Index
from rag.judge import Claim, Judge, Pair, Rivals, trunk
from rag.models import add_update, read_update
from rag.observed import Observed
from rag.pipeline import Pipeline
from rag.prompt import messages
from rag.reader import SpanReader
from rag.rewriter import Rewriter
from rag.rewriter import prompt as follow_up_prompt
from rag.scope import Scope
from rag.spans import SpanNetwork, TokenScores
from rag.types import Answer, Citation, Disagreement, Document, Evidence, Passage, Reading, ScoredPassage, Sentence, Span, Turn
from rag.verify import objections
from rag.views import surroundings
from rag.writer import LocalWriter

__all__ = [
    "Answer",
    "Citation",
    "Claim",
    "Config",
    "ConfigError",
    "CorpusError",
    "Disagreement",
    "Document",
    "Evidence",
    "HeadCues",
    "Index",
    "Judge",
    "LocalWriter",
    "ModelError",
    "Observed",
    "Pair",
    "Passage",
    "Pipeline",
    "QuestionError",
    "RagError",
    "Reading",
    "Rewriter",
    "Rivals",
    "Scope",
    "ScoredPassage",
    "Sentence",
    "Span",
    "SpanNetwork",
    "SpanReader",
    "StoreDamaged",
    "StoreError",
    "StoreMismatch",
    "StoreMissing",
    "StoreWriteError",
    "TokenScores",
    "Turn",
    "add_update",
    "answer",
    "follow_up_prompt",
    "load_embedder",
    "messages",
    "objections",
    "passages",
    "read_article",
    "read_folder",
    "read_update",
    "resolve",
    "surroundings",
    "trunk",
]


def answer(  # noqa: PLR0913  # each by its name
    question: str,
    *,
    index: Index | str | Path | None = None,
    history: Sequence[Turn] = (),
    since: date | None = None,
    until: date | None = None,
    config: Config | None = None,
) -> Answer:
    """Answer a question from an index of articles, or refuse and say why; `since` and `until` keep only articles that state a fitting date.

    The pipeline of an index and a configuration is kept, so that only the first call waits for the models; an index that was built anew
    is opened anew. Raises RagError: QuestionError, StoreError or ModelError.
    """
    config = config or Config()
    return _pipeline(index, config, 0 if isinstance(index, Index) else Index.written(index or config.index)).answer(
        question, history, since=since, until=until
    )


@lru_cache(maxsize=4)
def _pipeline(index: Index | str | Path | None, config: Config, _written: int) -> Pipeline:
    return Pipeline(index, config)
