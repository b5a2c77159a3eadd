"""Arguments win over the environment, which wins over the defaults; a setting without a meaning raises ConfigError."""

import dataclasses
import os
from datetime import date
from pathlib import Path

import pytest

from rag.config import Config
from rag.errors import ConfigError


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch):
    """Without the settings of the machine that runs the tests."""
    for name in [name for name in os.environ if name.startswith("RAG_")]:
        monkeypatch.delenv(name)


def test_defaults_have_a_meaning():
    """Without arguments and environment the defaults hold."""
    config = Config()
    assert (config.embedder, config.k, config.refuse_below, config.dtype, config.server) == ("all-MiniLM-L6-v2", 12, 0.25, "auto", "")


@pytest.mark.parametrize("name", [f.name for f in dataclasses.fields(Config)])
def test_every_field_has_its_variable(monkeypatch, name):
    """Every field is read from RAG_ and its name in capitals."""
    value = {
        "dtype": "float32",
        "server": "http://127.0.0.1:8000/v1",
        "judge": "none",
        "rewriter": "none",
        "search": "dense",
        "today": "2024-05-10",
    }.get(name, "1")
    monkeypatch.setenv(f"RAG_{name.upper()}", value)
    assert str(getattr(Config(), name)) in {value, f"{value}.0"}


def test_a_judge_is_on_or_off():
    """Another judge than the shipped one is a ConfigError with both choices."""
    with pytest.raises(ConfigError, match="use auto or none"):
        Config(judge="some/model")


def test_argument_wins_over_environment(monkeypatch):
    """An argument wins over the environment."""
    monkeypatch.setenv("RAG_K", "7")
    assert Config(k=5).k == 5


def test_empty_variable_is_none(monkeypatch):
    """An empty variable counts as not set."""
    monkeypatch.setenv("RAG_K", "")
    assert Config().k == 12


def test_environment_is_read_at_each_making(monkeypatch):
    """The environment is read when a configuration is made, not when the module is imported."""
    before = Config().k
    monkeypatch.setenv("RAG_K", "7")
    assert (before, Config().k) == (12, 7)


def test_numbers_of_the_environment_are_numbers(monkeypatch):
    """A number from the environment has the type of its field."""
    monkeypatch.setenv("RAG_K", "7")
    monkeypatch.setenv("RAG_REFUSE_BELOW", "0.25")
    config = Config()
    assert [(type(value), value) for value in (config.k, config.refuse_below)] == [(int, 7), (float, 0.25)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("k", 0), ("k", 101), ("k", "many"), ("k", None), ("max_sentences", 0), ("max_sentences", 11), ("max_new_tokens", 0),
        ("max_new_tokens", 1001), ("refuse_below", -0.1), ("refuse_below", 1.1), ("refuse_below", float("nan")),
    ],
)  # fmt: skip
def test_number_out_of_range_says_the_range(name, value):
    """A number outside its range raises ConfigError that names the setting and the range."""
    with pytest.raises(ConfigError, match=rf"^{name} is .*; use a number from \d"):
        Config(**{name: value})


@pytest.mark.parametrize(("name", "value"), [("k", 1), ("k", 100), ("refuse_below", 0.0), ("refuse_below", 1.0)])
def test_ends_of_a_range_are_allowed(name, value):
    """The ends of a range belong to it."""
    assert getattr(Config(**{name: value}), name) == value


def test_wrong_variable_raises(monkeypatch):
    """A variable without a meaning raises ConfigError."""
    monkeypatch.setenv("RAG_K", "many")
    with pytest.raises(ConfigError, match="k is 'many'; use a number from 1 to 100"):
        Config()


def test_unknown_dtype_says_the_known_ones():
    """An unknown dtype raises ConfigError that names the known ones."""
    with pytest.raises(ConfigError, match="'int8' is unknown; use auto, bfloat16 or float32"):
        Config(dtype="int8")


def test_server_needs_an_address():
    """A server that is no web address raises ConfigError that shows one."""
    with pytest.raises(ConfigError, match="is no address; use one like http://"):
        Config(server="localhost:8000")


def test_key_is_not_shown(monkeypatch):
    """The key of a server is not shown when a configuration is printed."""
    monkeypatch.setenv("RAG_SERVER_KEY", "open sesame")
    config = Config()
    assert (config.server_key, "sesame" in repr(config)) == ("open sesame", False)


def test_home_is_expanded(monkeypatch, tmp_path):
    """A tilde in the path of the cache is the home folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Config(cache="~/models").cache_dir == Path(tmp_path, "models")


def test_config_is_frozen():
    """A configuration cannot be changed once it is made."""
    config = Config()
    with pytest.raises(dataclasses.FrozenInstanceError):
        config.k = 3  # type: ignore[misc]


def test_equal_settings_are_one_key():
    """Two configurations with the same settings are one key of a dictionary."""
    assert len({Config(k=3), Config(k=3), Config(k=4)}) == 2


def test_infinite_number_says_the_range():
    """An infinite number raises ConfigError."""
    with pytest.raises(ConfigError, match="use a number from 1 to 100"):
        Config(k=float("inf"))  # type: ignore[arg-type]


def test_fraction_of_a_passage_raises():
    """A fraction where a whole number is meant raises ConfigError."""
    with pytest.raises(ConfigError, match="use a number from 1 to 100"):
        Config(k=2.9)  # type: ignore[arg-type]


def test_today_is_the_day_that_is_set():
    """Today is the day that was set, which must be one."""
    assert Config(today="2024-05-10").day == date(2024, 5, 10)
    with pytest.raises(ConfigError, match="write it like 2024-05-10"):
        Config(today="May 10")
