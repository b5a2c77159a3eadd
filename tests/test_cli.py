"""The command line: its exit codes, its JSON, and one clear line for everything that goes wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from rag.cli import _say, main


@pytest.fixture(autouse=True)
def toy(monkeypatch, toy_store):
    for name, value in {"INDEX": str(toy_store), "EMBEDDER": "toy", "WRITER": "toy", "REFUSE_BELOW": "0.1"}.items():
        monkeypatch.setenv(f"RAG_{name}", value)


ON_BOARD = "How many people were on board the ferry to Rona?"


def test_an_answer_exits_with_0(capsys):
    """An answered question prints its sentence and citation and exits with 0."""
    assert main(["ask", ON_BOARD]) == 0
    assert "[1] Bay Post" in capsys.readouterr().out


def test_a_refusal_exits_with_3(capsys):
    """A refused question prints the reason and exits with 3."""
    assert main(["ask", "Who won the cricket championship in Jamaica?"]) == 3
    assert "do not say" in capsys.readouterr().out


def test_json_is_the_whole_answer(capsys):
    """--json prints an object whose quotes lie at their offsets."""
    main(["ask", ON_BOARD, "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert answer["citations"][0]["quote"] == answer["sentences"][0]["citations"][0]["quote"]


@pytest.mark.parametrize(
    "arguments", [["ask", ""], ["ask", "x" * 10_000], ["ask", "Who?", "--index", "/nowhere"], ["index", "build", "/nowhere"]]
)
def test_an_error_is_one_line_and_exits_with_1(capsys, arguments):
    """What goes wrong is one line on standard error that ends in advice, without a traceback."""
    assert main(arguments) == 1
    said = capsys.readouterr().err
    assert said.startswith("rag: ")
    assert said.count("\n") == 1


def test_wrong_usage_exits_with_2():
    """A command that does not exist exits with 2."""
    with pytest.raises(SystemExit) as caught:
        main(["sing"])
    assert caught.value.code == 2


def test_help_shows_an_example(capsys):
    """The help of a command shows how it is used."""
    with pytest.raises(SystemExit):
        main(["ask", "--help"])
    assert "example: rag ask" in capsys.readouterr().out


def test_build_and_stats_agree(tmp_path, capsys):
    """A folder that is built is described by stats."""
    (tmp_path / "a.txt").write_text("A tram line opened\n\nThe tram line to the harbour opened on Monday.", encoding="utf-8")
    assert main(["index", "build", str(tmp_path), "--index", str(tmp_path / "s")]) == 0
    capsys.readouterr()
    main(["index", "stats", "--index", str(tmp_path / "s")])
    assert json.loads(capsys.readouterr().out)["documents"] == 1


def test_search_prints_ranked_passages(capsys):
    """Search prints the nearest passage first, with its dateline."""
    main(["search", "wolves", "-k", "1"])
    assert capsys.readouterr().out.startswith("1. Wolves seen near Dal")


def test_the_module_is_the_command():
    """`python -m rag --help` works and is quick to import."""
    done = subprocess.run([sys.executable, "-m", "rag", "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "doctor" in done.stdout


def test_an_article_cannot_steer_the_terminal(capsys):
    """Escape sequences are left out of what is printed, line ends and no-break spaces are not."""
    _say("5\u00a0boats\x1b]0;evil\x07 sank\u202e\n")
    assert capsys.readouterr().out == "5 boats]0;evil sank\n\n"


def test_a_full_disk_behind_the_output_is_one_line():
    """An answer that cannot be written ends in one line and exits with 1."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-m", "rag", "search", "ferry"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("rag: the answer could not be written")
    assert done.stderr.count("\n") == 1
