"""The language model behind one method, `generate`: messages in, pieces of text out as they are made.

It writes; what it is told is `prompt`'s, and whether its sentence may be shown is `verify`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from safetensors import SafetensorError

from rag import models
from rag.config import Config
from rag.errors import ModelError
from rag.prompt import Message

ADAPTER = models.WEIGHTS / "writer.safetensors"  # what the default writer learned of its task: see train/writer.py
PIECE = 40  # tokens made in one go: each go costs a third of a second beside its tokens, and a sentence is shorter
LOOKUP = 10  # tokens guessed from the prompt at a time (Saxena 2023, prompt lookup decoding)


class Writer(Protocol):
    """Anything that continues a chat. `name` is shown with the answer."""

    name: str

    def generate(self, messages: Sequence[Message], *, max_new_tokens: int) -> Iterator[str]: ...


class ToyWriter:
    """Gives back the evidence it was told: an answer that anybody can work out by hand."""

    name = "toy"

    def generate(self, messages: Sequence[Message], *, max_new_tokens: int) -> Iterator[str]:
        evidence = messages[-1]["content"].split("Evidence: ", 1)[-1].split("\n", 1)[0]
        for word in evidence.split()[:max_new_tokens]:
            yield f"{word} "


class LocalWriter:
    """A causal language model run by transformers, greedily, with prompt-lookup decoding; loaded at the first sentence."""

    def __init__(self, config: Config) -> None:
        self.name = config.writer
        self._config = config
        self._loaded: tuple[Any, Any] | None = None

    def load(self) -> tuple[Any, Any]:
        """(model, tokenizer). Raises ModelError when the model cannot be had."""
        if self._loaded is None:
            own = self.name == models.WRITER
            self._loaded = causal(self._config, models.writer_folder(self._config), ADAPTER if own else None, "RAG_WRITER=none")
        return self._loaded

    def generate(self, messages: Sequence[Message], *, max_new_tokens: int) -> Iterator[str]:
        model, tokenizer = self.load()
        import torch

        prompt = tokenizer.apply_chat_template(list(messages), add_generation_prompt=True, return_tensors="pt", return_dict=True)
        ids, start, shown = prompt["input_ids"].to(model.device), prompt["input_ids"].shape[1], ""
        while (left := start + max_new_tokens - ids.shape[1]) > 0:
            with torch.inference_mode():
                ids = model.generate(
                    ids,
                    attention_mask=torch.ones_like(ids),
                    max_new_tokens=min(PIECE, left),
                    do_sample=False,
                    prompt_lookup_num_tokens=LOOKUP,
                    pad_token_id=tokenizer.pad_token_id,
                )
            text = tokenizer.decode(ids[0, start:], skip_special_tokens=True)
            yield text[len(shown) :]
            shown = text
            if ids[0, -1] == tokenizer.eos_token_id:
                return


def causal(config: Config, folder: Path | str, adapter: Path | None, without: str) -> tuple[Any, Any]:
    """(a causal language model with an adapter added to it, its tokenizer). Raises ModelError with advice, such as what to set to do `without` it."""
    models.quiet()
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    try:
        model = AutoModelForCausalLM.from_pretrained(folder, dtype=getattr(torch, models.choose_dtype(config.dtype)[0])).eval()
        tokenizer = AutoTokenizer.from_pretrained(folder, truncation_side="left")
    except (OSError, ValueError, SafetensorError) as error:
        mend = f"delete {folder} to have it made anew" if adapter else "name a folder with a causal language model"
        raise ModelError(f"the model in {folder} could not be loaded ({str(error).splitlines()[0]}); {mend}, or set {without}") from error
    if adapter:
        models.add_update(model, adapter)
    return model, tokenizer


class ServerWriter:
    """A model on any OpenAI-compatible server: vLLM, Ollama, `transformers serve`."""

    def __init__(self, config: Config) -> None:
        self.name = config.writer
        self._server = config.server
        try:
            import openai
        except ImportError as error:
            raise ModelError("a server needs the package openai; run: pip install 'dateline-rag[server]'") from error
        self._openai = openai
        self._client = openai.OpenAI(base_url=config.server, api_key=config.server_key or "none", max_retries=1, timeout=60.0)

    def generate(self, messages: Sequence[Message], *, max_new_tokens: int) -> Iterator[str]:
        try:
            stream = self._client.chat.completions.create(
                model=self.name, messages=list(messages), max_tokens=max_new_tokens, temperature=0.0, stream=True
            )
            for piece in stream:
                if piece.choices and piece.choices[0].delta.content:
                    yield piece.choices[0].delta.content
        except self._openai.OpenAIError as error:
            raise ModelError(
                f"the server at {self._server} did not answer ({error}); start it, check RAG_SERVER and RAG_WRITER, or unset RAG_SERVER"
            ) from error


def load_writer(config: Config) -> Writer | None:
    """The writer that a configuration names; None when answers are quotes alone. Nothing is loaded yet."""
    if config.writer == "none":
        return None
    if config.writer == "toy":
        return ToyWriter()
    return ServerWriter(config) if config.server else LocalWriter(config)
