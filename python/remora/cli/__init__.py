"""`remora …`: thin commands over the server's methods. Exit codes: 0 done, 1 the request failed, 2 usage.

Questions to the code graph have those of grep: 0 found, 1 nothing found, 2 an error.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the reason of a failure goes to stderr."""
    from remora.cli.parser import BadUsage, parser

    words = sys.argv[1:] if argv is None else argv
    try:
        arguments = parser().parse_args(words)
    except BadUsage as error:
        print(error, file=sys.stderr)
        if "--json" in words:
            _put_error("usage", error.message, error.next)
        return 2
    is_json, failed = getattr(arguments, "json", False), getattr(arguments, "failed", 1)
    return guarded("remora", lambda: arguments.run(arguments), is_json, failed)


def guarded(program: str, run: Callable[[], int | None], is_json: bool = False, failed: int = 1) -> int:
    """The exit code of what a program does; why it failed goes to stderr.

    Args:
        is_json: why it failed goes to stdout too, as `{"error": {"code", "message", "next"}}`.
        failed: the exit code of a failure that is no wrong usage.
    """
    from remora.errors import RemoraError, UserError

    # What a repository or a model wrote may hold characters that the terminal's encoding lacks.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return run() or 0
    except RemoraError as error:
        print(f"{program}: {error}", file=sys.stderr)
        code = error.code if isinstance(error, UserError) else "failed"
        if is_json:
            _put_error(code, str(error), next_step(str(error)))
        return 2 if code == "usage" else failed
    except KeyboardInterrupt:
        print(f"{program}: stopped.", file=sys.stderr)
        if is_json:
            _put_error("cancelled", "Stopped.", "Ask again.")
        return failed
    except BrokenPipeError:
        sys.stderr.close()
        return failed


def next_step(message: str) -> str:
    """What a message tells the user to do: its last sentence."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z`:])", message.strip())[-1]


def _put_error(code: str, message: str, step: str) -> None:
    import json

    print(json.dumps({"error": {"code": code, "message": message, "next": step}}, ensure_ascii=False))
