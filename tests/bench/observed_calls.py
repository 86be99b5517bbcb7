"""Which calls really happen inside a package while something runs: a truth for recall, in the form `callgraph.py` reads.

    python tests/bench/observed_calls.py FOLDER --out FILE -- -m pytest FOLDER/tests
    python tests/bench/observed_calls.py FOLDER --out FILE -- driver.py its arguments

FOLDER is the folder that holds the package. Needs nothing but Python, so that it runs in the project's own environment.
Both ends of a call stand in FOLDER; a call that reaches its target through a built-in function is its caller's, one that
comes back through another package is nobody's. Left out are generators, whose frames run on for whoever iterates, and
what operators and built-in functions call by protocol (`__eq__`, `__len__`, …).
"""

from __future__ import annotations

import argparse
import json
import runpy
import sys
import threading
from collections import defaultdict
from pathlib import Path
from types import CodeType, FrameType

AROUND = {"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"}
CALLED_BY_SYNTAX = {"__init__", "__new__", "__call__", "__enter__", "__exit__", "__iter__", "__next__"}
GENERATOR = 0x20 | 0x80 | 0x200  # CO_GENERATOR, CO_COROUTINE, CO_ASYNC_GENERATOR
FUNCTION = 0x02  # CO_NEWLOCALS: not a module, not a class body

Identity = tuple[str, int, bytes]


def identity(code: CodeType) -> Identity:
    return (code.co_name, code.co_firstlineno, code.co_linetable)


class Names:
    """Dotted names of the code objects of the files below a folder; lambdas are numbered in their scope."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.by_file: dict[str, dict[Identity, str]] = {}

    def of(self, code: CodeType) -> str | None:
        file = code.co_filename
        if file not in self.by_file:
            self.by_file[file] = self._read(file)
        return self.by_file[file].get(identity(code))

    def _read(self, file: str) -> dict[Identity, str]:
        try:
            relative = Path(file).resolve().relative_to(self.folder)
            code = compile(Path(file).read_bytes(), file, "exec")
        except (OSError, ValueError, SyntaxError):
            return {}
        parts = relative.with_suffix("").parts
        names: dict[Identity, str] = {}
        self._walk(code, ".".join(parts[:-1] if parts[-1] == "__init__" else parts), names, defaultdict(int))
        return names

    def _walk(self, code: CodeType, name: str, names: dict[Identity, str], lambdas: dict[str, int]) -> None:
        names[identity(code)] = name
        inner = [one for one in code.co_consts if isinstance(one, CodeType)]
        for one in sorted(inner, key=first_place):
            if one.co_name in AROUND:
                self._walk(one, name, names, lambdas)
            elif one.co_name == "<lambda>":
                lambdas[name] += 1
                self._walk(one, f"{name}.<lambda{lambdas[name]}>", names, lambdas)
            else:
                self._walk(one, f"{name}.{one.co_name}", names, lambdas)


def first_place(code: CodeType) -> tuple[int, int]:
    columns = [col for row, _, col, _ in code.co_positions() if row == code.co_firstlineno and col is not None]
    return (code.co_firstlineno, min(columns, default=0))


class Recorder:
    def __init__(self, folder: Path) -> None:
        self.names = Names(folder)
        self.edges: dict[str, set[str]] = defaultdict(set)

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event != "call" or code.co_flags & GENERATOR or not code.co_flags & FUNCTION or code.co_name in AROUND:
            return
        name = code.co_name
        if name.startswith("__") and name.endswith("__") and name not in CALLED_BY_SYNTAX:
            return
        if (callee := self.names.of(code)) is None or frame.f_back is None:
            return
        if (caller := self.names.of(frame.f_back.f_code)) is not None:
            self.edges[caller].add(callee)


def main() -> int:
    parser = argparse.ArgumentParser(description="Record the calls inside a package.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    at = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    options, command = parser.parse_args(sys.argv[1:at]), sys.argv[at + 1 :]
    if command[:1] == ["-m"]:
        run, command = runpy.run_module, command[1:]
    else:
        run = runpy.run_path
    if not command:
        parser.error("name what to run after --")
    recorder = Recorder(options.folder.resolve())
    sys.argv = command
    sys.path.insert(0, str(options.folder.resolve()))
    threading.setprofile(recorder)
    sys.setprofile(recorder)
    try:
        run(command[0], run_name="__main__")
    except SystemExit as left:
        print(f"left with {left.code}", file=sys.stderr)
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    truth = {caller: sorted(callees) for caller, callees in sorted(recorder.edges.items())}
    options.out.write_text(json.dumps(truth, indent=1) + "\n", encoding="utf-8")
    print(f"{sum(map(len, truth.values()))} calls of {len(truth)} callers", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
