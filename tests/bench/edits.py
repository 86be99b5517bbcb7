"""How many ordinary requests a model gets through, end to end: asked, read, checked, applied, and then tested.

    python tests/bench/edits.py [--model NAME] [--engine SPEC] [--only PART] [--show]

Prints one row per request and the totals as a Markdown table for doc/measured.md.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from remora.config import Config, places
from remora.engine import open_engine
from remora.engine.queue import Queue
from remora.errors import RemoraError
from remora.models import catalogue
from remora.models.local import require
from remora.repo.root import find_root
from remora.session import Selection
from remora.workspace import Workspace

SOURCE = '''"""Orders and what they cost."""

import json
from dataclasses import dataclass, field


@dataclass
class Item:
    name: str
    price: float
    quantity: int = 1


class Order:
    """What one customer wants."""

    def __init__(self, items=None):
        self.items = items or []
        self.paid = False

    def add(self, item):
        self.items.append(item)

    def total(self):
        total = 0
        for item in self.items:
            total += item.price * item.quantity
        return total

    @property
    def names(self):
        return [item.name for item in self.items]

    def find(self, name):
        for item in self.items:
            if item.name == name:
                return item

    def to_json(self):
        return json.dumps([item.name for item in self.items])


def average(numbers):
    return sum(numbers) / len(numbers)


def word_count(text):
    counts = {}
    for word in text.split():
        counts[word] = counts.get(word, 0) + 1
    return counts


def last(items, count):
    return items[len(items) - count - 1:]


def slug(title):
    return title.replace(" ", "-")


def read_lines(path):
    file = open(path)
    lines = file.readlines()
    file.close()
    return lines
'''


@dataclass(frozen=True)
class Case:
    key: str
    request: str
    check: str
    """Python that raises when the edited module, as `m`, does not do what was asked."""


CASES = (
    Case("Order.total", "round the result to two decimals", "assert m.Order([m.Item('a', 0.1, 3)]).total() == 0.3"),
    Case(
        "Order.total",
        "return a Decimal rounded half up to two decimals",
        "from decimal import Decimal as D\nassert m.Order([m.Item('a', 1.005, 1)]).total() in (D('1.00'), D('1.01'))\n"
        "assert isinstance(m.Order([m.Item('a', 2, 1)]).total(), D)",
    ),
    Case(
        "Order.find",
        "raise KeyError when there is no such item",
        "import pytest\nwith pytest.raises(KeyError): m.Order().find('x')",
    ),
    Case("Order.names", "sort the names", "assert m.Order([m.Item('b', 1), m.Item('a', 1)]).names == ['a', 'b']"),
    Case(
        "Order.add",
        "refuse items with a negative price by raising ValueError",
        "import pytest\nwith pytest.raises(ValueError): m.Order().add(m.Item('a', -1))\nm.Order().add(m.Item('a', 1))",
    ),
    Case(
        "Order.to_json",
        "include the price of each item as a dict with name and price",
        "import json\nassert json.loads(m.Order([m.Item('a', 2)]).to_json()) == [{'name': 'a', 'price': 2}]",
    ),
    Case("average", "return 0 for an empty list", "assert m.average([]) == 0 and m.average([2, 4]) == 3"),
    Case("average", "add type hints", "assert m.average.__annotations__.get('return') and m.average([2, 4]) == 3"),
    Case("average", "add a docstring", "assert m.average.__doc__ and m.average([2, 4]) == 3"),
    Case("word_count", "ignore case", "assert m.word_count('A a b') == {'a': 2, 'b': 1}"),
    Case(
        "word_count",
        "use collections.Counter",
        "import inspect\nassert m.word_count('a a b') == {'a': 2, 'b': 1} and 'Counter' in inspect.getsource(m.word_count)",
    ),
    Case(
        "last", "fix the off-by-one bug: it must return the last count items", "assert m.last([1, 2, 3], 2) == [2, 3]"
    ),
    Case(
        "slug",
        "lower the case and drop everything that is not a letter, a digit or a dash",
        "assert m.slug('Hello, World 2') == 'hello-world-2'",
    ),
    Case(
        "read_lines",
        "use a with statement",
        "import inspect, tempfile, os\nassert 'with ' in inspect.getsource(m.read_lines)",
    ),
    Case("Item", "add a method cost that returns price times quantity", "assert m.Item('a', 2.0, 3).cost() == 6"),
)


@dataclass(frozen=True)
class Result:
    case: Case
    outcome: str
    attempts: int
    prompt_tokens: int
    answer_tokens: int
    seconds: float


async def run_case(case: Case, queue: Queue, folder: Path, show: bool) -> Result:
    (folder / "pyproject.toml").write_text("[project]\nname = 'orders'\n")
    app = folder / "orders.py"
    app.write_text(SOURCE)
    workspace = Workspace(find_root(app), folder.parent / f"{folder.name}-state", Config())
    started = time.monotonic()
    attempts = prompt = answer = 0
    try:
        session = workspace.session(lambda: queue, lambda kind, **fields: None, "bench")
        proposal = await session.run(Selection("orders.py", case.request, key=f"orders.py::{case.key}"))
        attempts, prompt = int(proposal.timings["attempts"]), int(proposal.timings["prompt_tokens"])
        answer = int(proposal.timings["answer_tokens"])
        after = workspace.codegraph.future(proposal, workspace.codegraph.bases(proposal))["orders.py"]
        if show:
            print(workspace.codegraph.diff(proposal), proposal.repairs)
        outcome = _check(after, case.check)
    except RemoraError as error:
        outcome = f"refused: {error}"
        if show:
            for line in workspace.journal.read(session.id):
                if line["kind"] == "answer":
                    print(line["text"])
    finally:
        workspace.close()
    return Result(case, outcome, attempts, prompt, answer, time.monotonic() - started)


def _check(source: str, check: str) -> str:
    import types

    module = types.ModuleType("orders")
    sys.modules["orders"] = module
    try:
        import inspect
        import linecache

        linecache.cache["orders.py"] = (len(source), None, source.splitlines(True), "orders.py")
        exec(compile(source, "orders.py", "exec"), module.__dict__)
        exec(check, {"m": module, "inspect": inspect})
    except BaseException as error:
        return f"wrong: {type(error).__name__} {error}"[:60]
    return "works"


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--model", default=catalogue.DEFAULT)
    parser.add_argument("--engine", default="llama")
    parser.add_argument("--only", default="")
    parser.add_argument("--show", action="store_true", help="print diffs, and answers that were refused")
    options = parser.parse_args()
    path = require(catalogue.find(options.model), places().models) if options.engine == "llama" else None
    queue = Queue(open_engine(options.engine, path, model=options.model))
    await queue.engine.start()
    results = []
    try:
        with tempfile.TemporaryDirectory(prefix="rm-edits-") as base:
            for number, case in enumerate(CASES):
                if options.only not in f"{case.key} {case.request}":
                    continue
                folder = Path(base) / str(number)
                folder.mkdir()
                results.append(await run_case(case, queue, folder, options.show))
                r = results[-1]
                cells = (
                    case.key,
                    case.request,
                    r.outcome,
                    r.attempts,
                    r.prompt_tokens,
                    r.answer_tokens,
                    f"{r.seconds:.1f}",
                )
                print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)
    finally:
        await queue.close()
    works = sum(r.outcome == "works" for r in results)
    refused = sum(r.outcome.startswith("refused") for r in results)
    print(
        f"\n{works} of {len(results)} work, {refused} refused, {len(results) - works - refused} do something else; "
        f"{sum(r.attempts > 1 for r in results)} needed a second attempt; {sum(r.seconds for r in results):.0f} s."
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
