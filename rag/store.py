"""The files of a store and how they are written: archive.sqlite is the truth, FAISS segments are immutable.

A segment that the archive does not name is rubbish and is swept away. A build writes the segment, then a whole new archive.sqlite
beside the old one, and the rename of that file is the commit point: whatever stops a build, the store is as it was before or as it
is after. What is in a store is found by `index`.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path

import faiss
import numpy as np
from filelock import FileLock, Timeout
from tqdm import tqdm

from rag.corpus import passages
from rag.embed import Embedder, Vectors
from rag.errors import CorpusError, StoreDamaged, StoreWriteError
from rag.lexicon import joined_names
from rag.models import sha256
from rag.types import Document, Span

FORMAT = "2"
ARCHIVE = "archive.sqlite"
LOCK = ".lock"  # held by the one build that may write
_SCHEMA = """
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (
    document INTEGER PRIMARY KEY, doc_id TEXT NOT NULL, version INTEGER NOT NULL, live INTEGER NOT NULL, sha256 TEXT NOT NULL,
    title TEXT NOT NULL, outlet TEXT, published TEXT, url TEXT, path TEXT, text TEXT NOT NULL, updated TEXT,
    dated_start INTEGER, dated_end INTEGER, UNIQUE (doc_id, version)
);
CREATE TABLE passages (
    passage INTEGER PRIMARY KEY, passage_id TEXT NOT NULL, document INTEGER NOT NULL REFERENCES documents,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE TABLE segments (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, vectors INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(text, title, joined, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
"""


def write(documents: Sequence[Document], folder: Path, draft: Path, embedder: Embedder, *, progress: bool) -> None:
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
            "INSERT INTO documents VALUES (?, ?, 1, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (n, d.doc_id, digest(d.text), d.title, d.outlet, _iso(d.published), d.url, d.path, d.text, _iso(d.updated), *_ends(d.dated))
                for n, d in enumerate(ordered, start=1)
            ],
        )
        for key, (document, p) in enumerate(found, start=1):
            db.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", (key, p.passage_id, numbers[p.doc_id], p.start, p.end))
            words = (key, p.text, document.title, " ".join(joined_names(p.text)))
            db.execute("INSERT INTO words (rowid, text, title, joined) VALUES (?, ?, ?, ?)", words)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _ends(span: Span | None) -> tuple[int | None, int | None]:
    return (span.start, span.end) if span else (None, None)


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
    if not segment.is_file() or segment.read_bytes() != content:  # one that is named already is never opened for writing
        part = segment.with_suffix(".part")
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(segment)
        _sync(folder)
    return segment


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def damaged(folder: Path) -> StoreDamaged:
    return StoreDamaged(
        f"the index at {folder} is damaged: a file is not what was written; build it anew with: rag index build FOLDER_OF_ARTICLES "
        f"--index {folder}"
    )


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise damaged(folder) from error


@contextmanager
def writing(folder: Path) -> Iterator[Path]:
    """A draft archive that replaces the real one when the block ends well, and is gone when it does not. One build at a time."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=0):
            with _draft(folder) as draft:
                yield draft
                _sync(draft)
                draft.replace(folder / ARCHIVE)
            _sync(folder)
            with suppress(OSError, sqlite3.Error):  # the new store is in place; what cannot be removed now is swept by the next build
                _sweep(folder)
    except Timeout as error:
        raise StoreWriteError(f"another build is writing the index at {folder}; wait until it has ended, then build again") from error
    except (OSError, sqlite3.Error) as error:
        raise StoreWriteError(
            f"the index could not be written to {folder} ({getattr(error, 'strerror', None) or error}); free space or make it writable, "
            "then build again; what was there before is unchanged"
        ) from error


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """An empty draft; when the block fails before the draft became the archive, it and every segment that it made are removed."""
    draft = folder / f"{ARCHIVE}.draft"
    draft.write_bytes(b"")
    before = set(folder.glob("*.faiss"))
    try:
        yield draft
    except BaseException:
        if not draft.exists():  # it is the archive by now and names those segments
            raise
        for file in (draft, draft.with_name(draft.name + "-journal"), *folder.glob("*.part"), *(set(folder.glob("*.faiss")) - before)):
            file.unlink(missing_ok=True)
        raise


def _sync(path: Path) -> None:
    """Have what was written reach the disk: a file, or the names in a folder where the system lets a folder be opened."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:  # a folder on Windows
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove segments and drafts that the archive does not name: what a stopped build left."""
    with closing(sqlite3.connect(folder / ARCHIVE)) as db:
        named = {name for (name,) in db.execute("SELECT name FROM segments")}
    for file in (*folder.glob("*.faiss"), *folder.glob("*.part"), *folder.glob(f"{ARCHIVE}.draft*")):
        if file.name not in named:
            file.unlink(missing_ok=True)
