"""The regression gate: `python -m eval.gate [--accept]`. One small set must come out as it did when it was last accepted, question by question.

It is asked with the default settings in float32, so that the same commit gives the same outcomes on any processor but for rounding. A change that
turns questions, for good or bad, is accepted with --accept and shows in the commit.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Sequence

from eval.measures import OUTCOMES
from eval.run import ask
from eval.sets import HERE, QuestionSet, own_sets
from rag import Config

SET = "coast"
KEPT = HERE / "gate.json"


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.gate", description=__doc__)
    parser.add_argument("--accept", action="store_true", help="keep the outcomes as they are now")
    arguments = parser.parse_args(argv)
    (questions,) = (s for s in own_sets() if s.name == SET)
    if changed := [name for name in os.environ if name.startswith("RAG_") and name not in {"RAG_CACHE", "RAG_INDEX"}]:
        raise SystemExit(f"the gate is asked with the default settings; unset {', '.join(changed)}")
    print(check(questions, Config(dtype="float32"), accept=arguments.accept))


def check(questions: QuestionSet, config: Config, *, accept: bool = False) -> str:
    """The counts, kept when they are accepted. Raises SystemExit with the questions that turned, or had an error."""
    if not accept and not KEPT.is_file():
        raise SystemExit("nothing has been accepted yet; run: python -m eval.gate --accept")
    judgements = ask(questions, config)
    if errors := [f"{j.id}: {j.error}" for j in judgements if j.error]:
        raise SystemExit("\n".join(["a question ended in an error", *errors]))
    outcomes = {j.id: j.outcome for j in judgements}
    counts = ", ".join(f"{Counter(outcomes.values())[outcome]} {outcome}" for outcome in OUTCOMES)
    if accept:
        KEPT.write_text(json.dumps(outcomes, indent=0) + "\n", encoding="utf-8")
        return f"kept: {counts}"
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    texts = {j.id: j.text for j in judgements}
    turned = [f"{id_}: {kept.get(id_, 'not asked')} -> {outcomes.get(id_, 'not asked')}: {texts.get(id_, '')}" for id_ in sorted(kept | outcomes)
              if kept.get(id_) != outcomes.get(id_)]  # fmt: skip
    if turned:
        raise SystemExit(
            "\n".join([f"{len(turned)} questions of {questions.name} turned; accept them with: python -m eval.gate --accept", *turned])
        )
    return f"as accepted: {counts}"


if __name__ == "__main__":
    main()
