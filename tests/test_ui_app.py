"""The chat: what it shows as an answer grows, and that it shows errors as words; then the page itself in a browser."""

from __future__ import annotations

import dataclasses
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from ui.app import TRIED, examples, main, reply, still_shown

ROOT = Path(__file__).parent.parent
ON_BOARD = "How many people were on board the ferry to Rona?"


def test_a_reply_grows_from_passages_to_the_answer(toy_pipeline):
    """First it says what is read, at last the sentence with its source, and the turn is remembered."""
    *_, last = shown = list(reply(toy_pipeline, ON_BOARD, []))
    assert "Reading" in shown[0][0]
    assert "42 people" in last[0]
    assert "Bay Post" in last[0]
    assert [turn.question for turn in last[1]] == [ON_BOARD]


@pytest.mark.parametrize("content", [ON_BOARD, [{"type": "text", "text": ON_BOARD}]])
def test_what_was_cleared_is_forgotten(toy_pipeline, content):
    """A conversation holds only the turns whose questions are still on the page."""
    *_, (_text, turns) = reply(toy_pipeline, ON_BOARD, [])
    assert still_shown(turns, [{"role": "user", "content": content}]) == turns
    assert still_shown(turns, []) == []


def test_an_error_is_words_in_the_chat(toy_pipeline):
    """A question that is too long is answered with what to do, and is no turn of the conversation."""
    [(shown, history)] = reply(toy_pipeline, "x" * 10_000, [])
    assert "fewer" in shown
    assert history == []


def test_examples_are_answered_from_the_archive(toy_pipeline):
    """Every example question names a speaker of the archive and is answered."""
    found = examples(toy_pipeline)
    assert "What did Captain Ida Holm say?" in found
    assert all(toy_pipeline.answer(question).answered for question in found)


def test_examples_are_few_attempts(toy_pipeline, toy_documents, monkeypatch):
    """However many speakers an archive has, a bounded number of questions is read for examples."""
    said = " ".join(f"Ida Holm{chr(97 + n)} said that it rained." for n in range(26))
    many = [dataclasses.replace(toy_documents[0], doc_id=str(n), text=said) for n in range(3)]
    monkeypatch.setattr(toy_pipeline.index, "documents", lambda: many)
    read = []
    monkeypatch.setattr(toy_pipeline, "read", lambda question, _passages: read.append(question) or [])
    assert examples(toy_pipeline) == []
    assert len(read) <= TRIED


@pytest.fixture
def port():
    """A port that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_a_setting_without_meaning_is_one_line(port, monkeypatch, capsys):
    """A bad setting ends the start in one line with advice."""
    monkeypatch.setenv("RAG_K", "many")
    assert main(["--port", str(port)]) == 1
    assert re.fullmatch(r"dateline: k is 'many'; use a number .*\n", capsys.readouterr().err)


def test_a_port_in_use_is_taken(capsys):
    """A port that another program listens at is called taken, before any model is loaded."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert main(["--port", str(other.getsockname()[1])]) == 1
    assert "is taken; stop what uses it" in capsys.readouterr().err


def test_a_port_of_the_system_is_not_called_taken(monkeypatch, capsys):
    """A port that the user may not have is told apart from one in use."""
    monkeypatch.setattr(socket.socket, "bind", lambda *_args: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    assert main(["--port", "80"]) == 1
    assert "kept for the system; name one above 1023" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["99999", "0", "http"])
def test_a_number_that_is_no_port_is_wrong_usage(capsys, text):
    """A port that does not exist is wrong usage."""
    with pytest.raises(SystemExit):
        main(["--port", text])
    assert "name one from 1 to 65535" in capsys.readouterr().err


@pytest.fixture
def page(seeds_store, port):
    server = subprocess.Popen([sys.executable, "-m", "ui.app", "--index", str(seeds_store), "--port", str(port)], cwd=ROOT)
    address = f"http://127.0.0.1:{port}/"
    for _second in range(120):
        with suppress(OSError), urllib.request.urlopen(address) as answer:  # our own page
            if answer.status == 200:
                break
        time.sleep(1)
    yield address
    server.terminate()
    server.wait()


@pytest.mark.full
@pytest.mark.filterwarnings("default")
def test_the_page_answers_in_a_browser(page):
    """Someone who types the Tehran question sees the date and the source, and the page loads nothing from elsewhere."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    assert chromium, "install Debian's chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"])
        tab = browser.new_page()
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(page)
        tab.fill("textarea", "When did the foreign ministers of Armenia and Azerbaijan meet in Tehran?")
        tab.keyboard.press("Enter")
        tab.wait_for_selector(".dl details", timeout=60_000)
        text = tab.inner_text(".dl")
        browser.close()
    assert "23 October 2023" in text
    assert "WION, India" in text
    assert not [url for url in asked if url.startswith("http") and not url.startswith(page)]
