"""The whole path of a question: resolve, search, read, decide, write, verify. Each step is one room; this file is the corridor."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from rag.config import Config
from rag.decide import choose, refusal
from rag.embed import load_embedder
from rag.index import Index
from rag.layout import sentences
from rag.prompt import NOTHING, messages
from rag.question import check_question, resolve
from rag.reader import Reader, load_reader
from rag.text import squash
from rag.types import Answer, Evidence, ScoredPassage, Sentence, Turn
from rag.verify import cite, hopeless, objections, quoted, sentence
from rag.writer import Writer, load_writer

ATTEMPTS = 2  # a rejected sentence is rewritten once


class Pipeline:
    """Holds an index and the models, so that only the first question waits for them."""

    def __init__(
        self,
        index: Index | str | Path | None = None,
        config: Config | None = None,
        *,
        reader: Reader | None = None,
        writer: Writer | None = None,
    ) -> None:
        """Raises StoreError for an index that cannot be used and ModelError for a missing model."""
        self.config = config or Config()
        self.index = index if isinstance(index, Index) else Index.open(index or self.config.index, embedder=load_embedder(self.config))
        self.reader = reader or load_reader(self.config)
        self.writer = writer or load_writer(self.config)

    def answer(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer from the articles, or refuse and say why. Raises QuestionError for a question that cannot be asked."""
        *_, last = self.stream(question, history)
        assert isinstance(last, Answer)
        return last

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[tuple[ScoredPassage, ...] | Sentence | Answer]:
        """The same, as it is made: first the passages, then each checked sentence, at last the whole Answer."""
        clock = _Clock()
        query = resolve(check_question(question), history)
        passages = tuple(self.index.search(query, self.config.k, by=self.config.search))
        clock.lap("search")
        yield passages
        chosen = self.read(query, passages)
        clock.lap("read")
        shown: list[Sentence] = []
        for evidence in chosen:
            shown.append(self._write(query, evidence, marker=len(shown) + 1))
            clock.lap("write")
            yield shown[-1]
        yield Answer(
            question=question,
            sentences=tuple(shown),
            answered=bool(shown),
            reason=None if shown else refusal(query, [(p.passage, self.index.document(p.passage.doc_id)) for p in passages]),
            passages=passages,
            model=self.writer.name if self.writer else "none",
            as_of=tuple(sorted({e.document.published for e in chosen if e.document.published})),
            timings=clock.seconds,
        )

    def read(self, query: str, passages: Sequence[ScoredPassage]) -> list[Evidence]:
        """The evidence that answers a complete question, best first; none when nothing answers it well enough."""
        documents = {p.passage.doc_id: self.index.document(p.passage.doc_id) for p in passages}
        return choose(self.reader.read(query, passages, documents), self.config)

    def warm(self) -> None:
        """Load every model now, so that the first question is as quick as the next."""
        passages = self.index.search("Who was there?", 1)
        self.read(" ".join(word for p in passages for word in p.passage.text.split()[:12]), passages)  # words that no gate silences
        if self.writer:
            "".join(self.writer.generate([{"role": "user", "content": "Say yes."}], max_new_tokens=2))

    def _write(self, query: str, evidence: Evidence, marker: int) -> Sentence:
        """The first sentence that the writer makes, once it passes every gate; else the evidence itself, quoted."""
        rejected: list[str] = []
        for _attempt in range(ATTEMPTS if self.writer else 0):
            assert self.writer
            written = ""
            for piece in self.writer.generate(messages(query, evidence, rejected), max_new_tokens=self.config.max_new_tokens):
                written += piece
                if len(sentences(written)) > 1 or hopeless(written, evidence):
                    break
            written = next((squash(span.of(written)) for span in sentences(written)), "")
            rejected = objections(written, evidence)
            if not rejected:
                return sentence(written, cite(evidence, marker))
            if written == NOTHING:
                break
        return quoted(cite(evidence, marker))


class _Clock:
    """Seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, step: str) -> None:
        now = time.perf_counter()
        self.seconds[step] = self.seconds.get(step, 0.0) + now - self._last
        self._last = now
