"""Train the writer's adapter: `python -m train.writer --data DIR --base FOLDER [--out FILE]`.

A low-rank adapter (Hu et al. 2021, by peft) on every linear layer, taught to answer in one short sentence made of the evidence's own
words, with the same prompt that the pipeline uses. `rag/writer.py` adds it to the weights when it loads.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, AutoTokenizer

from rag import Document, Evidence, messages
from train.loop import Checkpoint, How, descend
from train.lora import adapted, factors, restore
from train.writing_data import Written, training_examples

LENGTH = 320
BATCH = 8
RATE = 3e-4
RANK = 16
Encoded = tuple[list[int], int]  # token ids, where what is to be written begins


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m train.writer", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the public data")
    parser.add_argument("--base", type=Path, required=True, help="folder of the converted SmolLM2-135M-Instruct, in the cache")
    parser.add_argument("--out", type=Path, default=Path("rag/weights/writer.safetensors"))
    parser.add_argument("--checkpoint", type=Path, default=Path("writer-checkpoint.safetensors"))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--most", type=int, default=1120, help="examples (the shipped adapter: 1120)")
    arguments = parser.parse_args()
    examples = training_examples(arguments.data, arguments.seed, arguments.most)
    print(json.dumps({"examples": len(examples), **Counter(e.kind for e in examples)}), flush=True)
    tokenizer = AutoTokenizer.from_pretrained(arguments.base)
    adapter = learn(
        arguments.base,
        [encode(tokenizer, e) for e in examples],
        How(arguments.seed, BATCH, RATE),
        rank=RANK,
        checkpoint=arguments.checkpoint,
    )
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    save_file(adapter, arguments.out, metadata={"rank": str(RANK), "seed": str(arguments.seed)})


def learn(base: Path, encoded: Sequence[Encoded], how: How, *, rank: int, checkpoint: Path) -> dict[str, torch.Tensor]:
    """Once over the texts; the adapter as `name.up` and `name.down`, whose product is added to the weight `name`. Resumes from the checkpoint
    when it holds one of the same texts.

    Raises SystemExit when it holds another training's.
    """
    torch.manual_seed(how.seed)
    kept = Checkpoint(checkpoint, how, rank, list(encoded))
    device = "cuda" if torch.cuda.is_available() else "cpu"
    plain = AutoModelForCausalLM.from_pretrained(base, dtype=torch.bfloat16, attn_implementation="eager").to(device)
    model = adapted(plain, rank)
    if kept.done:
        restore(model, checkpoint)
    model.train()
    batches = list(_batches(encoded, how.batch))

    def loss_of(batch: dict[str, torch.Tensor]) -> torch.Tensor:
        return _loss(plain, {name: tensor.to(device) for name, tensor in batch.items()})

    for step in descend(model, batches, loss_of, how, done=kept.done):
        if kept.due(step, len(batches)):
            kept.keep(factors(model), step)
    return factors(model)


def _loss(model: Any, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """Cross-entropy of the words to be written; the vocabulary is scored at their places alone."""
    hidden = model.model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).last_hidden_state
    following = batch["labels"][:, 1:]
    learned = following != -100
    return torch.nn.functional.cross_entropy(model.lm_head(hidden[:, :-1][learned]).float(), following[learned])


def encode(tokenizer: Any, example: Written) -> Encoded:
    """(token ids, where the sentence begins that is learned)."""
    evidence = Evidence(Document("training", "", example.evidence), 0, len(example.evidence), example.evidence, 1.0)
    prompt = tokenizer.apply_chat_template(messages(example.question, evidence), add_generation_prompt=True, tokenize=False)
    before = tokenizer(prompt, add_special_tokens=False)["input_ids"]
    after = tokenizer(example.target, add_special_tokens=False)["input_ids"] + [tokenizer.eos_token_id]
    return (before + after)[:LENGTH], len(before)


def _batches(encoded: Sequence[Encoded], size: int) -> Iterator[dict[str, torch.Tensor]]:
    """Batches of like length, padded to a multiple of 32; only what is to be written counts."""
    for n in range(0, len(encoded), size * 25):
        pool = sorted(encoded[n : n + size * 25], key=lambda e: len(e[0]))
        groups = [pool[m : m + size] for m in range(0, len(pool), size)]
        for group in groups[::2] + groups[1::2]:
            width = -(-max(len(ids) for ids, _start in group) // 32) * 32
            rows = [ids + [0] * (width - len(ids)) for ids, _start in group]
            labels = [[-100] * start + ids[start:] + [-100] * (width - len(ids)) for ids, start in group]
            mask = [[1] * len(ids) + [0] * (width - len(ids)) for ids, _start in group]
            yield {"input_ids": torch.tensor(rows), "attention_mask": torch.tensor(mask), "labels": torch.tensor(labels)}


if __name__ == "__main__":
    main()
