"""The command line: its exit codes, its JSON, and one clear line for everything that goes wrong."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rag.cli import _say, _say_json, main


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
    "arguments",
    [["ask", ""], ["ask", "x" * 10_000], ["ask", "Who?", "--index", "/nowhere"], ["index", "build", "/nowhere"], ["search", " "]],
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
    stats = json.loads(capsys.readouterr().out)
    assert (stats["documents"], stats["undated"]) == (1, 1)


def test_search_prints_ranked_passages(capsys):
    """Search prints the nearest passage first, with its dateline."""
    main(["search", "wolves", "-k", "1"])
    assert capsys.readouterr().out.startswith("1. Wolves seen near Dal")


def test_the_module_is_the_command():
    """`python -m rag --help` works, and imports none of the libraries that take seconds."""
    done = subprocess.run([sys.executable, "-X", "importtime", "-m", "rag", "--help"], capture_output=True, text=True, check=False)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert done.returncode == 0
    assert "doctor" in done.stdout
    assert "rag.cli" in imported
    assert not imported & {"torch", "transformers", "sentence_transformers"}


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


def test_whoever_stops_reading_is_told_nothing():
    """A pipe that is closed at the other end stops the command without a word."""
    command = [sys.executable, "-c", "import sys, time; from rag.cli import main; sys.stdin.read(); sys.exit(main(['search', 'ferry']))"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.close()
        process.stdin.close()
        assert process.stderr.read() == ""


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_printed_json_reads_back_as_it_was(monkeypatch, encoding):
    """Characters that steer a terminal or that it lacks are escaped in JSON, so that a quote stays the article's own."""
    value = {"quote": 'café\x1b[31m \x9b1m\x7f\u200c\u00a0\u202e \U0001f6a2 \\ "5"'}
    terminal = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", terminal)
    _say_json(value)
    terminal.flush()
    printed = terminal.buffer.getvalue().decode(encoding)
    assert json.loads(printed) == value
    assert all(c.isprintable() or c == "\n" for c in printed)


def test_a_terminal_without_a_letter_shows_its_number():
    """On an ASCII terminal an article's other letters are printed as numbers."""
    script = "from rag import cli; cli._doctor = lambda _arguments: cli._say('caf\u00e9') or 0; cli.main(['doctor'])"
    done = subprocess.run(
        [sys.executable, "-c", script], env=os.environ | {"PYTHONIOENCODING": "ascii"}, capture_output=True, text=True, check=True
    )
    assert done.stdout == "caf\\xe9\n"


def test_a_name_that_no_folder_can_have_is_named(capsys):
    """An error of the file system that is not about the output names its file."""
    assert main(["index", "stats", "--index", "x" * 300]) == 1
    assert "xxx/archive.sqlite cannot be used (File name too long)" in capsys.readouterr().err
