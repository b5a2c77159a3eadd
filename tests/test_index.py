"""The store: same in, same out; found by meaning, word and spelling; whole before or whole after, never between."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rag.store
from rag import ConfigError, CorpusError, Document, Index, StoreDamaged, StoreMismatch, StoreMissing, StoreWriteError, read_article
from rag.embed import ToyEmbedder
from rag.store import ARCHIVE, LOCK


class OtherEmbedder(ToyEmbedder):
    name = "other"


class RetrainedEmbedder(ToyEmbedder):
    fingerprint = "toy-2"


def files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.name != LOCK}


def open_toy(path: Path) -> Index:
    return Index.open(path, embedder=ToyEmbedder())


def test_same_articles_give_the_same_bytes(toy_documents, tmp_path):
    """Building the same articles twice, in any order, gives the same files."""
    Index.build(toy_documents, tmp_path / "a", embedder=ToyEmbedder())
    Index.build(toy_documents[::-1], tmp_path / "b", embedder=ToyEmbedder())
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_a_rebuild_replaces_the_store(toy_documents, store):
    """Building over a store leaves the files of a fresh build of the new articles."""
    Index.build(toy_documents[:1], store, embedder=ToyEmbedder())
    Index.build(toy_documents[:1], store.parent / "fresh", embedder=ToyEmbedder())
    assert files(store) == files(store.parent / "fresh")


def test_search_finds_the_passage_that_shares_words(toy_store):
    """The passage with the question's words comes first, with rank 1."""
    best = open_toy(toy_store).search("wolves near the school", 1)[0]
    assert (best.passage.doc_id, best.rank) == ("wolves", 1)


@pytest.mark.parametrize(
    ("written", "asked"), [("Amirabdollahian", "Amir-Abdollahian"), ("Amir Abdollahian", "Amirabdollahian"), ("Kalbajar", "Kelbajar")]
)
def test_spellings_of_a_name_find_each_other(tmp_path, written, asked):
    """A name is found by words alone in another spelling than the article's."""
    texts = [f"Yesterday {written} spoke at length.", "The harvest was good.", "Rain fell on the coast."]
    index = Index.build(
        [read_article(f"Title number {n}\n\n{t}", str(n)) for n, t in enumerate(texts)], tmp_path / "s", embedder=ToyEmbedder()
    )
    assert index._lexical(f"What did {asked} say?", 3, None)[:1] == [1]


def test_a_search_by_words_alone_finds_only_what_shares_one(toy_store):
    """By words two articles that say nothing of ferries are not found; by meaning every article is ranked."""
    index = Index.open(toy_store, embedder=ToyEmbedder())
    assert [p.passage.doc_id for p in index.search("Rona ferry", by="lexical")] == ["ferry"]
    assert {p.passage.doc_id for p in index.search("Rona ferry", by="dense")} == {"ferry", "bridge", "wolves"}
    with pytest.raises(ConfigError, match="use both, dense, lexical"):
        index.search("Rona ferry", by="luck")


def test_dates_and_outlets_filter_coverage(toy_store):
    """`since`, `until` and `outlet` keep only articles that state a fitting date or outlet."""
    index = open_toy(toy_store)
    assert {p.passage.doc_id for p in index.search("the bridge", since=date(2024, 6, 1))} == {"bridge"}
    assert {p.passage.doc_id for p in index.search("the bridge", until=date(2024, 5, 31))} == {"ferry"}
    assert {p.passage.doc_id for p in index.search("the bridge", outlet="bay post")} == {"ferry"}


def test_a_text_that_two_articles_carry_counts_once(tmp_path):
    """A copied passage is found in one article only."""
    story = "The tram line to the harbour was closed after a fire."
    index = Index.build([read_article(f"{t}\n\n{story}", t) for t in ("first copy", "second copy")], tmp_path / "s", embedder=ToyEmbedder())
    assert len(index.search("tram fire")) == 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300), min_size=1, max_size=3))
def test_documents_and_passages_come_back_as_they_went_in(tmp_path_factory, texts):
    """Every document reads back unchanged and every passage is a slice of its document."""
    documents = [Document(str(n), "title", f"{text}\nThe tide was high on that day.") for n, text in enumerate(texts)]
    index = Index.build(documents, tmp_path_factory.mktemp("p") / "s", embedder=ToyEmbedder())
    assert index.documents() == documents
    for found in index.search("tide day", 10):
        p = found.passage
        assert index.document(p.doc_id).text[p.start : p.end] == p.text


def test_a_missing_store_says_how_to_make_one(tmp_path):
    """Opening nothing raises StoreMissing with the command that builds a store."""
    with pytest.raises(StoreMissing, match="rag index build"):
        open_toy(tmp_path / "none")


def test_another_version_says_how_to_rebuild(store):
    """A store of another format is refused with the command that rebuilds it."""
    with sqlite3.connect(store / ARCHIVE) as db:
        db.execute("UPDATE settings SET value = '0' WHERE name = 'format'")
    db.close()
    with pytest.raises(StoreMismatch, match=r"format 0.*rag index build"):
        open_toy(store)


def test_another_embedder_says_which_one_was_used(store):
    """A store of another embedder is refused with the name of its own."""
    with pytest.raises(StoreMismatch, match="RAG_EMBEDDER=toy"):
        Index.open(store, embedder=OtherEmbedder())


def test_other_weights_say_how_to_rebuild(store):
    """A store of the same embedder with other weights is refused with the command that rebuilds it."""
    with pytest.raises(StoreMismatch, match=r"other weights.*rag index build"):
        Index.open(store, embedder=RetrainedEmbedder())


def test_a_changed_segment_is_damage(store):
    """One changed byte of the vectors is noticed on opening."""
    segment = next(store.glob("*.faiss"))
    content = bytearray(segment.read_bytes())
    content[-5] ^= 1
    segment.write_bytes(content)
    with pytest.raises(StoreDamaged, match="rag index build"):
        open_toy(store)


def test_a_missing_segment_is_damage(store):
    """A segment that the archive names and nobody has is noticed on opening."""
    next(store.glob("*.faiss")).unlink()
    with pytest.raises(StoreDamaged):
        open_toy(store)


@pytest.mark.parametrize("keep", [0, 10, 5000])
def test_a_cut_archive_is_damage(store, keep):
    """An archive file that was cut off is noticed on opening."""
    (store / ARCHIVE).write_bytes((store / ARCHIVE).read_bytes()[:keep])
    with pytest.raises(StoreDamaged, match="rag index build"):
        open_toy(store)


def test_an_altered_article_is_never_quoted(store):
    """A text that was changed inside the archive raises instead of being shown."""
    with sqlite3.connect(store / ARCHIVE) as db:
        db.execute("UPDATE documents SET text = replace(text, '42', '43')")
    db.close()
    with pytest.raises(StoreDamaged):
        open_toy(store).document("ferry")


def test_a_build_over_a_damaged_store_mends_it(toy_documents, store):
    """Building anew, as the error advises, makes a store that opens."""
    (store / ARCHIVE).write_bytes(b"rubbish")
    assert Index.build(toy_documents, store, embedder=ToyEmbedder()).stats()["documents"] == 3


_FULL_DISK = """
import resource, signal, sys
from rag import read_article, Index, StoreWriteError
from rag.embed import ToyEmbedder
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
caption = "A long caption " * 200 + "(AFP photo)"
documents = [read_article(f"Title {n}\\n\\n{caption}\\n\\nSentence number {n} of the long archive was printed here.", str(n)) for n in range(60)]
if sys.argv[3] == "again":
    Index.build(documents, sys.argv[1], embedder=ToyEmbedder())
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    Index.build(documents, sys.argv[1], embedder=ToyEmbedder())
except StoreWriteError as error:
    print(error)
"""


@pytest.mark.parametrize("room", [4096, 120_000])
def test_a_full_disk_leaves_the_store_as_it_was(store, room):
    """When a file cannot grow, while the segment or the archive is written, the build ends in one line and changes nothing."""
    before = files(store)
    done = subprocess.run([sys.executable, "-c", _FULL_DISK, str(store), str(room), ""], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"the index could not be written to .*free space.*unchanged\n", done.stdout)
    assert files(store) == before


def test_a_full_disk_at_the_same_articles_leaves_a_store_that_opens(store):
    """A segment that the archive names is never opened for writing, not even by a build that would write the same."""
    done = subprocess.run([sys.executable, "-c", _FULL_DISK, str(store), "4096", "again"], capture_output=True, text=True, check=True)
    assert "unchanged" in done.stdout
    assert open_toy(store).stats()["documents"] == 60


def test_only_one_build_at_a_time(toy_documents, store):
    """A build beside another ends in one line, and the other is not disturbed."""
    with FileLock(store / LOCK), pytest.raises(StoreWriteError, match="another build"):
        Index.build(toy_documents[:1], store, embedder=ToyEmbedder())
    assert open_toy(store).stats()["documents"] == 3


@pytest.mark.parametrize("step", ["_sync", "_sweep"])
def test_a_build_stopped_after_its_commit_is_whole(toy_documents, tmp_path, monkeypatch, step):
    """A build that is interrupted once its archive is in place leaves the new store, not an archive without its segment."""
    Index.build(toy_documents[:1], tmp_path, embedder=ToyEmbedder())
    seen = (tmp_path / ARCHIVE).stat().st_ino
    step_itself = getattr(rag.store, step)

    def stop(path: Path) -> None:
        if (tmp_path / ARCHIVE).stat().st_ino != seen:
            raise KeyboardInterrupt
        step_itself(path)

    monkeypatch.setattr(rag.store, step, stop)
    with pytest.raises(KeyboardInterrupt):
        Index.build(toy_documents, tmp_path, embedder=ToyEmbedder())
    assert open_toy(tmp_path).stats()["documents"] == 3


def test_a_build_stopped_before_its_commit_changes_nothing(toy_documents, store, monkeypatch):
    """A build that is interrupted with its segment written leaves the files of the store before."""
    before = files(store)
    monkeypatch.setattr(rag.store, "joined_names", lambda _text: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        Index.build(toy_documents[:1], store, embedder=ToyEmbedder())
    assert files(store) == before


def test_a_store_built_anew_while_it_is_opened_opens(toy_documents, store, monkeypatch):
    """A reader that finds its segment swept away by a build reads the new archive."""
    check, builds = Index._check, [toy_documents[:1]]

    def build_first(index: Index) -> None:
        if builds:
            index._db.execute("SELECT * FROM settings").fetchone()  # the old archive is open
            next(store.glob("*.faiss")).unlink()
            Index.build(builds.pop(), store, embedder=ToyEmbedder())
        check(index)

    monkeypatch.setattr(Index, "_check", build_first)
    assert open_toy(store).stats()["documents"] == 1


def test_a_removed_article_is_not_found(store):
    """A document that is no longer live is neither found nor counted."""
    with sqlite3.connect(store / ARCHIVE) as db:
        db.execute("UPDATE documents SET live = 0 WHERE doc_id = 'wolves'")
    db.close()
    index = open_toy(store)
    assert {p.passage.doc_id for p in index.search("wolves near the school")} == {"bridge", "ferry"}
    assert (index.stats()["documents"], index.stats()["passages"]) == (2, 2)


def test_a_closed_index_lets_go_of_its_files(toy_store):
    """Behind a with block nothing can be asked of the index any more."""
    with open_toy(toy_store) as index:
        assert index.stats()["documents"] == 3
    with pytest.raises(sqlite3.ProgrammingError), index:
        index._db.execute("SELECT 1")


def test_a_folder_with_marks_of_an_address_is_a_folder(toy_documents, tmp_path):
    """A store may lie in a folder whose name an address would have to escape."""
    assert Index.build(toy_documents, tmp_path / "50% of #1?", embedder=ToyEmbedder()).stats()["documents"] == 3


def test_half_a_character_is_one_line(tmp_path):
    """An article with half of a surrogate pair, as a file name in another encoding gives, raises CorpusError."""
    with pytest.raises(CorpusError, match="as UTF-8"):
        Index.build([Document("caf\udce9", "Title", "The tide was high on that day.")], tmp_path / "s", embedder=ToyEmbedder())


def test_nothing_is_found_where_nothing_is_asked_for(toy_store):
    """No passages are found when none are wanted."""
    assert open_toy(toy_store).search("ferry", 0) == []


def test_what_a_killed_build_left_is_swept(toy_documents, store):
    """Segments and drafts that no archive names are gone after the next build."""
    (store / "segment-0000.faiss").write_bytes(b"half")
    (store / f"{ARCHIVE}.draft").write_bytes(b"half")
    (store / f"{ARCHIVE}.draft-journal").write_bytes(b"half")
    Index.build(toy_documents, store, embedder=ToyEmbedder())
    assert len(files(store)) == 2


def test_an_unwritable_folder_is_one_line(tmp_path, toy_documents):
    """A path that cannot be a folder raises StoreWriteError."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreWriteError, match="make it writable"):
        Index.build(toy_documents, tmp_path / "file", embedder=ToyEmbedder())
