"""Quotes drawn from an archive and asked for: `python -m eval.quotes --archive DIR [--each N]`, or `--data FOLDER` for the public paragraphs as an archive.

For each quote the right article must come first, with its outlet, date and address (the test that eight search tools with language models failed on
more than 60% of 1,600 excerpts of news: Jaźwińska and Chandrasekar 2025, Tow Center). A third of them is exact, a third slightly damaged (two words
dropped, changed or swapped), and a third in no article: sentences of articles that were left out of the archive.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from tqdm import tqdm

from eval.measures import percentile
from eval.statistics import counted
from rag import Answer, Config, Document, Index, Pipeline, load_embedder, passages, read_article, read_folder

SEED = 11
WORDS = (8, 40)  # of a quote
ASKED = (
    "Which article says “{}”?",
    "Where does this come from: “{}”",
    "Which outlet published the words “{}”, and when?",
    "Find the source of this quote: “{}”",
)
PUBLIC = ("squadshifts_new_wiki.jsonl", "squadshifts_reddit.jsonl", "squadshifts_amazon_reviews.jsonl")
KINDS = ("exact", "damaged", "absent")


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.quotes", description=__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--archive", type=Path, help="folder of articles")
    source.add_argument("--data", type=Path, help="folder with the public data, each paragraph of which is made an article")
    parser.add_argument("--each", type=int, default=200, help="quotes of each kind (default 200)")
    arguments = parser.parse_args(argv)
    documents = read_folder(arguments.archive) if arguments.archive else public(arguments.data)
    chance = random.Random(SEED)
    chance.shuffle(documents)
    kept, away = documents[len(documents) // 10 :], documents[: len(documents) // 10]
    if not kept or not away:
        raise SystemExit("ten articles are needed: a tenth is left out of the archive, for quotes that are in none")
    config = Config(writer="none")
    with tempfile.TemporaryDirectory() as folder, Index.build(kept, folder, embedder=load_embedder(config), progress=True) as index:
        print(f"{len(kept)} articles, {index.stats()['passages']} passages")
        pipeline = Pipeline(index, config)
        for kind in KINDS:
            print(measured(kind, drawn(kind, away if kind == "absent" else kept, arguments.each, chance), pipeline), flush=True)


def public(folder: Path) -> list[Document]:
    """Each paragraph of the public sets as an article with an outlet, a date and an address, as a site would give them. Raises SystemExit when a file is missing."""
    found = []
    for name in PUBLIC:
        path = folder / name
        if not path.is_file():
            raise SystemExit(f"{path} is missing; name the folder that holds the public data")
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            row = json.loads(line)
            day = date(2015, 1, 1) + timedelta(days=n)
            outlet = f"{name.split('_')[1].split('.')[0].title()} Post"
            text = f"{row['title'].replace('_', ' ')} {n}\n\n{outlet}\n{day:%B %d, %Y}\nhttps://example.org/{path.stem}/{n}\n\n{row['context']}\n"
            found.append(read_article(text, f"{path.stem}-{n}"))
    return found


def drawn(kind: str, documents: Sequence[Document], most: int, chance: random.Random) -> list[tuple[Document, str]]:
    """Quotes of some words, one an article, with their articles."""
    found: list[tuple[Document, str]] = []
    for document in chance.sample(list(documents), len(documents)):
        words = [p.text.split() for p in passages(document)]
        long = [w for w in words if len(w) >= WORDS[0]]
        if long and len(found) < most:
            own = chance.choice(long)
            length = chance.randint(WORDS[0], min(WORDS[1], len(own)))
            start = chance.randint(0, len(own) - length)
            quote = own[start : start + length]
            found.append(
                (
                    document,
                    " ".join(damaged(quote, chance) if kind == "damaged" else quote).replace("“", "").replace("”", "").replace('"', ""),
                )
            )
    return found


def damaged(words: Sequence[str], chance: random.Random) -> list[str]:
    """Two words dropped, swapped or put in the place of another.

    >>> damaged("one two three four five six seven eight".split(), random.Random(1))
    ['one', 'two', 'four', 'five', 'six', 'seven', 'eight']
    """
    found = list(words)
    for _ in range(2):
        n = chance.randrange(len(found) - 1)
        how = chance.choice(("drop", "swap", "change"))
        if how == "drop":
            del found[n]
        elif how == "swap":
            found[n], found[n + 1] = found[n + 1], found[n]
        else:
            found[n] = chance.choice(words)
    return found


def measured(kind: str, quotes: Sequence[tuple[Document, str]], pipeline: Pipeline) -> str:
    """One line: how many are right."""
    seconds, good = [], 0
    for n, (document, quote) in enumerate(tqdm(quotes, desc=kind, disable=None)):
        start = time.perf_counter()
        answer = pipeline.answer(ASKED[n % len(ASKED)].format(quote))
        seconds.append(time.perf_counter() - start)
        good += not answer.answered if kind == "absent" else is_right(answer, document)
    what = "refused" if kind == "absent" else "right article, outlet, date and address first"
    return f"{kind:8} {what:46} {counted(good, len(quotes))}  median {percentile(seconds, 0.5):.2f} s"


def is_right(answer: Answer, document: Document) -> bool:
    """Whether the first citation names the article and all that it states of itself."""
    first = next(iter(answer.citations), None)
    facts = (document.doc_id, document.outlet, document.published, document.url)
    return first is not None and (first.doc_id, first.outlet, first.published, first.url) == facts


if __name__ == "__main__":
    main()
