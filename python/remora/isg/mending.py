"""What was probably meant where a text in a language of braces is broken: while somebody types, brackets stay open.

The parser takes what follows for the inside of the open bracket, and the definitions there are gone. Indentation says
where the bracket should have ended. The place is overwritten, byte for byte, so that everything else keeps its place;
whoever reads the tree reads names and signatures from the text as it is. Python has its own (`languages/python`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from remora.isg.parse import Tree, parse

if TYPE_CHECKING:
    import tree_sitter

BRACES = frozenset({"javascript", "typescript", "tsx", "java", "go", "rust"})
MAX_MENDED = 500_000  # bytes: nobody types in a larger file
MAX_OPEN = 200
LINE = re.compile(r"[^\n]*\n|[^\n]+")
NO_LINE_END = re.compile(r"[^\n]")
# A line that starts so is no inside of a bracket that is opened on a line as deep as it, or deeper.
DEFINITION = re.compile(
    r"[ \t]*(?:(?:export|default|public|private|protected|static|final|abstract|async|declare|override|readonly|pub"
    r"(?:\([\w: ]+\))?|unsafe|const|extern|inline|synchronized|native)\s+)*"
    r"(?:(?:function|class|interface|enum|struct|trait|impl|fn|func|mod|type|namespace|macro_rules!|package|import|use"
    r"|static|public|private|protected|const|let|var)\b|export\b|@\w|#\[|(?:describe|it|test)\("
    r"|(?!(?:if|for|while|switch|catch|return|match|loop|else|do|new|throw)\b)[\w<>\[\], ]*\w\s*\([^;]*\)[^;(){}]*\{\s*$)"
)
TOKEN = re.compile(r"""//|/\*|`|"(?:\\.|[^"\\\n])*+"|'(?:\\.|[^'\\\n])*+'|["'()\[\]{}]""")
RUST_TOKEN = re.compile(r"""//|/\*|"(?:\\.|[^"\\])*+"|'(?:\\[^'\n]+|[^'\\\n])'|["()\[\]{}]""")
CLOSING = {")": "(", "]": "[", "}": "{"}
OPENED = {opening: closing for closing, opening in CLOSING.items()}
COMMENTED = ("//", "/*", "*")
ENDING = (";", "{", "}")
MAX_LINE = 400  # bytes: in a longer one nobody looks for what it starts with


def soundest(tree: Tree) -> Tree:
    """The tree, or the one of the mended text when that has fewer errors; places are the same in both."""
    if not tree.has_error or tree.given_up or tree.lang not in BRACES or len(tree.source) > MAX_MENDED:
        return tree
    raw = tree.source.decode("latin-1")
    sided = one_side(raw)
    best, least = tree, lost(tree.root)
    for text in dict.fromkeys((sided, Braces(sided, tree.lang).run())):
        if text != raw:
            other = parse(text.encode("latin-1"), tree.lang)
            count = lost(other.root) + sum(a != b for a, b in zip(sided, text, strict=True))
            if not other.given_up and count < least:
                best, least = replace(other, is_mended=True), count
    return best


def lost(node: tree_sitter.Node) -> int:
    """How many bytes the grammar could make nothing of."""
    total, todo = 0, [node]
    while todo:
        one = todo.pop()
        if one.is_error:
            total += one.end_byte - one.start_byte
        elif one.has_error:
            todo += one.children
        elif one.is_missing:
            total += 1
    return total


def one_side(raw: str) -> str:
    """The first side of each conflict that a merge left; the rest is blank."""
    if "<<<<<<< " not in raw:
        return raw
    lines, side = LINE.findall(raw), 0
    for number, line in enumerate(lines):
        mark = line[:7]
        if mark == "<<<<<<<" or (side and mark in ("|||||||", "=======")):
            side = 1 if mark == "<<<<<<<" else 2
        elif side and mark == ">>>>>>>":
            side = 0
        elif side < 2:
            continue
        lines[number] = blank(line)
    return "".join(lines)


def blank(text: str) -> str:
    return NO_LINE_END.sub(" ", text)


class Braces:
    """One pass over the lines.

    Attributes:
        lines: with their ends; overwritten as far as they were read.
        open: brackets that are open: what, in which line, how deep the statement is indented that it is a part of.
        deep: how deep the statement at hand is indented.
        ended: whether the line before ended one.
        missing: ends of comments and strings that nothing below has.
    """

    def __init__(self, raw: str, lang: str) -> None:
        self.lines = LINE.findall(raw)
        self.token = RUST_TOKEN if lang == "rust" else TOKEN
        self.open: list[tuple[str, int, int]] = []
        self.missing: set[str] = set()
        self.deep = 0
        self.ended = True

    def run(self) -> str:
        number, count = 0, len(self.lines)
        while number < count:
            line = self.lines[number]
            start = line.lstrip(" \t")
            indent = len(line) - len(start)
            if start.strip() and not start.startswith(COMMENTED):
                self.deep = indent if self.ended else min(self.deep, indent)
                self.ended = line.partition("//")[0].rstrip().endswith(ENDING)
            if start.strip() and len(line) <= MAX_LINE:
                if start[0] == "}":
                    self.end_deeper(number, indent + 1)
                elif self.open and self.open[-1][2] >= indent and self.open[-1][1] < number and DEFINITION.match(line):
                    self.end_deeper(number, indent)
            number = self.read(number) + 1
        self.end_all()
        return "".join(self.lines)

    def end_deeper(self, number: int, indent: int) -> None:
        """End what was opened in a line that is indented as deep as `indent`, or deeper."""
        here = []
        while self.open and self.open[-1][2] >= indent and self.open[-1][1] < number:
            what, opened, deep = self.open.pop()
            if what != "{":
                self.erase(opened, number)
            elif self.put("}", opened, number) == number:
                here.append((what, opened, deep))
        self.open += reversed(here)  # the line at hand ends them itself, when it is read

    def put(self, bracket: str, opened: int, number: int) -> int:
        """Write a bracket into the indentation of a line, or of the last one above it that has some; gives which."""
        for at in range(number, opened, -1):
            line = self.lines[at]
            start = len(line) - len(line.lstrip(" \t"))
            free = line[:start].rfind(" ")
            if free >= 0 and (at < number or line[start : start + 1]):
                self.lines[at] = f"{line[:free]}{bracket}{line[free + 1 :]}"
                return at
        self.erase(opened, opened + 1)
        return opened

    def erase(self, first: int, end: int) -> None:
        """Blank lines; brackets that other lines need stay."""
        for number in range(first, end):
            self.lines[number] = blank(self.lines[number])
        while self.open and self.open[-1][1] >= first:
            self.open.pop()

    def read(self, number: int) -> int:
        """Read a line, and those that a comment or string which starts in it goes on to; gives the last one."""
        line, at = self.lines[number], 0
        while found := self.token.search(line, at):
            token, at = found[0], found.end()
            if token == "//":
                break
            if token in ("/*", "`"):
                last = self.find("*/" if token == "/*" else "`", number, at)
                if last is None:
                    self.lines[number] = line[: found.start()] + blank(line[found.start() :])
                    break
                number, at = last
                line = self.lines[number]
            elif token in OPENED:
                if len(self.open) < MAX_OPEN:
                    self.open.append((token, number, self.deep))
            elif token in CLOSING:
                self.closed(token, number, found.start())
                line = self.lines[number]
            elif token in ('"', "'"):
                self.lines[number] = line[: found.start()] + blank(line[found.start() :])
                break
        return number

    def find(self, end: str, number: int, at: int) -> tuple[int, int] | None:
        """Line and column behind the next `end`."""
        if end in self.missing:
            return None
        while number < len(self.lines):
            place = self.lines[number].find(end, at)
            if place >= 0:
                return number, place + len(end)
            number, at = number + 1, 0
        self.missing.add(end)
        return None

    def closed(self, token: str, number: int, at: int) -> None:
        """A closing bracket: it ends what it fits; one that fits nothing goes."""
        line = self.lines[number]
        if self.open and self.open[-1][0] == CLOSING[token]:
            if token == "}" and self.open[-1][1] < number and len(line) <= MAX_LINE and line[:at].strip(" \t)]}"):
                self.lines[number] = f"{line[:at]} {line[at + 1 :]}"  # the end of several lines starts its own
            else:
                self.open.pop()
            return
        if len(line) > MAX_LINE:
            return
        depth = next((n for n in range(1, len(self.open) + 1) if self.open[-n][0] == CLOSING[token]), 0)
        above = self.open[len(self.open) - depth + 1 :] if depth else []
        if not depth or any(one[0] == "{" for one in above):
            self.lines[number] = f"{line[:at]} {line[at + 1 :]}"
            return
        for what, opened, _ in reversed(above):
            if opened == number:  # `[(]`: which of them was meant nobody knows
                place = line.rfind(what, 0, at)
                line = self.lines[number] = f"{line[:place]} {line[place + 1 :]}" if place >= 0 else line
            elif self.open and self.open[-1][1] == opened:
                self.erase(opened, number)
        if self.open and self.open[-1][0] == CLOSING[token]:
            self.open.pop()
        elif self.open and depth and above:
            while self.open and self.open.pop()[0] != CLOSING[token]:
                pass

    def end_all(self) -> None:
        """What is open at the end is ended in the place of the last lines."""
        if not self.open:
            return
        needed = "".join(OPENED[what] for what, *_ in reversed(self.open))
        first = len(self.lines)
        lowest = self.open[-1][1]
        while first > lowest + 1:
            first -= 1
            line = self.lines[first].rstrip("\n")
            ending = self.lines[first][len(line) :]
            self.lines[first] = blank(line) + ending
            if len(line) >= len(needed):
                self.lines[first] = needed + " " * (len(line) - len(needed)) + ending
                return
