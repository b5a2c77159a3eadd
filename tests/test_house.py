"""The shape of the house: layers, door, what is installed, how deep the writer lies."""

from __future__ import annotations

import ast
import doctest
import importlib
import sys
import traceback
import zipfile
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import rag
from rag.writer import ToyWriter

ROOT = Path(__file__).parent.parent
LAYERS = {
    0: {"types", "errors", "text"},
    1: {
        "comparable",
        "completed",
        "config",
        "corpus",
        "counted",
        "cues",
        "cuts",
        "dateline",
        "dates",
        "embed",
        "follow",
        "head",
        "layout",
        "lexicon",
        "models",
        "periods",
        "phrases",
        "pieces",
        "press",
        "prompt",
        "pronouns",
        "question",
        "replaced",
        "retimed",
        "scope",
        "tense",
        "untold",
        "values",
    },
    2: {
        "compare",
        "decide",
        "gates",
        "index",
        "judge",
        "observed",
        "order",
        "posed",
        "quotes",
        "reader",
        "rewriter",
        "shortlist",
        "spans",
        "store",
        "verify",
        "views",
        "writer",
    },
    3: {"pipeline"},
    4: {"__init__", "__main__", "cli"},
}
LEVEL = {name: level for level, names in LAYERS.items() for name in names}
ROOMS = sorted((ROOT / "rag").glob("*.py"))


def imported(path: Path) -> set[str]:
    """The modules that a file imports, at the top or inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names if node.module == "rag"}
    return found


def rooms_of(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imported(path) if name.startswith("rag.")} & LEVEL.keys() - {path.stem}


@pytest.mark.parametrize("path", ROOMS, ids=lambda p: p.stem)
def test_imports_point_down_or_sideways(path):
    """A room imports rooms of its own layer or below."""
    assert all(LEVEL[room] <= LEVEL[path.stem] for room in rooms_of(path))


def test_no_imports_go_in_a_circle():
    """The rooms can be put into an order in which each imports earlier ones only."""
    TopologicalSorter({path.stem: rooms_of(path) for path in ROOMS if path.stem != "__init__"}).prepare()


@pytest.mark.parametrize("name", sorted(LAYERS[0]))
def test_the_lowest_layer_needs_the_standard_library_only(name):
    """types, errors and text import nothing that is installed."""
    outside = {module.split(".")[0] for module in imported(ROOT / "rag" / f"{name}.py")}
    assert outside <= sys.stdlib_module_names | {"rag"}


@pytest.mark.parametrize(
    "path",
    [p for d in ("index", "ui", "eval", "bench", "train") for p in (ROOT / d).glob("*.py")],
    ids=lambda p: f"{p.parent.name}-{p.stem}",
)
def test_programs_use_the_public_name(path):
    """Programs beside the library import `rag` and their own folder, nothing of rag's inside but its command line."""
    inside = {name for name in imported(path) if name.startswith("rag.")} - {"rag.cli", "rag.cli.main"}
    assert all(name.removeprefix("rag.") in rag.__all__ for name in inside)


def test_the_door_is_sorted_and_complete():
    """`__all__` is sorted and names exactly what is visible."""
    visible = {name for name, value in vars(rag).items() if not name.startswith("_") and getattr(value, "__module__", "").startswith("rag")}
    assert rag.__all__ == sorted(rag.__all__)
    assert set(rag.__all__) == visible


def test_a_wheel_installs_only_rag(tmp_path):
    """A built wheel holds the package rag with its type marker, and nothing else that can be imported."""
    from hatchling.builders.wheel import WheelBuilder

    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"rag"}
    assert "rag/py.typed" in names


def test_the_writer_lies_four_calls_below_answer(toy_config, monkeypatch):
    """From rag.answer to the writer's generate there are at most four calls."""
    depths: list[int] = []

    def generate(_self, _messages, *, max_new_tokens):
        stack = [frame.name for frame in traceback.extract_stack() if Path(frame.filename).parent == ROOT / "rag"]
        depths.append(len(stack) - stack.index("answer"))
        yield "no"

    monkeypatch.setattr(ToyWriter, "generate", generate)
    rag.answer("How many people were on board the ferry to Rona?", config=toy_config)
    assert depths
    assert max(depths) <= 4


@pytest.mark.parametrize("path", ROOMS, ids=lambda p: p.stem)
def test_rooms_are_small(path):
    """No room of the library is longer than 300 lines."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_no_word_of_the_seeds_decides_anything():
    """No name that only the seed articles use stands in the code outside of comments and docstrings."""
    names = set(
        "Karabakh Armenia Azerbaijan Azeri Baku Yerevan Tehran Tbilisi Caucasus Lavrov Pashinyan Raisi Aliyev WION Mehr Bayramov Mirzoyan Zakharova"
        " Abdollahian Pezeshkian Khatibzadeh Kalbajar Zangezur Lachin".split()
    )
    for path in [p for folder in ("rag", "train", "ui", "index") for p in (ROOT / folder).glob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {ast.get_docstring(n, clean=False) for n in ast.walk(tree) if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef)}
        strings = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str) and n.value not in docs]
        assert not [s for s in strings if any(name in s for name in names)], path.name


@pytest.mark.parametrize(
    "path", [p for d in ("eval", "train", "ui") for p in sorted((ROOT / d).glob("*.py"))], ids=lambda p: f"{p.parent.name}.{p.stem}"
)
def test_the_examples_of_the_programs_are_true(path):
    """What a docstring of a program shows comes out as it says; those of `rag` are collected by pytest itself."""
    assert doctest.testmod(importlib.import_module(f"{path.parent.name}.{path.stem}")).failed == 0
