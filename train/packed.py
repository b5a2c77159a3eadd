"""Examples in a file, packed: made on one machine, to train on another that has neither the data nor the time to make them."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar

Row = TypeVar("Row")


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
