"""The archive, searched: vectors and words together, fused by reciprocal rank; and its articles, looked up.

How the files are written and guarded is `store`'s; how articles become passages is `corpus`'s.
"""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np

from rag.config import SEARCHES, Config
from rag.embed import Embedder, load_embedder
from rag.errors import ConfigError, CorpusError, StoreDamaged, StoreMismatch, StoreMissing
from rag.lexicon import joined_names, same_name
from rag.models import sha256
from rag.store import ARCHIVE, FORMAT, damaged, digest, reading, write, writing
from rag.text import content_tokens
from rag.types import Document, Passage, ScoredPassage, Span

RRF_K = 60  # Cormack, Clarke and Büttcher 2009, "Reciprocal Rank Fusion"
POOL = 4  # each list is read this many times deeper than the fused one


class Index:
    """A searchable archive. Make one with `Index.build` or `Index.open`."""

    def __init__(self, path: Path, embedder: Embedder) -> None:
        self.path = path
        self.embedder = embedder
        self._db = sqlite3.connect(f"{(path / ARCHIVE).resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)

    @classmethod
    def build(cls, documents: Sequence[Document], path: str | Path, *, embedder: Embedder | None = None, progress: bool = False) -> Index:
        """Write a store of `documents` at `path` in place of any that is there, and open it.

        The same documents and embedder give the same bytes. Raises CorpusError for no documents or one id twice, and
        StoreWriteError when the disk is full or not writable; an earlier store is then unchanged.
        """
        folder = Path(path)
        embedder = embedder or load_embedder(Config())
        if not documents:
            raise CorpusError("no documents to index; give at least one")
        if len({d.doc_id for d in documents}) < len(documents):
            raise CorpusError("two documents have the same doc_id; give each its own")
        for document in documents:
            _check_text(document)
        with writing(folder) as draft:
            write(documents, folder, draft, embedder, progress=progress)
        return cls.open(folder, embedder=embedder)

    @classmethod
    def open(cls, path: str | Path, *, embedder: Embedder | None = None) -> Index:
        """Open the store at `path`; every file is checked against the hash in the archive.

        Raises StoreMissing, StoreMismatch (another version or embedder) or StoreDamaged.
        """
        folder = Path(path)
        if not (folder / ARCHIVE).is_file():
            raise StoreMissing(f"no index at {folder}; make one with: rag index build FOLDER_OF_ARTICLES --index {folder}")
        embedder = embedder or load_embedder(Config())
        try:
            return cls._checked(folder, embedder)
        except StoreDamaged:  # a build may just have put other files in the place of those named
            return cls._checked(folder, embedder)

    @classmethod
    def _checked(cls, folder: Path, embedder: Embedder) -> Index:
        with reading(folder):
            index = cls(folder, embedder)
            try:
                index._check()
            except BaseException:
                index.close()
                raise
        return index

    @staticmethod
    def written(path: str | Path) -> int:
        """When the store at `path` was written, in nanoseconds of the file system's clock; 0 where there is none."""
        archive = Path(path) / ARCHIVE
        return archive.stat().st_mtime_ns if archive.is_file() else 0

    def close(self) -> None:
        """Let go of the store's files; nothing can be asked of it afterwards."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def search(  # noqa: PLR0913  # each filter by its name
        self, query: str, k: int = 12, *, by: str = "both", since: date | None = None, until: date | None = None, outlet: str | None = None
    ) -> list[ScoredPassage]:
        """The `k` passages nearest in meaning or in words, best first, by reciprocal rank fusion of both lists; or by one of them alone,
        "dense" or "lexical".

        `since`, `until` (both inclusive) and `outlet` keep only articles that state a fitting date or outlet.
        """
        if by not in SEARCHES:
            raise ConfigError(f"a search by {by!r} is unknown; use {', '.join(SEARCHES)}")
        if k < 1:
            return []
        with reading(self.path):
            allowed = self._allowed(since, until, outlet)
            lists = {"dense": self._dense, "lexical": self._lexical}
            fused: dict[int, float] = {}
            for name in lists if by == "both" else (by,):
                for rank, key in enumerate(lists[name](query, k * POOL, allowed), start=1):
                    fused[key] = fused.get(key, 0.0) + 1.0 / (RRF_K + rank)
            best = sorted(fused, key=lambda key: (-fused[key], key))
            found = self._distinct(best, k)
            return [ScoredPassage(passage, fused[key], rank) for rank, (key, passage) in enumerate(found, start=1)]

    def document(self, doc_id: str) -> Document:
        """The article as it is now. Raises KeyError for an unknown id and StoreDamaged when its text was altered."""
        with reading(self.path):
            row = self._db.execute(
                "SELECT doc_id, title, text, outlet, published, url, path, updated, dated_start, dated_end, sha256 FROM documents WHERE doc_id = ? AND live",
                (doc_id,),
            ).fetchone()
        if row is None:
            raise KeyError(doc_id)
        known, title, text, outlet, published, url, path, updated, start, end, stored = row
        if digest(text) != stored:
            raise damaged(self.path)
        days = [date.fromisoformat(day) if day else None for day in (published, updated)]
        return Document(known, title, text, outlet, days[0], url, path, days[1], None if start is None else Span(start, end))

    def documents(self) -> list[Document]:
        """Every article, by id."""
        rows = self._db.execute("SELECT doc_id FROM documents WHERE live ORDER BY doc_id").fetchall()
        return [self.document(doc_id) for (doc_id,) in rows]

    def stats(self) -> dict[str, Any]:
        """Counts, dates, outlets, embedder and size in bytes; ready for JSON."""
        with reading(self.path):
            one = self._db.execute(
                "SELECT COUNT(*), MIN(published), MAX(published), COUNT(*) - COUNT(published) FROM documents WHERE live"
            ).fetchone()
            outlets = self._db.execute("SELECT DISTINCT outlet FROM documents WHERE live AND outlet NOT NULL ORDER BY outlet").fetchall()
            count = self._db.execute("SELECT COUNT(*) FROM passages JOIN documents USING (document) WHERE live").fetchone()[0]
        return {
            "path": str(self.path),
            "documents": one[0],
            "passages": count,
            "earliest": one[1],
            "latest": one[2],
            "undated": one[3],
            "outlets": [outlet for (outlet,) in outlets],
            "embedder": self.embedder.name,
            "bytes": sum(f.stat().st_size for f in self.path.iterdir() if f.is_file()),
        }

    def _check(self) -> None:
        settings = dict(self._db.execute("SELECT name, value FROM settings").fetchall())
        if settings.get("format") != FORMAT:
            raise StoreMismatch(
                f"the index at {self.path} has format {settings.get('format')}, this version reads {FORMAT}; build it anew with: "
                f"rag index build FOLDER_OF_ARTICLES --index {self.path}"
            )
        rebuild = f"build it anew with: rag index build FOLDER_OF_ARTICLES --index {self.path}"
        if settings["embedder"] != self.embedder.name:
            raise StoreMismatch(
                f"the index at {self.path} was built with the embedder {settings['embedder']}, not {self.embedder.name} as it is here; "
                f"set RAG_EMBEDDER={settings['embedder']} or {rebuild}"
            )
        if settings["fingerprint"] != self.embedder.fingerprint:
            raise StoreMismatch(f"the index at {self.path} was built with other weights of the embedder {self.embedder.name}; {rebuild}")
        if self._db.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise damaged(self.path)
        _ = self._vectors

    @cached_property
    def _vectors(self) -> list[Any]:
        segments = self._db.execute("SELECT name, sha256, vectors FROM segments ORDER BY name").fetchall()
        for name, hashed, _count in segments:
            file = self.path / name
            if not file.is_file() or sha256(file) != hashed:
                raise damaged(self.path)
        return [faiss.read_index(str(self.path / name)) for name, _hashed, _count in segments]

    def _allowed(self, since: date | None, until: date | None, outlet: str | None) -> frozenset[int] | None:
        if since is None and until is None and outlet is None:
            return None
        rows = self._db.execute(
            "SELECT passage FROM passages JOIN documents USING (document) WHERE live AND (:since IS NULL OR published >= :since)"
            " AND (:until IS NULL OR published <= :until) AND (:outlet IS NULL OR outlet = :outlet COLLATE NOCASE)",
            {"since": since and since.isoformat(), "until": until and until.isoformat(), "outlet": outlet},
        )
        return frozenset(key for (key,) in rows)

    def _dense(self, query: str, k: int, allowed: frozenset[int] | None) -> list[int]:
        vector = self.embedder.encode([query])
        wanted = (
            None
            if allowed is None
            else faiss.SearchParameters(  # type: ignore[call-arg]  # its stub leaves the keyword out
                sel=faiss.IDSelectorBatch(np.array(sorted(allowed), dtype=np.int64))
            )
        )
        scored: list[tuple[float, int]] = []
        for segment in self._vectors:
            scores, keys = segment.search(vector, min(k, segment.ntotal), params=wanted)
            scored += [(-float(score), int(key)) for score, key in zip(scores[0], keys[0], strict=True) if key >= 0]
        return [key for _score, key in sorted(scored)[:k]]

    def _lexical(self, query: str, k: int, allowed: frozenset[int] | None) -> list[int]:
        terms = [t.folded for t in content_tokens(query)] + joined_names(query)
        terms += [spelling for t in content_tokens(query) for spelling in self._spellings(t.folded)]
        if not terms:
            return []
        match = " OR ".join(f'"{term}"' for term in dict.fromkeys(terms))
        rows = self._db.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words, 1.0, 0.4, 1.0), rowid", (match,))
        keys = (key for (key,) in rows if allowed is None or key in allowed)
        return [key for key, _n in zip(keys, range(k), strict=False)]

    def _spellings(self, word: str) -> list[str]:
        """Words of the archive that spell the same name, when the archive does not have the word itself."""
        if len(word) < 5 or self._db.execute("SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", (f'"{word}"',)).fetchone():
            return []
        near = self._db.execute("SELECT term FROM vocabulary WHERE term >= ? AND term < ?", (word[:1], word[:1] + "\uffff"))
        return [term for (term,) in near if same_name(word, term)][:8]

    def _distinct(self, keys: Sequence[int], k: int) -> list[tuple[int, Passage]]:
        """The first `k` passages, a text that several articles carry word for word counting once."""
        found: list[tuple[int, Passage]] = []
        texts: set[str] = set()
        for key in keys:
            row = self._db.execute(
                'SELECT passage_id, doc_id, "start", "end", text FROM passages JOIN documents USING (document) WHERE passage = ? AND live',
                (key,),
            ).fetchone()
            if row is None:
                continue
            passage_id, doc_id, start, end, whole = row
            passage = Passage(passage_id, doc_id, start, end, whole[start:end])
            text = " ".join(passage.text.split())
            if text not in texts:
                texts.add(text)
                found.append((key, passage))
            if len(found) == k:
                break
        return found


def in_turn(k: int, *found: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """The first `k` passages of several lists, one of each in turn, each passage once and ranked anew."""
    mixed = {p.passage.passage_id: p for row in zip_longest(*found) for p in row if p}
    return [dataclasses.replace(p, rank=rank) for rank, p in enumerate(list(mixed.values())[:k], start=1)]


def _check_text(document: Document) -> None:
    """Raises CorpusError for characters that no file can hold: half of a pair, as a file name in another encoding gives."""
    try:
        for field in dataclasses.astuple(document):
            str(field).encode()
    except UnicodeEncodeError as error:
        raise CorpusError(
            f"the article {document.doc_id!a} holds characters that are no text ({error.reason}); save it, and its name, as UTF-8"
        ) from error
