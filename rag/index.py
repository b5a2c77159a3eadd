"""The archive on disk: documents and BM25 in SQLite, vectors in immutable FAISS segments, searched together.

`archive.sqlite` is the truth: a segment that it does not name is rubbish and is swept away. A build writes the segment,
then a whole new archive.sqlite beside the old one, and the rename of that file is the commit point: whatever stops a build, the store
is as it was before or as it is after. How articles become passages is `corpus`'s.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from tqdm import tqdm

from rag.config import Config
from rag.corpus import passages
from rag.embed import Embedder, Vectors, load_embedder
from rag.errors import CorpusError, StoreDamaged, StoreMismatch, StoreMissing, StoreWriteError
from rag.lexicon import joined_names, same_name
from rag.models import sha256
from rag.text import content_tokens
from rag.types import Document, Passage, ScoredPassage

FORMAT = "1"
ARCHIVE = "archive.sqlite"
RRF_K = 60  # Cormack, Clarke and Büttcher 2009, "Reciprocal Rank Fusion"
POOL = 4  # each list is read this many times deeper than the fused one

_SCHEMA = """
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (
    document INTEGER PRIMARY KEY, doc_id TEXT NOT NULL, version INTEGER NOT NULL, live INTEGER NOT NULL, sha256 TEXT NOT NULL,
    title TEXT NOT NULL, outlet TEXT, published TEXT, url TEXT, path TEXT, text TEXT NOT NULL, UNIQUE (doc_id, version)
);
CREATE TABLE passages (
    passage INTEGER PRIMARY KEY, passage_id TEXT NOT NULL, document INTEGER NOT NULL REFERENCES documents,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE TABLE segments (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, vectors INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(text, title, joined, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
"""


class Index:
    """A searchable archive. Make one with `Index.build` or `Index.open`."""

    def __init__(self, path: Path, embedder: Embedder) -> None:
        self.path = path
        self.embedder = embedder
        self._db = sqlite3.connect(f"file:{path / ARCHIVE}?mode=ro", uri=True, check_same_thread=False)

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
        with _writing(folder) as draft:
            _write(documents, folder, draft, embedder, progress=progress)
        index = cls.open(folder, embedder=embedder)
        index.sweep()
        return index

    @classmethod
    def open(cls, path: str | Path, *, embedder: Embedder | None = None) -> Index:
        """Open the store at `path`; every file is checked against the hash in the archive.

        Raises StoreMissing, StoreMismatch (another version or embedder) or StoreDamaged.
        """
        folder = Path(path)
        if not (folder / ARCHIVE).is_file():
            raise StoreMissing(f"no index at {folder}; make one with: rag index build FOLDER_OF_ARTICLES --index {folder}")
        with _reading(folder):
            index = cls(folder, embedder or load_embedder(Config()))
            index._check()
        return index

    def search(
        self, query: str, k: int = 12, *, since: date | None = None, until: date | None = None, outlet: str | None = None
    ) -> list[ScoredPassage]:
        """The `k` passages nearest in meaning or in words, best first, by reciprocal rank fusion of both lists.

        `since`, `until` (both inclusive) and `outlet` keep only articles that state a fitting date or outlet.
        """
        with _reading(self.path):
            allowed = self._allowed(since, until, outlet)
            dense, lexical = self._dense(query, k * POOL, allowed), self._lexical(query, k * POOL, allowed)
            fused: dict[int, float] = {}
            for ranking in (dense, lexical):
                for rank, key in enumerate(ranking, start=1):
                    fused[key] = fused.get(key, 0.0) + 1.0 / (RRF_K + rank)
            best = sorted(fused, key=lambda key: (-fused[key], key))
            found = self._distinct(best, k)
            return [ScoredPassage(passage, fused[key], rank) for rank, (key, passage) in enumerate(found, start=1)]

    def document(self, doc_id: str) -> Document:
        """The article as it is now. Raises KeyError for an unknown id and StoreDamaged when its text was altered."""
        with _reading(self.path):
            row = self._db.execute(
                "SELECT doc_id, title, text, outlet, published, url, path, sha256 FROM documents WHERE doc_id = ? AND live", (doc_id,)
            ).fetchone()
        if row is None:
            raise KeyError(doc_id)
        *fields, digest = row
        if _digest(fields[2]) != digest:
            raise _damaged(self.path)
        fields[4] = date.fromisoformat(fields[4]) if fields[4] else None
        return Document(*fields)

    def documents(self) -> list[Document]:
        """Every article, by id."""
        rows = self._db.execute("SELECT doc_id FROM documents WHERE live ORDER BY doc_id").fetchall()
        return [self.document(doc_id) for (doc_id,) in rows]

    def stats(self) -> dict[str, Any]:
        """Counts, dates, outlets, embedder and size in bytes; ready for JSON."""
        with _reading(self.path):
            one = self._db.execute("SELECT COUNT(*), MIN(published), MAX(published) FROM documents WHERE live").fetchone()
            outlets = self._db.execute("SELECT DISTINCT outlet FROM documents WHERE live AND outlet NOT NULL ORDER BY outlet").fetchall()
            count = self._db.execute("SELECT COUNT(*) FROM passages").fetchone()[0]
        return {
            "path": str(self.path),
            "documents": one[0],
            "passages": count,
            "earliest": one[1],
            "latest": one[2],
            "outlets": [outlet for (outlet,) in outlets],
            "embedder": self.embedder.name,
            "bytes": sum(f.stat().st_size for f in self.path.iterdir() if f.is_file()),
        }

    def sweep(self) -> None:
        """Remove segments and drafts that the archive does not name: what a stopped build left."""
        named = {name for (name,) in self._db.execute("SELECT name FROM segments")} | {ARCHIVE}
        for file in self.path.glob("*"):
            if file.name not in named and (file.suffix == ".faiss" or file.name.startswith(f"{ARCHIVE}.draft")):
                file.unlink(missing_ok=True)

    def _check(self) -> None:
        settings = dict(self._db.execute("SELECT name, value FROM settings").fetchall())
        if settings.get("format") != FORMAT:
            raise StoreMismatch(
                f"the index at {self.path} has format {settings.get('format')}, this version reads {FORMAT}; build it anew with: "
                f"rag index build FOLDER_OF_ARTICLES --index {self.path}"
            )
        if (settings["embedder"], settings["fingerprint"]) != (self.embedder.name, self.embedder.fingerprint):
            raise StoreMismatch(
                f"the index at {self.path} was built with the embedder {settings['embedder']}, not {self.embedder.name} as it is here; "
                f"set RAG_EMBEDDER={settings['embedder']} or build it anew with: rag index build FOLDER_OF_ARTICLES --index {self.path}"
            )
        if self._db.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise _damaged(self.path)
        _ = self._vectors

    @cached_property
    def _vectors(self) -> list[Any]:
        segments = self._db.execute("SELECT name, sha256, vectors FROM segments ORDER BY name").fetchall()
        for name, digest, _count in segments:
            file = self.path / name
            if not file.is_file() or sha256(file) != digest:
                raise _damaged(self.path)
        return [faiss.read_index(str(self.path / name)) for name, _digest, _count in segments]

    def _allowed(self, since: date | None, until: date | None, outlet: str | None) -> frozenset[int] | None:
        if since is None and until is None and outlet is None:
            return None
        rows = self._db.execute(
            "SELECT passage FROM passages JOIN documents USING (document) WHERE (:since IS NULL OR published >= :since)"
            " AND (:until IS NULL OR published <= :until) AND (:outlet IS NULL OR outlet = :outlet COLLATE NOCASE)",
            {"since": since and since.isoformat(), "until": until and until.isoformat(), "outlet": outlet},
        )
        return frozenset(key for (key,) in rows)

    def _dense(self, query: str, k: int, allowed: frozenset[int] | None) -> list[int]:
        vector = self.embedder.encode([query])
        wanted = None if allowed is None else faiss.SearchParameters(sel=faiss.IDSelectorBatch(np.array(sorted(allowed), dtype=np.int64)))
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
        near = self._db.execute("SELECT term FROM vocabulary WHERE term >= ? AND term < ?", (word[:2], word[:2] + "\uffff"))
        return [term for (term,) in near if same_name(word, term)][:8]

    def _distinct(self, keys: Sequence[int], k: int) -> list[tuple[int, Passage]]:
        """The first `k` passages, a text that several articles carry word for word counting once."""
        found: list[tuple[int, Passage]] = []
        texts: set[str] = set()
        for key in keys:
            row = self._db.execute(
                'SELECT passage_id, doc_id, "start", "end", substr(text, "start" + 1, "end" - "start") FROM passages JOIN documents'
                " USING (document) WHERE passage = ?",
                (key,),
            ).fetchone()
            text = " ".join(row[4].split())
            if text not in texts and len(found) < k:
                texts.add(text)
                found.append((key, Passage(*row)))
        return found


def _write(documents: Sequence[Document], folder: Path, draft: Path, embedder: Embedder, *, progress: bool) -> None:
    """Fill the draft archive and write the segment that it names."""
    ordered = sorted(documents, key=lambda d: d.doc_id)
    found = [(document, passage) for document in ordered for passage in passages(document)]
    if not found:
        raise CorpusError("the articles hold no sentence that could be evidence; check that they are articles in plain text")
    vectors = _encode([f"{d.title}\n{p.text}" for d, p in found], embedder, progress=progress)
    segment = _write_segment(folder, vectors)
    with closing(sqlite3.connect(draft)) as db, db:
        db.executescript(_SCHEMA)
        settings = {"format": FORMAT, "embedder": embedder.name, "fingerprint": embedder.fingerprint}
        db.executemany("INSERT INTO settings VALUES (?, ?)", sorted(settings.items()))
        db.execute("INSERT INTO segments VALUES (?, ?, ?)", (segment.name, sha256(segment), len(vectors)))
        numbers = {d.doc_id: n for n, d in enumerate(ordered, start=1)}
        db.executemany(
            "INSERT INTO documents VALUES (?, ?, 1, 1, ?, ?, ?, ?, ?, ?, ?)",
            [
                (n, d.doc_id, _digest(d.text), d.title, d.outlet, d.published and d.published.isoformat(), d.url, d.path, d.text)
                for n, d in enumerate(ordered, start=1)
            ],
        )
        for key, (document, p) in enumerate(found, start=1):
            db.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", (key, p.passage_id, numbers[p.doc_id], p.start, p.end))
            words = (key, p.text, document.title, " ".join(joined_names(p.text)))
            db.execute("INSERT INTO words (rowid, text, title, joined) VALUES (?, ?, ?, ?)", words)


def _encode(texts: list[str], embedder: Embedder, *, progress: bool) -> Vectors:
    steps = range(0, len(texts), 64)
    batches = [embedder.encode(texts[n : n + 64]) for n in tqdm(steps, desc="embedding", unit="batch", disable=not progress)]
    return np.concatenate(batches)


def _write_segment(folder: Path, vectors: Vectors) -> Path:
    """A flat inner-product segment named by its content, synced to disk before anything can name it."""
    flat = faiss.IndexIDMap(faiss.IndexFlatIP(vectors.shape[1]))
    flat.add_with_ids(vectors, np.arange(1, len(vectors) + 1, dtype=np.int64))
    content = faiss.serialize_index(flat).tobytes()
    segment = folder / f"segment-{hashlib.sha256(content).hexdigest()[:16]}.faiss"
    with segment.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return segment


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _damaged(folder: Path) -> StoreDamaged:
    return StoreDamaged(
        f"the index at {folder} is damaged: a file is not what was written; build it anew with: rag index build FOLDER_OF_ARTICLES "
        f"--index {folder}"
    )


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _damaged(folder) from error


@contextmanager
def _writing(folder: Path) -> Iterator[Path]:
    """A draft archive that replaces the real one when the block ends well, and is gone when it does not."""
    draft = folder / f"{ARCHIVE}.draft-{os.getpid()}"
    before = set(folder.glob("*.faiss"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield draft
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(folder / ARCHIVE)
    except (OSError, sqlite3.Error) as error:
        _undo(draft, before)
        raise StoreWriteError(
            f"the index could not be written to {folder} ({getattr(error, 'strerror', None) or error}); free space or make it writable, "
            "then build again; what was there before is unchanged"
        ) from error
    except BaseException:
        _undo(draft, before)
        raise


def _undo(draft: Path, before: set[Path]) -> None:
    for file in (draft, draft.with_name(draft.name + "-journal"), *(set(draft.parent.glob("*.faiss")) - before)):
        file.unlink(missing_ok=True)
