"""Examples in a file, packed: made on one machine, to train on another that has neither the data nor the time to make them."""

from __future__ import annotations

import argparse
import json
import lzma
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar

from train.loop import How

Row = TypeVar("Row")


def arguments_of(parser: argparse.ArgumentParser, checkpoint: Path, how: How) -> argparse.Namespace:
    """What is said of a training that may be prepared here and run elsewhere: data, seed, passes, how, and the file of its examples."""
    parser.add_argument("--data", type=Path, help="folder with the public data; may be left out where the examples are prepared")
    parser.add_argument("--checkpoint", type=Path, default=checkpoint)
    parser.add_argument("--seed", type=int, default=how.seed)
    parser.add_argument("--most", type=int, help="examples")
    parser.add_argument("--batch", type=int, default=how.batch)
    parser.add_argument("--rate", type=float, default=how.rate)
    parser.add_argument("--seconds", type=int, help="that the training may take: the rate falls with them")
    parser.add_argument(
        "--prepared", type=Path, help="file of examples, made and kept there if it is missing: for a machine that cannot make them"
    )
    arguments = parser.parse_args()
    if not arguments.data and not (arguments.prepared and arguments.prepared.is_file()):
        parser.error("name the folder of the public data with --data, or a file of prepared examples with --prepared")
    arguments.how = How(arguments.seed, arguments.batch, arguments.rate, arguments.seconds)
    return arguments


def prepared(path: Path | None, sorts: Sequence[type], make: Callable[[], list[Row]]) -> list[Row]:
    """The examples of a file; or else made, and kept in the file when one is named. `sorts` are the dataclasses of which they consist."""
    if path and path.is_file():
        with lzma.open(path, "rt", encoding="utf-8") as file:
            known = {sort.__name__: sort for sort in sorts}
            return [_built(json.loads(line), known) for line in file]
    rows = make()
    if path:
        fresh = path.with_suffix(".new")
        with lzma.open(fresh, "wt", encoding="utf-8", preset=9) as file:
            file.writelines(f"{json.dumps(_plain(row))}\n" for row in rows)
        fresh.replace(path)
    return rows


def _plain(value: Any) -> Any:
    """A dataclass as a list of its name and what its fields hold."""
    return [type(value).__name__, *(_plain(getattr(value, f.name)) for f in fields(value))] if is_dataclass(value) else value


def _built(value: Any, known: dict[str, Any]) -> Any:
    return known[value[0]](*(_built(v, known) for v in value[1:])) if isinstance(value, list) else value
