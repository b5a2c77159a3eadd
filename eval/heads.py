"""What articles say of themselves: `python -m eval.heads [FILE]`, in seconds.

Each line of the file is an article whose headline, outlet and day of publication are known (`eval/heads.jsonl`: 110 invented ones, in layouts of web pages, agencies,
magazines, newsletters and institutions from everywhere). A headline counts where there is one; "The" before an outlet does not.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from rag import Document, read_article

HEADS = Path(__file__).parent / "heads.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.heads", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=HEADS)
    heads = [json.loads(line) for line in parser.parse_args().file.read_text("utf-8").splitlines()]
    counts = Counter(outcome for head in heads for outcome in outcomes(head, read_article(head["text"], "head")))
    for field in ("title", "outlet", "published"):
        right, wrong, missed = (counts[field, outcome] for outcome in ("right", "wrong", "missed"))
        print(f"{field:10} right {right}/{right + wrong + missed}  wrong {wrong}  missed {missed}")


def outcomes(head: dict[str, Any], read: Document) -> list[tuple[str, str]]:
    """(field, right, wrong or missed) of each field.

    >>> head = {"title": "Ferry back", "outlet": "The Bay Post", "published": "2024-05-03", "updated": None}
    >>> outcomes(head, Document("a", "Ferry back", "", outlet="Bay Post"))
    [('title', 'right'), ('outlet', 'right'), ('published', 'missed')]
    """
    day = read.published.isoformat() if read.published else ""
    pairs = {"outlet": (head["outlet"], read.outlet), "published": (head["published"] or head["updated"], day)}
    if head["title"]:
        pairs = {"title": (head["title"], read.title), **pairs}
    return [
        (field, "right" if _plain(wanted) == _plain(found) else "wrong" if found else "missed") for field, (wanted, found) in pairs.items()
    ]


def _plain(name: str | None) -> str:
    return " ".join((name or "").casefold().split()).removeprefix("the ")


if __name__ == "__main__":
    main()
