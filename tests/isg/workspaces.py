"""Small Python workspaces made at random: modules that import, inherit from, call and hand functions to each other.

Every name comes from a small supply, so that an import, a base or a call often means something, and often no more so
after the next change.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

MODULES = ("a", "b", "c", "pack", "pack.d", "pack.e", "pack.deep.f")
FUNCTIONS = ("open_it", "close_it", "load", "save")
CLASSES = ("Box", "Cart", "Base")
METHODS = ("run", "stop", "save", "load")
BROKEN = "def half(:\n    (\n"


def file_of(module: str, rng: Random) -> str:
    path = module.replace(".", "/")
    return f"{path}/__init__.py" if module == "pack" or rng.random() < 0.15 else f"{path}.py"


class Workspace:
    """A folder of such files, and ways to change it."""

    def __init__(self, root: Path, rng: Random) -> None:
        self.root, self.rng = root, rng
        self.log: list[str] = []
        for module in MODULES:
            self.write(file_of(module, rng), self.module())

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def files(self) -> list[str]:
        return sorted(file.relative_to(self.root).as_posix() for file in self.root.rglob("*.py"))

    def change(self) -> None:
        """One change of one file, at random."""
        changes: list[Callable[[str], None]] = [
            self._rewrite, self._rewrite, self._shift, self._rename_definition, self._rename_definition,
            self._drop_piece, self._append, self._move, self._delete, self._add, self._break, self._become_package,
        ]  # fmt: skip
        files = self.files()
        change, path = self.rng.choice(changes), self.rng.choice(files) if files else "a.py"
        self.log.append(f"{getattr(change, '__name__', '')} {path}")
        change(path)

    def _rewrite(self, path: str) -> None:
        self.write(path, self.module())

    def _shift(self, path: str) -> None:
        self.write(path, "\n# a line\n" + self._text(path))

    def _rename_definition(self, path: str) -> None:
        old, new = self.rng.sample((*FUNCTIONS, *CLASSES), 2)
        text = self._text(path)
        self.write(path, text.replace(f"def {old}(", f"def {new}(").replace(f"class {old}(", f"class {new}("))

    def _drop_piece(self, path: str) -> None:
        pieces = self._text(path).split("\n\n\n")
        pieces.pop(self.rng.randrange(len(pieces)))
        self.write(path, "\n\n\n".join(pieces))

    def _append(self, path: str) -> None:
        self.write(path, self._text(path) + "\n\n\n" + self.piece())

    def _move(self, path: str) -> None:
        to = file_of(self.rng.choice(MODULES), self.rng)
        (self.root / to).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(self.root / path, self.root / to) if path in self.files() else self.write(to, self.module())

    def _delete(self, path: str) -> None:
        (self.root / path).unlink(missing_ok=True)

    def _add(self, _: str) -> None:
        self.write(file_of(self.rng.choice(MODULES), self.rng), self.module())

    def _break(self, path: str) -> None:
        self.write(path, self._text(path) + "\n\n\n" + BROKEN)

    def _become_package(self, path: str) -> None:
        if not path.endswith("__init__.py") and path in self.files():
            (self.root / path[:-3]).mkdir(exist_ok=True)
            shutil.move(self.root / path, self.root / path[:-3] / "__init__.py")

    def _text(self, path: str) -> str:
        return (self.root / path).read_text() if (self.root / path).is_file() else ""

    def module(self) -> str:
        pieces = [self._import() for _ in range(self.rng.randint(1, 4))]
        if self.rng.random() < 0.2:
            pieces.append(f"__all__ = {[self.rng.choice(FUNCTIONS), self.rng.choice(CLASSES)]}")
        pieces += [self.piece() for _ in range(self.rng.randint(1, 5))]
        return "\n\n\n".join(["from functools import partial", *pieces]) + "\n"

    def piece(self) -> str:
        return self.rng.choice([self._function, self._function, self._class, self._class, self._statement])()

    def _name(self) -> str:
        return self.rng.choice((*FUNCTIONS, *CLASSES))

    def _import(self) -> str:
        module = self.rng.choice((*MODULES, *MODULES, ".", ".d", "..a", "json"))
        name = self._name()
        if module.startswith("."):
            return f"from {module} import {name}"
        return self.rng.choice(
            [f"import {module}", f"from {module} import {name}", f"from {module} import {name}, {self._name()}",
             f"from {module} import *", f"from {module} import {name} as {self._name()}", f"import {module} as other"]
        )  # fmt: skip

    def _value(self) -> str:
        module, name = self.rng.choice(MODULES), self._name()
        return self.rng.choice([name, name, f"{name}()", f"{module}.{name}", "step", "other.load", f"{name}().run"])

    def _call(self) -> str:
        value, more = self._value(), self._value()
        return self.rng.choice(
            [f"{value}()", f"{value}({more})", f"{value}(step={more})", "step()", f"x = {value}", "x()", "x.run()",
             f"for one in [{value}, {more}]: one()", f"return {value}", f"{{'a': {value}}}['a']()",
             f"yield {value}", f"for one in {value}(): one.run()", f"with {value}() as x: x.run()",
             f"other.{self.rng.choice(FUNCTIONS)} = {value}", f"{self.rng.choice(CLASSES)}.x = {value}",
             f"x.x = {value}", f"{value}.items.append({more})", f"getattr({value}, 'load')()",
             f"partial({value}, {more})()", f"list(map({value}, [{more}]))", f"return [{value}, {more}]"]
        )  # fmt: skip

    def _body(self, indent: str, returns: bool = True) -> str:
        calls = [self._call() for _ in range(self.rng.randint(1, 3))]
        return "\n".join(indent + call for call in calls if returns or not call.startswith(("return", "yield")))

    def _function(self) -> str:
        decorator = f"@{self.rng.choice(FUNCTIONS)}\n" if self.rng.random() < 0.2 else ""
        result = f" -> {self.rng.choice(CLASSES)}" if self.rng.random() < 0.3 else ""
        return f"{decorator}def {self.rng.choice(FUNCTIONS)}(step=None){result}:\n{self._body('    ')}"

    def _class(self) -> str:
        base = self.rng.choice(("", self.rng.choice(CLASSES), f"{self.rng.choice(MODULES)}.{self.rng.choice(CLASSES)}"))
        methods = [f"    def {name}(self, step=None):\n{self._member()}" for name in self.rng.sample(METHODS, 2)]
        if self.rng.random() < 0.6:
            kept = f"        self.x = {self._value()}\n        self.items = [{self._value()}]"
            methods.insert(0, f"    def __init__(self, step: {self.rng.choice(CLASSES)} = None):\n{kept}")
        if self.rng.random() < 0.3:
            methods.append(f"    @property\n    def stop(self):\n        return {self._value()}")
        return f"class {self.rng.choice(CLASSES)}({base}):\n" + "\n\n".join(methods)

    def _member(self) -> str:
        mine = [
            f"self.{self.rng.choice(METHODS)}()",
            "self.x()",
            f"super().{self.rng.choice(METHODS)}()",
            "self.x.run()",
        ]
        return f"        {self.rng.choice(mine)}\n{self._body('        ')}"

    def _statement(self) -> str:
        return self._body("", returns=False) or "pass"
