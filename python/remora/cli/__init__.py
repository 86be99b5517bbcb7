"""`remora …`: thin commands over the server's methods. Exit codes: 0 done, 1 the request failed, 2 usage."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the reason of a failure goes to stderr."""
    from remora.cli.parser import parser

    arguments = parser().parse_args(argv)
    return guarded("remora", lambda: arguments.run(arguments))


def guarded(program: str, run: Callable[[], int | None]) -> int:
    """The exit code of what a program does; why it failed goes to stderr."""
    from remora.errors import RemoraError

    # What a repository or a model wrote may hold characters that the terminal's encoding lacks.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return run() or 0
    except RemoraError as error:
        print(f"{program}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"{program}: stopped.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
