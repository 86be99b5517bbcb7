"""`remora …`: thin commands over the server's methods. Exit codes: 0 done, 1 the request failed, 2 usage."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the reason of a failure goes to stderr."""
    from remora.cli.parser import parser
    from remora.errors import RemoraError

    arguments = parser().parse_args(argv)
    try:
        return arguments.run(arguments) or 0
    except RemoraError as error:
        print(f"remora: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("remora: stopped.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
