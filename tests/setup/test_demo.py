"""The demo runs in the users' environment, which has no pytest."""

import subprocess
import sys
from pathlib import Path

DEMO = Path(__file__).parents[2] / "scripts" / "demo.py"


def test_the_demo_needs_nothing_that_only_developers_have():
    code = (
        "import sys, runpy; sys.modules['pytest'] = None; sys.modules['hypothesis'] = None; runpy.run_path(sys.argv[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(DEMO)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
