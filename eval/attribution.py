"""Who said it: `python -m eval.attribution [--show]`. Sentences that a careless model may write from evidence in which somebody says something.

Each is put to the verifier as the writer's sentence would be. One that drops or swaps a speaker, makes a fact of what was said, wished or denied, or
alters a quotation may never pass; that few faithful ones pass costs nothing but length, as the evidence is quoted instead.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.sets import HERE
from eval.statistics import counted
from rag import Document, Evidence, objections

SET = HERE / "attribution.jsonl"


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence with its evidence; `fault` says what is wrong with it, "" when nothing is."""

    id: str
    kind: str
    evidence: str
    value: str
    text: str
    fault: str

    @property
    def passes(self) -> bool:
        """Whether the verifier would let it be shown."""
        return not objections(
            self.text, Evidence(Document(self.id, "", self.evidence), 0, len(self.evidence), self.evidence, 1.0, self.value)
        )


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.attribution", description=__doc__)
    parser.add_argument("--show", action="store_true", help="show each unfaithful sentence that passes")
    arguments = parser.parse_args(argv)
    sentences = read_written(SET)
    print("\n".join(table(sentences)))
    if arguments.show:
        print("\n".join(f"{w.id} {w.fault}: {w.text}\n  {w.evidence}" for w in sentences if w.fault and w.passes))


def read_written(path: Path) -> list[Written]:
    """The sentences of a file, one line for each piece of evidence."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Written(r["id"], r["kind"], r["evidence"], r["value"], s["text"], s["fault"]) for r in rows for s in r["sentences"]]


def table(sentences: Sequence[Written]) -> list[str]:
    """How many sentences with each fault pass, and how many without one."""
    faults = sorted({w.fault for w in sentences if w.fault})
    rows = [(fault, [w for w in sentences if w.fault == fault]) for fault in faults]
    rows += [("unfaithful, all", [w for w in sentences if w.fault]), ("faithful", [w for w in sentences if not w.fault])]
    return [f"{name:18}pass {counted(sum(w.passes for w in found), len(found))}" for name, found in rows]


if __name__ == "__main__":
    main()
