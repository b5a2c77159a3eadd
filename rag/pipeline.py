"""The whole path of a question: resolve, search, read, decide, write, verify. Each step is one room; this file is the corridor."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rag.compare import ALONE, Comparison, compare
from rag.config import Config
from rag.decide import choose, in_talk, refusal
from rag.embed import load_embedder
from rag.follow import resolve
from rag.index import Index, in_turn
from rag.layout import sentences
from rag.order import After, Order, compared, read_order, read_sequel, when
from rag.phrases import names_in
from rag.prompt import NOTHING, messages
from rag.question import as_question, asks_for_another, check_days, check_question
from rag.quotes import look_up, read_quotation, told
from rag.reader import Reader, load_reader
from rag.rewriter import Rewriter, load_rewriter
from rag.scope import ANY_TIME, Scope, read_scope
from rag.text import squash
from rag.types import Answer, Citation, Evidence, ScoredPassage, Sentence, Turn
from rag.verify import hopeless, objections, quoted, sentence
from rag.writer import Writer, load_writer

UNORDERED = "The articles do not say in which order: they state neither when both were nor which came first."
PRESUPPOSED = 0.6  # of the point of refusal is enough for things of which a question of order takes for granted that they were
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
        rewriter: Rewriter | None = None,
    ) -> None:
        """Raises StoreError for an index that cannot be used and ModelError for a missing model."""
        self.config = config or Config()
        self.index = index if isinstance(index, Index) else Index.open(index or self.config.index, embedder=load_embedder(self.config))
        self.reader = reader or load_reader(self.config)
        self.writer = writer or load_writer(self.config)
        self.rewriter = rewriter or load_rewriter(self.config)

    def answer(self, question: str, history: Sequence[Turn] = (), *, since: date | None = None, until: date | None = None) -> Answer:
        """Answer from the articles, or refuse and say why. `since` and `until`, both inclusive, keep only articles that state a fitting date.

        Raises QuestionError for a question that cannot be asked, and for a `since` after `until`.
        """
        *_, last = self.stream(question, history, since=since, until=until)
        assert isinstance(last, Answer)
        return last

    def stream(
        self, question: str, history: Sequence[Turn] = (), *, since: date | None = None, until: date | None = None
    ) -> Iterator[tuple[ScoredPassage, ...] | Sentence | Answer]:
        """The same, as it is made: first the passages, then each checked sentence, at last the whole Answer. A follow-up that finds nothing is asked
        again as it may be completed otherwise, and yields passages twice.
        """
        check_days(since, until)
        clock = _Clock()
        refused: Answer | None = None
        for whole in self.completed(check_question(question), history):
            clock.lap("complete")
            asked = _Asked(question, whole, since, until, clock)
            if quotation := read_quotation(whole):
                yield from self._looked_up(asked, quotation)
                return
            order = read_order(whole)
            if order and (yield from self._ordered(asked, order)):
                return
            after = self._after(asked)
            words, scope = (after.asked, after.scope) if after else read_scope(whole, self.config.day)
            query = as_question(words)
            passages = self.search(query, scope, since, until)
            clock.lap("search")
            yield passages
            beside = (
                [c for turn in history[-2:] for c in turn.answer.citations] if asks_for_another(question) or asks_for_another(whole) else []
            )
            found = [e for e in self.weigh(query, passages, scope) if _fits(e, after, order, beside)]
            cited = () if scope.latest else {c.doc_id for turn in history[-2:] for c in turn.answer.citations}
            chosen = choose(in_talk(found, self.config, query, cited), self.config, query, latest=scope.latest)
            clock.lap("read")
            if not chosen:
                nearest = [(p.passage, self.index.document(p.passage.doc_id)) for p in passages]
                refused = refused or self._answer(asked, passages, [], UNORDERED if order else refusal(query, nearest, since, until))
                continue
            shown: list[Sentence] = []
            for evidence in chosen:
                shown.append(self._write(query, evidence, marker=len(shown) + 1))
                clock.lap("write")
                yield shown[-1]
            if after:
                shown.append(quoted(after.anchor, len(shown) + 1))
                yield shown[-1]
            comparison = compare(query, [*chosen[:1], *found], shown, self.reader.contradicts, latest=scope.latest)
            clock.lap("compare")
            yield self._answer(asked, passages, shown, "", comparison)
            return
        assert refused
        yield refused

    def _after(self, asked: _Asked) -> After | None:
        """The time after an event, where that is asked about and something tells when the event was."""
        if not (sequel := read_sequel(asked.whole)):
            return None
        found = self.read(sequel.question(), self.search(sequel.question(), since=asked.since, until=asked.until))
        asked.clock.lap("read")
        return sequel.after(found[0]) if found else None

    def _looked_up(self, asked: _Asked, quotation: str) -> Iterator[tuple[ScoredPassage, ...] | Sentence | Answer]:
        """The articles that hold a quotation."""
        passages = self.search(quotation, since=asked.since, until=asked.until)
        asked.clock.lap("search")
        yield passages
        found = look_up(quotation, {p.passage.doc_id: self.index.document(p.passage.doc_id) for p in passages}.values())
        asked.clock.lap("read")
        like = [f for f in found if f.exact == found[0].exact and f.ratio > found[0].ratio - 1][: self.config.max_sentences]
        shown = [told(f, marker) for marker, f in enumerate(like, start=1)]
        yield from shown
        yield self._answer(asked, passages, shown, "No article that was read has these words, or nearly these.")

    def _ordered(self, asked: _Asked, order: Order) -> Generator[tuple[ScoredPassage, ...] | Sentence | Answer, None, bool]:
        """Which of two things came first, by what is found of each by itself; whether that could be told."""
        searched = [self.search(question, since=asked.since, until=asked.until) for question in order.questions()]
        asked.clock.lap("search")
        found = [self.weigh(question, near) for question, near in zip(order.questions(), searched, strict=True)]
        point = self.config.refuse_below * PRESUPPOSED
        one, other = (next((e for e in each if e.score >= point and when(e)), None) for each in found)
        asked.clock.lap("read")
        shown = compared(order, one, other) if one and other else []
        if shown:
            passages = tuple(in_turn(self.config.k, *searched))
            yield passages
            yield from shown
            yield self._answer(asked, passages, shown, UNORDERED)
        return bool(shown)

    def _answer(
        self, asked: _Asked, passages: tuple[ScoredPassage, ...], shown: Sequence[Sentence], reason: str, comparison: Comparison = ALONE
    ) -> Answer:
        answer = Answer(
            question=asked.question,
            sentences=tuple(shown),
            answered=bool(shown),
            reason=None if shown else reason,
            passages=passages,
            model=self.writer.name if self.writer else "none",
            disagreements=comparison.disagreements,
            corroborating=comparison.corroborating,
            timings=asked.clock.seconds,
            resolved=None if asked.whole == check_question(asked.question) else asked.whole,
        )
        return replace(answer, as_of=tuple(sorted({c.published for c in answer.citations if c.published})))

    def search(
        self, query: str, scope: Scope = ANY_TIME, since: date | None = None, until: date | None = None
    ) -> tuple[ScoredPassage, ...]:
        """The passages to read; of a question about a time, half of them from articles of that time."""
        k, by = self.config.k, self.config.search
        found = self.index.search(query, k, by=by, since=since, until=until)
        if scope.bounded:
            latest, earliest = max(filter(None, (since, scope.since)), default=None), min(filter(None, (until, scope.until)), default=None)
            found = in_turn(k, self.index.search(query, k, by=by, since=latest, until=earliest), found)
        return tuple(found)

    def read(self, query: str, passages: Sequence[ScoredPassage], scope: Scope = ANY_TIME) -> list[Evidence]:
        """The evidence that answers a complete question, best first; none when nothing answers it well enough."""
        return choose(self.weigh(query, passages, scope), self.config, query, latest=scope.latest)

    def weigh(self, query: str, passages: Sequence[ScoredPassage], scope: Scope = ANY_TIME) -> list[Evidence]:
        """All evidence, best first: what answers well enough is among it, and what other articles say of the same."""
        documents = {p.passage.doc_id: self.index.document(p.passage.doc_id) for p in passages}
        return [e for e in self.reader.read(query, passages, documents, scope) if e.score]

    def completed(self, question: str, history: Sequence[Turn]) -> Iterator[str]:
        """A follow-up in full, each way in which it may be asked: as the model writes it out, as the rules do. What stands alone by the rules, as it is; where it
        has no name, as the model writes it out thereafter.
        """
        ruled = resolve(question, history, self._alike)
        if ruled == question:
            yield question
        if not history or not self.rewriter or read_quotation(question) or (ruled == question and names_in(question)):
            written = ""
        else:
            written = self.rewriter.rewrite(question, history)
        if written and written.lower().rstrip("?!. ") != ruled.lower().rstrip("?!. "):
            yield written
        if ruled != question:
            yield ruled

    def _alike(self, phrase: str, others: Sequence[str]) -> list[float]:
        """How near in meaning a phrase is to each of others, by the cosine of their vectors."""
        one, *rest = self.index.embedder.encode([phrase, *others])
        return [float(one @ other) for other in rest]

    def warm(self) -> None:
        """Load every model now, so that the first question is as quick as the next."""
        passages = self.index.search("Who was there?", 1)
        self.read(" ".join(word for p in passages for word in p.passage.text.split()[:12]), passages)  # words that no gate silences
        if self.rewriter:
            self.rewriter.warm()
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
                return sentence(written, evidence, marker)
            if written == NOTHING:
                break
        return quoted(evidence, marker)


def _fits(evidence: Evidence, after: After | None, order: Order | None, beside: Sequence[Citation]) -> bool:
    """Whether evidence is of the time that is asked about, tells of the order that is, and was not given as an answer before something else is asked for."""
    if (after and not after.holds(evidence)) or (order and not order.told_in(evidence.text)):
        return False
    return not any(c.doc_id == evidence.document.doc_id and c.start < evidence.end and evidence.start < c.end for c in beside)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question on its way: as it was asked, as it was completed, and the days that its articles may be of."""

    question: str
    whole: str
    since: date | None
    until: date | None
    clock: _Clock


class _Clock:
    """Seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, step: str) -> None:
        now = time.perf_counter()
        self.seconds[step] = self.seconds.get(step, 0.0) + now - self._last
        self._last = now
