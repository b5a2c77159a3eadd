"""Train the tagger of heads: `python -m train.head [--out FILE] [--heads FILE ...]`, half a minute.

Two multinomial logistic regressions over the cues of `rag/cues.py`: what a line of a head is (headline, head, story), and what a piece of it names
(outlet, author, something else). Taught by heads of invented articles in many layouts (`train/written/heads.jsonl`).
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rag import HeadCues

WEIGHTS = Path("rag/weights/head.json")
HEADS = Path(__file__).parent / "written" / "heads.jsonl"
SEED = 7
PLAIN = 1  # plain heads of each
SWAPS = 5  # heads with other names for each of both
STRANGE = 0.15  # of those have the story of another: a headline need not share a word with it
SHORT = 0.4  # of those have a story of short sentences
LAYOUTS = (
    "{title}\n\n{outlet}\n{date}", "{title}\n\n{outlet}, {date}", "{title}\n\nBy {author} | {outlet}", "{title}\n\nBy {author}\n{outlet} | {date}",
    "{title}\n\n{date} - {outlet}", "{title}\n\n{outlet} / {author} / {date}", "{title}\n\nBy {author}, {outlet}, {date}", "{title}\n\n{date}",
    "{title}\n\n{author}, {date}", "{title}\n\n{place}, {date}", "{title}\n\n{section} | {date}", "{section}\n\n{title}\n\nBy {author}",
    "{outlet}\n\n{title}\n\nBy {author}\n{date}", "{outlet} | {section}\n{title}\n{date}", "{section}\n{title}\n\n{author}\n{outlet}\n{date}", "{title}\n\n{outlet}", "{title}\n{outlet}\n{date}",
    "{title}\n\n{author}", "{title}\n\n{author}\n{outlet}", "{date}\n{title}\n{outlet}", "{title}\n\nFrom {outlet}, {date}", "{title}\n\nBy {author}, for {outlet}",
)  # fmt: skip
FORMS = ("%-d %B %Y", "%B %-d, %Y", "%A %-d %B %Y", "%d.%m.%Y", "%Y-%m-%d", "%b %-d %Y", "%A, %B %-d, %Y", "%-d %b %Y, %H:%M")
PLACES = tuple(
    "London Nairobi Lima Cairo Delhi Ottawa Warsaw Manila Geneva Lagos Tunis Bogotá Oslo Athens Madrid Hanoi Kyiv Riga Quito Accra".split()
)
SECTIONS = (
    "Sport",
    "World",
    "Business",
    "Courts",
    "Opinion",
    "Culture",
    "Local news",
    "Environment",
    "Politics & Society",
    "Health",
    "Consumer",
    "Trade",
    "Books",
    "UK News",
    "Top Stories",
)
RARE = 2  # a cue seen less often is left out
STRENGTH = 0.3  # inverse of the regularisation: 0.03 to 0.5 are alike on what was kept out of training, file by file


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m train.head", description=__doc__)
    parser.add_argument("--heads", type=Path, nargs="+", default=[HEADS])
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    heads = [json.loads(line) for path in arguments.heads for line in path.read_text("utf-8").splitlines()]
    seen: dict[str, list[tuple[list[str], str]]] = {"line": [], "piece": []}
    chance = random.Random(SEED)
    plain = [laid_out(head, chance) for _ in range(PLAIN) for head in heads if head["title"]]
    for head in [*heads, *plain, *(renamed(head, heads, chance) for _ in range(SWAPS) for head in [*heads, *plain])]:
        for kind, rows in labelled(head).items():
            seen[kind] += rows
    weights = {kind: fitted(rows, STRENGTH) for kind, rows in seen.items()}
    arguments.out.write_text(json.dumps(weights, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print({kind: (len(rows), dict(Counter(label for _, label in rows)), len(weights[kind]["weights"])) for kind, rows in seen.items()})


def labelled(head: dict[str, Any]) -> dict[str, list[tuple[list[str], str]]]:
    """(cues, label) of every line and every piece of a head."""
    seen = HeadCues(head["text"])
    lines = seen.lines
    title = _title(lines, head["title"])
    labels = [_label(n, line, title, head) for n, line in enumerate(lines)]
    found: dict[str, list[tuple[list[str], str]]] = {"line": [], "piece": []}
    for n, (_line, label) in enumerate(zip(lines, labels, strict=True)):
        found["line"].append((seen.line(n), label))
        for piece in seen.pieces(n) if label != "story" else ():
            found["piece"].append((seen.piece(n, piece, title), _names(piece, head)))
    return found


def laid_out(head: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The same article under the plainest of heads: two or three lines, in one of a few layouts; outlet, author or date may be missing."""
    text, authors = chance.choice(LAYOUTS), head["authors"][:1]
    day = date(chance.randint(1995, 2026), chance.randint(1, 12), chance.randint(1, 28))
    parts = {
        "outlet": head["outlet"] or "",
        "author": " ".join(authors),
        "date": f"{day:{chance.choice(FORMS)}}",
        "place": chance.choice(PLACES),
        "section": chance.choice(SECTIONS),
    }
    if any("{" + name + "}" in text and not parts[name] for name in ("outlet", "author")):
        text = "{title}\n\n{date}"
    told = _squash(head["title"])
    named = [name for name in ("outlet", "author", "date") if "{" + name + "}" in text]
    return {
        "text": text.format(title=told, **parts) + "\n\n" + _story_of(head["text"]),
        "title": told,
        "outlet": head["outlet"] if "outlet" in named else None,
        "authors": authors if "author" in named else [],
        "others": [parts[name] for name in ("place", "section") if "{" + name + "}" in text],
    }


def renamed(head: dict[str, Any], heads: Sequence[dict[str, Any]], chance: random.Random) -> dict[str, Any]:
    """A head with the outlet and the authors of others, in capitals where its own are."""
    text, names = head["text"], {name: "" for name in (head["outlet"], *head["authors"]) if name}
    outlets = [other["outlet"] for other in heads if other["outlet"]]
    authors = [author for other in heads for author in other["authors"]]
    for name in sorted(names, key=len, reverse=True):
        new = chance.choice(outlets if name == head["outlet"] else authors)
        names[name] = new.upper() if name.isupper() else new
        text = text.replace(name, names[name])
    if chance.random() < STRANGE:
        text = _head_of(text) + _story_of(chance.choice(heads)["text"])
    text = _shortened(text, chance) if chance.random() < SHORT else text
    title = head["title"]
    for name, new in names.items():
        title = title and title.replace(name, new)
    return {**head, "text": text, "title": title, "outlet": names.get(head["outlet"]), "authors": [names[a] for a in head["authors"] if a]}


def _story_of(text: str) -> str:
    """An article from its first long paragraph on."""
    return text[len(_head_of(text)) :]


def _head_of(text: str) -> str:
    return text[: next((m.start() for m in re.finditer(r"[^\n]+", text) if len(m.group().split()) > 20), len(text))]


def _shortened(text: str, chance: random.Random) -> str:
    """An article with less of its story: of each long paragraph the first sentence, or the first ten words or fewer as one."""
    lines = []
    for line in text.split("\n"):
        words = line.split()
        few = " ".join(words[: chance.randint(4, 10)]).rstrip(",;:—-") + "."
        short = re.split(r"(?<=[.!?])\s", line)[0] if chance.random() < 0.5 else few
        lines.append(short if len(words) > 20 else line)
    return "\n".join(lines)


def fitted(rows: Sequence[tuple[Iterable[str], str]], strength: float) -> dict[str, Any]:
    """{"labels": [...], "bias": [...], "weights": {cue: [...]}}."""
    counts = Counter(cue for seen, _ in rows for cue in set(seen))
    vectors = DictVectorizer()
    table = vectors.fit_transform([{cue: 1.0 for cue in seen if counts[cue] >= RARE} for seen, _ in rows])
    model = LogisticRegression(C=strength, max_iter=2000).fit(table, [label for _, label in rows])
    columns = zip(vectors.get_feature_names_out(), model.coef_.T, strict=True)
    weights = {str(cue): [round(float(w), 2) for w in column] for cue, column in columns if abs(column).max() >= 0.02}
    return {"labels": [str(c) for c in model.classes_], "bias": [round(float(b), 2) for b in model.intercept_], "weights": weights}


def _squash(text: str) -> str:
    return " ".join(text.split())


def _title(lines: Sequence[Any], title: str | None) -> int | None:
    """The line that is the headline: the shortest that holds it."""
    holding = [n for n, line in enumerate(lines) if title and _squash(title) in _squash(line.text)]
    return min(holding, key=lambda n: len(lines[n].text), default=None)


def _label(n: int, line: Any, title: int | None, head: dict[str, Any]) -> str:
    if n == title:
        return "title"
    words = line.text.split()
    stated = [s for s in (head["outlet"], *head["authors"], *head.get("others", ())) if s and s in line.text]
    left = line.text
    for start, end, _words in reversed(line.dates):
        left = left[:start] + left[end:]
    for words_of in sorted(stated, key=len, reverse=True):
        left = left.replace(words_of, " ")
    rest = re.findall(r"[^\W\d_]{2,}", left)
    if (
        len(rest) <= 4
        or (line.dates and len(words) <= 15 and not line.text.endswith("."))
        or ((stated or line.dates) and len(rest) * 2 < len(words) and len(words) <= 25)
    ):
        return "head"
    return "story"


def _names(piece: Any, head: dict[str, Any]) -> str:
    """What a piece names; of an outlet with what it adds of its edition too."""

    def plain(name: str) -> str:
        return re.sub(r"^the ", "", _squash(name).casefold())

    if head["outlet"] and plain(head["outlet"]) in {plain(piece.text), plain(piece.name)}:
        return "outlet"
    return "author" if any(plain(author) == plain(piece.text) for author in head["authors"]) else "other"


if __name__ == "__main__":
    main()
