"""New imports find their place."""

from __future__ import annotations

import pytest

from remora.codegraph.edits import add_imports
from remora.codegraph.hunks import apply_hunks, hunks_of


def added(base: str, *lines: str) -> str:
    edit = add_imports(base, "a.py", "a.py-a-<module>", lines, "CODE_IMPLEMENTATION")
    return apply_hunks(base, hunks_of(base, [edit])) if edit else base


@pytest.mark.parametrize(
    ("base", "lines", "after"),
    [
        ("import os\n\nx = 1\n", ("import re",), "import os\nimport re\n\nx = 1\n"),
        (
            "import os\n\nfrom shop import cart\n",
            ("from decimal import Decimal",),
            "import os\nfrom decimal import Decimal\n\nfrom shop import cart\n",
        ),
        (
            "import os\n\nfrom shop import cart\n",
            ("from shop.tax import rate",),
            "import os\n\nfrom shop import cart\nfrom shop.tax import rate\n",
        ),
        (
            "import os\nimport numpy\n",
            ("import re", "import scipy"),
            "import os\nimport re\nimport numpy\nimport scipy\n",
        ),
        ("from shop import cart\n", ("import re",), "from shop import cart\nimport re\n"),
        ('"""Doc."""\n\nx = 1\n', ("import re",), '"""Doc."""\n\nimport re\n\nx = 1\n'),
        ("x = 1\n", ("import re",), "import re\n\nx = 1\n"),
        ("", ("import re",), "import re\n"),
        ("import os\n", ("import os",), "import os\n"),
        (
            "from decimal import Decimal, ROUND_HALF_UP\n",
            ("from decimal import Decimal",),
            "from decimal import Decimal, ROUND_HALF_UP\n",
        ),
        (
            "from shop import (\n    cart,\n    tax,\n)\n",
            ("from shop import till",),
            "from shop import (\n    cart,\n    tax,\n)\nfrom shop import till\n",
        ),
    ],
)
def test_an_import_joins_its_like(base: str, lines: tuple[str, ...], after: str):
    assert added(base, *lines) == after
    compile(after, "a.py", "exec")
