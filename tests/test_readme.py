"""The README says what the code does: its tree, its commands, its settings."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from rag import Config

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return re.split(r"^## ", README, flags=re.MULTILINE)[
        [h.split("\n")[0] for h in re.split(r"^## ", README, flags=re.MULTILINE)].index(title)
    ]


def test_the_tree_is_the_tree():
    """Every folder that the README draws exists, and every room of rag/ is drawn."""
    drawing = section("The house").split("```")[1]
    folders = [name for name in re.findall(r"^(?:└── )?([a-z]+)/", drawing, flags=re.MULTILINE) if name != "weights"]
    assert all((ROOT / folder).is_dir() for folder in folders)
    assert {p.parent.name for p in ROOT.glob("*/*.py")} <= set(folders)
    assert {p.stem for p in (ROOT / "rag").glob("*.py")} - {"__main__"} <= set(re.findall(r"\w+", drawing))


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make (\w+)", README))))
def test_every_make_command_exists(target):
    """Each `make` command of the README is a target."""
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_every_setting_is_told():
    """Each field of Config stands in the README with its environment variable."""
    told = set(re.findall(r"`RAG_(\w+)`", README))
    assert told == {field.name.upper() for field in dataclasses.fields(Config)}


def test_dependencies_are_told():
    """Each package that the library needs stands in the README with its reason."""
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("dependencies = [")[1].split("]")[0]
    needed = re.findall(r'"([a-z0-9-]+)[<>=]', lines)
    assert [name for name in needed if name not in section("What it stands on")] == []


def test_the_picture_is_there():
    """The picture of the chat exists."""
    for path in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (ROOT / path).is_file()
