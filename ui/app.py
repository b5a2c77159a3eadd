"""The chat: `python -m ui.app [--index DIR] [--port N]`, on this machine only."""

from __future__ import annotations

import argparse
import errno
import os
import re
import socket
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported

import gradio as gr

from rag import Answer, Config, Index, Pipeline, QuestionError, RagError, Sentence, Turn
from ui import feedback, render

Message = dict[str, Any]
TRIED = 20  # questions read for examples: an archive may have thousands of speakers
_SPEAKER = re.compile(
    r"\b([A-Z][\w-]+(?: [A-Z][\w-]+){1,6})(?! [A-Z]),?(?: \w+){0,2} (?:said|stated|added|told|called|announced|underlined|stressed)\b"
)
_CUT_OFF = re.compile(r"(?:\b[A-Z][\w.’'-]*|[’']s) $")  # a capitalised word or a possessive before a name: it begins earlier


def app(pipeline: Pipeline) -> gr.Blocks:
    """The page. Each visitor's conversation is kept in their own session and nowhere else, but for an answer that they
    give an opinion on, with what was asked before it.
    """
    stats = pipeline.index.stats()
    turns = gr.State([])
    since, until = (
        gr.Textbox(label=name, placeholder="2024-05-10", max_length=10, render=False) for name in ("Articles from", "Articles to")
    )

    def chat(question: str, shown: list[Message], history: list[Turn], first: str, last: str) -> Iterator[tuple[str, list[Turn]]]:
        yield from reply(pipeline, question, still_shown(history, shown), first, last)

    page = gr.ChatInterface(
        chat,
        additional_inputs=[turns, since, until],
        additional_inputs_accordion=gr.Accordion("Only articles of some days", open=False, render=False),
        additional_outputs=[turns],
        chatbot=gr.Chatbot(
            height="64vh",
            label="Dateline",
            latex_delimiters=[],
            buttons=["copy"],
            placeholder="Ask about your articles.",
            feedback_options=[*feedback.VERDICTS.values(), *feedback.REASONS],
        ),
        title="Dateline",
        description=f"{stats['documents']} articles. Every sentence is backed by a quote; when the articles do not say, so does the answer.",
        examples=[
            [question, None, None, None] for question in examples(pipeline)
        ],  # None leaves the conversation and the days out of the example
        cache_examples=False,
        api_visibility="private",
        analytics_enabled=False,
    )

    def judged(shown: list[Message], history: list[Turn], opinion: gr.LikeData) -> None:
        assert isinstance(opinion.index, int)  # of a list of messages
        problem = keep_opinion(feedback.place(pipeline.index.path), shown[: opinion.index], history, opinion.liked)
        if problem:
            gr.Warning(problem)

    with page:
        page.chatbot.like(judged, [page.chatbot, turns], None, api_visibility="private")
    return page


def keep_opinion(path: Path, shown: Sequence[Message], history: Sequence[Turn], verdict: bool | str) -> str:  # noqa: FBT001  # as gradio tells it
    """Keep what a visitor thinks of the answer to the last question that is shown; why it could not be kept, or nothing."""
    turns = still_shown(history, shown)
    if len(turns) == len(still_shown(history, shown[:-1])):
        return "Only a finished answer can be judged."
    try:
        feedback.keep(path, turns, feedback.VERDICTS[verdict] if isinstance(verdict, bool) else verdict)
    except OSError as error:
        return f"Your opinion could not be kept: {error}"
    return ""


def reply(pipeline: Pipeline, question: str, history: list[Turn], first: str = "", last: str = "") -> Iterator[tuple[str, list[Turn]]]:
    """What the chat shows, again and again as it grows, with the turns of the conversation; of articles from the first to the last day, where they are
    filled in.
    """
    sentences: list[Sentence] = []
    try:
        for part in pipeline.stream(question, history, since=_day(first), until=_day(last)):
            if isinstance(part, Sentence):
                sentences.append(part)
                yield render.partial(sentences), history
            elif isinstance(part, Answer):
                yield render.final(part), [*history, Turn(question, part)]
            else:
                yield render.waiting(part), history
    except RagError as error:
        yield render.error(str(error)), history


def _day(text: str | None) -> date | None:
    """A day as it was filled in. Raises QuestionError for what is none."""
    try:
        return date.fromisoformat(text.strip()) if text and text.strip() else None
    except ValueError:
        raise QuestionError(f"{text} is no day; write it like 2024-05-10, or leave it empty") from None


def still_shown(history: Sequence[Turn], shown: Sequence[Message]) -> list[Turn]:
    """The turns whose questions still stand on the page, in its order: what a visitor cleared or took back, and what ended in an error, is none."""
    asked = [_plain(message["content"]) for message in shown if message["role"] == "user"]
    found, left = [], list(history)
    for question in asked:
        if (n := next((n for n, turn in enumerate(left) if _plain(turn.question) == question), None)) is not None:
            found.append(left[n])
            left = left[n + 1 :]
    return found


def _plain(content: str | Sequence[Any]) -> str:
    """The words of a message as the page has them: gradio makes a list of parts of it, and takes spaces from its ends."""
    parts = [content] if isinstance(content, str) else [part if isinstance(part, str) else str(part.get("text")) for part in content]
    return " ".join(" ".join(parts).split())


def examples(pipeline: Pipeline, most: int = 4) -> list[str]:
    """Questions about who said what in this archive, one an article, kept only when they are answered from it; TRIED at most are read."""
    asked = [[(d.doc_id, f"What did {name} say?") for name in _speakers(d.text)] for d in pipeline.index.documents()]
    found: dict[str, str] = {}
    for doc_id, question in [pair for row in zip_longest(*asked) for pair in row if pair][:TRIED]:
        if len(found) < most and doc_id not in found and question not in found.values():
            evidence = pipeline.read(question, pipeline.index.search(question, by=pipeline.config.search))
            if evidence and evidence[0].document.doc_id == doc_id:
                found[doc_id] = question
    return list(found.values())


def _speakers(text: str) -> list[str]:
    """Who says something in a text, each once: two or three names, without the office before them where there are more."""
    found = []
    for match in _SPEAKER.finditer(text):
        words = match[1].split()
        if words[0] != "The" and not _CUT_OFF.search(text, max(0, match.start() - 40), match.start()):
            found.append(" ".join(words if len(words) < 4 else words[-2:]))
    return list(dict.fromkeys(found))


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m ui.app", description=__doc__)
    parser.add_argument("--index", help="folder of the index (default: RAG_INDEX or index/store)")
    parser.add_argument("--port", type=_port, default=7860)
    arguments = parser.parse_args(argv)
    if problem := _closed(arguments.port):  # before the models are loaded, and because gradio gives one reason for all
        print(f"dateline: {problem}", file=sys.stderr)
        return 1
    try:
        pipeline = Pipeline(Index.open(arguments.index or Config().index))
        pipeline.warm()
        page = app(pipeline)
    except RagError as error:
        print(f"dateline: {error}", file=sys.stderr)
        return 1
    try:
        page.launch(
            server_name="127.0.0.1", server_port=arguments.port, share=False, quiet=True, css=render.STYLE, footer_links=[],
            prevent_thread_lock=True,
        )  # fmt: skip
    except OSError as error:
        print(f"dateline: the page could not be opened at port {arguments.port} ({error}); name another with --port", file=sys.stderr)
        return 1
    print(f"Dateline is at http://127.0.0.1:{arguments.port} (stop with Ctrl-C)", flush=True)
    page.block_thread()
    return 0


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port; name one from 1 to 65535")
    return int(text)


def _closed(port: int) -> str:
    """Why the page cannot be opened at `port`; "" when it can."""
    try:
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(("127.0.0.1", port))
    except PermissionError:
        return f"port {port} is kept for the system; name one above 1023 with --port"
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        return f"port {port} {'is taken' if taken else f'cannot be had ({error.strerror})'}; stop what uses it or name another with --port"
    return ""


if __name__ == "__main__":
    sys.exit(main())
