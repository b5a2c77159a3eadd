"""How long a new process takes to answer, and how much memory it needs: `python -m bench.cold [QUESTION] [--times N]`.

Beside it, the share of that time that importing the libraries takes, which any program on the same libraries pays.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time

IMPORTS = "import torch, sentence_transformers, faiss; from transformers import AutoModelForCausalLM, AutoTokenizer, AutoModelForQuestionAnswering"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.cold", description=__doc__)
    parser.add_argument("question", nargs="?", default="When did the foreign ministers of Armenia and Azerbaijan meet in Tehran?")
    parser.add_argument("--times", type=int, default=5)
    arguments = parser.parse_args()
    asked = [seconds([sys.executable, "-m", "rag", "ask", arguments.question]) for _ in range(arguments.times)]
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    imported = [seconds([sys.executable, "-c", IMPORTS]) for _ in range(arguments.times)]
    middle = statistics.median(asked)
    print(f"rag ask, a new process each: median {middle:.1f} s, slowest {max(asked):.1f} s, memory at most {memory:.2f} GiB")
    print(f"importing its libraries alone: median {statistics.median(imported):.1f} s, {statistics.median(imported) / middle:.0%} of it")


def seconds(command: list[str]) -> float:
    """Wall-clock seconds of a command. Raises CalledProcessError when it fails."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
