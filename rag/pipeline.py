"""The whole path of a question: resolve, search, read, decide, write, verify. Each step is one room; this file is the corridor."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from rag.config import Config
from rag.dates import complete_dates
from rag.embed import load_embedder
from rag.index import Index
from rag.prompt import messages
from rag.question import check_question, resolve
from rag.reader import Reader, RuleReader
from rag.text import script, squash
from rag.types import Answer, Citation, Document, Evidence, ScoredPassage, Sentence, Turn
from rag.verify import objections
from rag.writer import Writer, load_writer


class Pipeline:
    """Holds an index and the models, so that only the first question waits for them."""

    def __init__(
        self, index: Index | str | Path | None = None, config: Config | None = None, *, reader: Reader | None = None, writer: Writer | None = None
    ) -> None:
        """Raises StoreError for an index that cannot be used and ModelError for a missing model."""
        self.config = config or Config()
        self.index = index if isinstance(index, Index) else Index.open(index or self.config.index, embedder=load_embedder(self.config))
        self.reader = reader or RuleReader(self.index.embedder)
        self.writer = writer or load_writer(self.config)

    def answer(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer from the articles, or refuse and say why. Raises QuestionError for a question that cannot be asked."""
        *_, last = self.stream(question, history)
        assert isinstance(last, Answer)
        return last

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[tuple[ScoredPassage, ...] | Sentence | Answer]:
        """The same, as it is made: first the passages, then each checked sentence, at last the whole Answer."""
        clock = Clock()
        query = resolve(check_question(question), history)
        passages = tuple(self.index.search(query, self.config.k))
        clock.lap("search")
        yield passages
        evidence = self.reader.read(query, passages, {p.passage.doc_id: self.index.document(p.passage.doc_id) for p in passages})
        chosen = decide(evidence, self.config)
        clock.lap("read")
        sentences: list[Sentence] = []
        for found in chosen:
            sentences.append(self._sentence(query, found, marker=len(sentences) + 1))
            clock.lap("write")
            yield sentences[-1]
        yield Answer(
            question=question,
            sentences=tuple(sentences),
            answered=bool(sentences),
            reason=None if sentences else refusal(query, passages),
            passages=passages,
            model=self.writer.name if self.writer else "none",
            as_of=tuple(sorted({e.document.published for e in chosen if e.document.published})),
            timings=clock.seconds,
        )

    def _sentence(self, query: str, evidence: Evidence, marker: int) -> Sentence:
        """The written sentence if it passes the gates at the first or second try, else the evidence itself, quoted."""
        rejected: list[str] = []
        for _attempt in range(2 if self.writer else 0):
            written = squash("".join(self.writer.generate(messages(query, evidence, rejected), max_new_tokens=self.config.max_new_tokens)))
            rejected = objections(written, evidence, query)
            if not rejected:
                return Sentence(complete_dates(written, evidence.document.published), (cite(evidence, marker),))
        quote = complete_dates(squash(evidence.text), evidence.document.published)
        return Sentence(f"{evidence.document.dateline}: “{quote}”", (cite(evidence, marker),))


def decide(evidence: Sequence[Evidence], config: Config) -> list[Evidence]:
    """The evidence to show: the best, and what other articles say if it answers about as well; none if the best is too weak."""
    if not evidence or evidence[0].score < config.refuse_below:
        return []
    return list(evidence[:1])


def cite(evidence: Evidence, marker: int) -> Citation:
    d = evidence.document
    return Citation(marker, d.doc_id, d.title, d.outlet, d.published, d.url, evidence.text, evidence.start, evidence.end)


def refusal(query: str, passages: Sequence[ScoredPassage]) -> str:
    return "The articles do not say."


class Clock:
    """Seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, step: str) -> None:
        now = time.perf_counter()
        self.seconds[step] = self.seconds.get(step, 0.0) + now - self._last
        self._last = now
