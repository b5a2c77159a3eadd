"""The seam to the language model: the toy, the real one, and a real server."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from unittest.mock import MagicMock

import pytest

from rag import Config, ModelError, models, writer
from rag.models import writer_folder
from rag.writer import LocalWriter, ServerWriter, ToyWriter, load_writer

CHAT = [{"role": "user", "content": "Evidence: The ferry left Rona with 42 people on board.\nQuestion: How many people were on board?"}]


def test_the_toy_says_its_evidence():
    """The toy writer gives back the evidence word for word."""
    assert "".join(ToyWriter().generate(CHAT, max_new_tokens=20)).strip() == "The ferry left Rona with 42 people on board."


def test_no_writer_for_quotes_alone():
    """The writer "none" is no writer."""
    assert load_writer(Config(writer="none")) is None


def test_a_folder_without_a_model_is_one_line(tmp_path):
    """A writer that is no model raises ModelError with advice."""
    with pytest.raises(ModelError, match="RAG_WRITER=none"):
        list(LocalWriter(Config(writer=str(tmp_path))).generate(CHAT, max_new_tokens=2))


def test_a_writer_without_its_adapter_is_never_used(tmp_path, monkeypatch):
    """When the adapter is missing, every attempt to load the default writer raises ModelError, not only the first."""
    import transformers

    monkeypatch.setattr(writer, "ADAPTER", tmp_path / "missing.safetensors")
    monkeypatch.setattr(models, "writer_folder", lambda config: tmp_path)
    for name in ("AutoModelForCausalLM", "AutoTokenizer"):
        monkeypatch.setattr(getattr(transformers, name), "from_pretrained", lambda *_args, **_kwargs: MagicMock())
    local = LocalWriter(Config())
    for _attempt in range(2):
        with pytest.raises(ModelError, match="missing.safetensors"):
            local.load()


@pytest.mark.filterwarnings("default")
def test_a_server_that_is_not_there_is_one_line():
    """A server that does not answer raises ModelError with advice."""
    writer = ServerWriter(Config(writer="x", server="http://127.0.0.1:9/v1"))
    with pytest.raises(ModelError, match="check RAG_SERVER"):
        list(writer.generate(CHAT, max_new_tokens=2))


@pytest.fixture(scope="module")
def local():
    return LocalWriter(Config())


@pytest.mark.full
@pytest.mark.filterwarnings("default")
def test_pieces_make_the_text_of_one_go():
    """The pieces of the stream together are what one greedy call without lookup gives, in float32, where no rounding can tip a tie."""
    import torch

    local = LocalWriter(Config(dtype="float32"))
    model, tokenizer = local.load()
    pieces = list(local.generate(CHAT, max_new_tokens=60))
    prompt = tokenizer.apply_chat_template(CHAT, add_generation_prompt=True, return_tensors="pt", return_dict=True)
    with torch.inference_mode():
        whole = model.generate(**prompt, max_new_tokens=60, do_sample=False)
    assert "".join(pieces) == tokenizer.decode(whole[0, prompt["input_ids"].shape[1] :], skip_special_tokens=True)


@pytest.mark.full
def test_no_more_tokens_than_allowed(local):
    """The text has at most max_new_tokens tokens."""
    text = "".join(local.generate(CHAT, max_new_tokens=5))
    assert 0 < len(local.load()[1](text)["input_ids"]) <= 5


@pytest.fixture
def server():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from transformers.cli.transformers import main; main()"]
    process = subprocess.Popen([*command, "serve", "--host", "127.0.0.1", "--port", str(port), str(writer_folder(Config()))])
    for _second in range(120):
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/health") as answer:  # our own server
            if answer.status == 200:
                break
        time.sleep(1)
    yield f"http://127.0.0.1:{port}/v1"
    process.terminate()
    process.wait()


@pytest.mark.full
@pytest.mark.filterwarnings("default")
def test_a_real_server_writes(server):
    """An OpenAI-compatible server on this machine answers through the same seam, in pieces."""
    writer = ServerWriter(Config(writer=str(writer_folder(Config())), server=server))
    pieces = list(writer.generate(CHAT, max_new_tokens=40))
    assert len(pieces) > 1
    assert "42" in "".join(pieces)
