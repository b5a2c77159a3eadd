"""The command line: `rag ask`, `rag search`, `rag index`, `rag doctor`. Exit codes: 0 answered, 3 not answered, 1 error, 2 usage."""

from __future__ import annotations

import argparse
import dataclasses
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib import metadata
from typing import Any, TextIO

from rag.config import Config
from rag.corpus import read_folder
from rag.embed import load_embedder
from rag.errors import QuestionError, RagError
from rag.index import Index
from rag.models import choose_dtype, default_writer_folder, find_models, free_space, needs_default_writer
from rag.pipeline import Pipeline
from rag.question import check_days
from rag.types import Answer

Parsed = argparse.Namespace
ANSWERED, FAILED, NOT_ANSWERED = 0, 1, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every known error is one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot write a character shows its number
            stream.reconfigure(errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    command: Callable[[Parsed], int] = arguments.command
    try:
        code = command(arguments)
        sys.stdout.flush()
    except RagError as error:
        _say(f"rag: {error}", sys.stderr)
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read has gone: the last flush must not fail
        return FAILED
    except OSError as error:
        if error.filename:
            _say(f"rag: {error.filename} cannot be used ({error.strerror}); name another or make it readable", sys.stderr)
            return FAILED
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"rag: the answer could not be written ({error.strerror}); free space or write it elsewhere", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("rag: stopped", file=sys.stderr)
        return FAILED
    return code


def _say(text: str, stream: TextIO | None = None) -> None:
    """Print what may hold an article's words, without the characters that steer a terminal."""
    print("".join(c if c.isprintable() or c == "\n" else " " * c.isspace() for c in text), file=stream)


def _say_json(value: Any) -> None:
    """Print JSON that reads back as it was, so that quotes stay verbatim: what steers a terminal or what it lacks is escaped, not dropped."""
    encoding = sys.stdout.encoding or "utf-8"
    text = json.dumps(value, ensure_ascii=False, indent=1).replace("\x7f", "\\u007f")  # the one such character that json leaves
    print("".join(c if c == "\n" or (c.isprintable() and c.encode(encoding, "ignore")) else json.dumps(c)[1:-1] for c in text))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rag",
        description="Ask your own news articles. Every sentence shown is backed by a quote from a dated article.",
        epilog="exit codes: 0 answered, 3 not answered, 1 error, 2 usage",
    )
    parser.add_argument("--version", action="version", version=f"dateline-rag {metadata.version('dateline-rag')}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    ask = _add(
        commands,
        "ask",
        _ask,
        "answer a question with cited sentences, or say that the articles do not say",
        'rag ask "When did they meet?"',
    )
    ask.add_argument("question")
    ask.add_argument("--json", action="store_true", help="print the whole answer as JSON")
    search = _add(commands, "search", _search, "print the passages nearest to a query", 'rag search "peace treaty" -k 3')
    search.add_argument("query")
    search.add_argument("-k", type=int, default=5, help="how many passages (default 5)")
    for command in (ask, search):
        command.add_argument("--since", type=_day, metavar="DAY", help="only articles dated from this day on, such as 2024-05-10")
        command.add_argument("--until", type=_day, metavar="DAY", help="only articles dated up to this day")
        command.add_argument("--index", metavar="DIR", help="folder of the index (default: RAG_INDEX or index/store)")
    index = commands.add_parser("index", help="build an index of a folder of articles, or describe one")
    actions = index.add_subparsers(title="actions", required=True, metavar="ACTION")
    build = _add(actions, "build", _build, "index every .txt and .md article of a folder", "rag index build my-articles --index my-store")
    build.add_argument("folder")
    stats = _add(actions, "stats", _stats, "count what an index holds", "rag index stats --index my-store")
    for command in (build, stats):
        command.add_argument("--index", metavar="DIR", help="folder of the index (default: RAG_INDEX or index/store)")
    doctor = _add(
        commands, "doctor", _doctor, "say what is installed, which models are there, and what mends what is missing", "rag doctor --fetch"
    )
    doctor.add_argument("--fetch", action="store_true", help="fetch the writer if it is missing")
    return parser


def _add(commands: Any, name: str, command: Callable[[Parsed], int], text: str, example: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text, epilog=f"example: {example}")
    parser.set_defaults(command=command)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it like 2024-05-10") from None


def _config(arguments: Parsed) -> Config:
    return Config(index=arguments.index) if arguments.index else Config()


def _ask(arguments: Parsed) -> int:
    answer: Answer = Pipeline(config=_config(arguments)).answer(arguments.question, since=arguments.since, until=arguments.until)
    if arguments.json:
        _say_json(answer.to_dict())
    else:
        _say(str(answer))
    return ANSWERED if answer.answered else NOT_ANSWERED


def _search(arguments: Parsed) -> int:
    if not arguments.query.strip():
        raise QuestionError("the query is empty; name words to search for")
    check_days(arguments.since, arguments.until)
    config = dataclasses.replace(_config(arguments), k=arguments.k)
    index = Index.open(config.index, embedder=load_embedder(config))
    for found in index.search(arguments.query, config.k, by=config.search, since=arguments.since, until=arguments.until):
        document = index.document(found.passage.doc_id)
        _say(f"{found.rank}. {document.title} ({document.dateline})\n   {' '.join(found.passage.text.split())}")
    return ANSWERED


def _build(arguments: Parsed) -> int:
    config = _config(arguments)
    index = Index.build(read_folder(arguments.folder), config.index, embedder=load_embedder(config), progress=sys.stderr.isatty())
    stats = index.stats()
    print(f"{stats['documents']} articles, {stats['passages']} passages in {stats['path']}")
    return ANSWERED


def _stats(arguments: Parsed) -> int:
    config = _config(arguments)
    _say_json(Index.open(config.index, embedder=load_embedder(config)).stats())
    return ANSWERED


def _doctor(arguments: Parsed) -> int:
    config = Config()
    if arguments.fetch and needs_default_writer(config):
        default_writer_folder(config)
    for name in ("dateline-rag", "torch", "transformers", "sentence-transformers", "faiss-cpu"):
        print(f"{name:24}{metadata.version(name)}")
    dtype, why = choose_dtype(config.dtype)
    print(f"{'dtype':24}{dtype}: {why}")
    print(f"{'cache':24}{config.cache_dir} ({free_space(config.cache_dir) / 2**30:.0f} GiB free)")
    models = find_models(config)
    for model in models:
        print(f"{model.name:24}{model.folder or '-'} {model.sha256} {model.advice}".rstrip())
    return (
        FAILED if any("run: " in model.advice or "damaged" in model.advice for model in models) | (not _index_found(config)) else ANSWERED
    )


def _index_found(config: Config) -> bool:
    try:
        stats = Index.open(config.index, embedder=load_embedder(config)).stats()
    except RagError as error:
        print(f"{'index':24}{error}")
        return False
    print(f"{'index':24}{stats['path']}: {stats['documents']} articles")
    return True
