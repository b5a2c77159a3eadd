"""Build the store of a folder of articles: `python -m index.build [FOLDER] [--index STORE]`."""

from __future__ import annotations

import sys

from rag.cli import main

if __name__ == "__main__":
    sys.exit(main(["index", "build", *(sys.argv[1:] or ["seeds"])]))
