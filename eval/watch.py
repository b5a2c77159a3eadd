"""A pipeline that is watched while it answers: what its reader found, what its writer wrote, shown or not, and how many tokens that took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rag import Document, Evidence, LocalWriter, Pipeline, Scope, ScoredPassage

NO_SCOPE = Scope()

KEPT = 5  # pieces of evidence of a question


class Watched:
    """`with Watched(pipeline) as pipeline:` forgets what was seen before and watches one answer."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._reader, self._writer = pipeline.reader, pipeline.writer
        self.name = self._writer.name if self._writer else "none"
        self.evidence: list[Evidence] = []
        self.outputs: list[str] = []
        self.tokens = 0  # read and written

    def __enter__(self) -> Pipeline:
        self.evidence, self.outputs, self.tokens = [], [], 0
        self._pipeline.reader = self
        self._pipeline.writer = self if self._writer else None
        return self._pipeline

    def __exit__(self, *_error: object) -> None:
        self._pipeline.reader, self._pipeline.writer = self._reader, self._writer

    def read(
        self, question: str, passages: Sequence[ScoredPassage], documents: Mapping[str, Document], scope: Scope = NO_SCOPE
    ) -> list[Evidence]:
        found = self._reader.read(question, passages, documents, scope)
        self.evidence = found[:KEPT]
        return found

    def contradicts(self, question: str, first: Evidence, others: Sequence[Evidence], /) -> list[float] | None:
        return self._reader.contradicts(question, first, others)

    def generate(self, messages: Sequence[dict[str, str]], *, max_new_tokens: int) -> Iterator[str]:
        assert self._writer
        self.outputs.append("")
        try:
            for piece in self._writer.generate(messages, max_new_tokens=max_new_tokens):
                self.outputs[-1] += piece
                yield piece
        finally:  # also of a sentence that is given up before its end
            self.tokens += self._count(" ".join([*(m["content"] for m in messages), self.outputs[-1]]))

    def _count(self, text: str) -> int:
        """Word pieces of a model of ours; of another's, whose are not known, words."""
        if isinstance(self._writer, LocalWriter):
            return len(self._writer.load()[1](text)["input_ids"])
        return len(text.split())
