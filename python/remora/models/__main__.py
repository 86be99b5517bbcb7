"""`python -m remora.models [NAME...]`: get the models that are not here yet; without a name, the default one."""

from __future__ import annotations

import sys

from remora.config import places
from remora.errors import UserError
from remora.models.catalogue import DEFAULT, find
from remora.models.local import require
from remora.models.terminal import pull_in_terminal


def main(names: list[str]) -> int:
    for name in names or [DEFAULT]:
        try:
            model = find(name)
            directory = places().models
            try:
                require(model, directory)
            except UserError:
                pull_in_terminal(model, directory)
        except UserError as error:
            print(f"remora: {error}", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            print(f"\nremora: stopped; the next pull of {name} goes on from here.", file=sys.stderr)
            return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
