"""``python -m tests.fuzz``: generated and mutated inputs, counted and held to what the tables promise.

Compiled code runs with its bounds checked, from a cache of its own (``build/numba-checked``): checked and unchecked code
would take each other's place in one cache. The environment is set here, before anything compiled is imported.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHECKED_CACHE = ROOT / "build" / "numba-checked"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.split("\n")[0])
    parser.add_argument("--what", choices=("readers", "extraction", "both"), default="both")
    parser.add_argument("--seed", type=int, default=1, help="the same seed and number give the same input")
    parser.add_argument("--count", type=int, default=1000, help="inputs of each kind")
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument(
        "--save", type=Path, default=ROOT / "build" / "fuzz", help="folder for inputs that break something"
    )
    parser.add_argument("--keep-going", action="store_true", help="go on after a finding")
    parser.add_argument("--seconds", type=int, default=120, help="processor time that a batch may take")
    parser.add_argument("--part", type=int, default=None, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    os.environ["NUMBA_BOUNDSCHECK"] = "1"
    os.environ.setdefault("NUMBA_CACHE_DIR", str(CHECKED_CACHE))
    asked = arguments()
    if asked.processes > 1 and asked.part is None:
        command = [sys.executable, "-m", "tests.fuzz", *sys.argv[1:]]
        parts = [subprocess.Popen([*command, "--part", str(part)], cwd=ROOT) for part in range(asked.processes)]
        return max(abs(part.wait()) for part in parts)
    from tests.fuzz.campaign import run_campaign

    kinds = ("readers", "extraction") if asked.what == "both" else (asked.what,)
    return max(run_campaign(kind, asked) for kind in kinds)


if __name__ == "__main__":
    sys.exit(main())
