"""What was probably meant where a Python text is broken: while somebody types, brackets and quotes stay open.

The parser takes an open bracket or quote for the beginning of something that ends far below, and the definitions in
between are gone. Here such a statement is found by what follows it, and overwritten, byte for byte, with something short
and sound. Everything keeps its place, and whoever reads the tree reads names and signatures from the text as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from keyword import kwlist

from remora.isg.mending import LINE, blank, one_side
from remora.isg.parse import refusal

# A line that starts so is a statement, whatever bracket is still open above it.
STATEMENT = re.compile(
    r"\s*(?:(?:async\s+)?def\s+\w|class\s+\w+\s*[(:]|@\w|import\s+\w|from\s+[.\w]+\s+import\b|(?:return|raise|while|with"
    r"|del|assert|global|nonlocal|elif|except)\b|(?:pass|break|continue)\s*$|(?:try|finally|else)\s*:"
    r"|(?:if|for)\b.*:\s*(?:#.*)?$)",
    re.ASCII,
)
DEFINED = re.compile(r"([ \t]*)(?:(?:async[ \t]+)?def[ \t]+\w+[ \t]*\(|class[ \t]+\w+[^\n]*:[ \t]*$|@\w)", re.ASCII)
HEADER = re.compile(r"\s*(?:(?:async\s+)?def|class)\s+\w+", re.ASCII)
BLOCK = re.compile(r"\s*(?:if|elif|else|for|while|with|try|except|finally|async)\b", re.ASCII)
CLAUSE = re.compile(r"(\s*)(elif|else|except|finally)\b", re.ASCII)
FIRST_WORD = re.compile(r"\s*(\w+)", re.ASCII)
TARGET = re.compile(r"\s*[A-Za-z_][\w.]*\s*(?::[^=\n]*)?=(?!=)", re.ASCII)
PLAIN = re.compile(r"\s*[A-Za-z_][\w.]*\s*(?:[(\[=+]|-=|:)", re.ASCII)
PROSE = re.compile(r"\s*([A-Za-z]\w*)[ ]+([A-Za-z]\w*)", re.ASCII)
DOCSTRING = re.compile(r"\s*[rRuU]?(?:\"\"\"|''')")
TOKEN = re.compile(r"""[()\[\]{}:#]|\"\"\"|'{3}|"(?:\\.|[^"\\\n])*+"|'(?:\\.|[^'\\\n])*+'|["']""")
STRING = re.compile(r"""(["']{3}).*?\1|"(?:\\.|[^"\\\n])*+"|'(?:\\.|[^'\\\n])*+'|#.*""")
TWO_COLUMNS = re.compile(r"[^\n]{2}")
CLOSING = {")": "(", "]": "[", "}": "{"}
# Words that may stand before another word in a statement; "print" as in Python 2.
LEADING = frozenset(kwlist) | {"match", "case", "type", "print", "exec"}
BETWEEN = frozenset({"and", "or", "in", "is", "if", "else", "not", "for"})
OPENED_BY = {
    "elif": {"if", "elif"},
    "else": {"if", "elif", "for", "while", "except", "async"},
    "except": {"try", "except"},
    "finally": {"try", "except", "else"},
}
MAX_ROUNDS = 6
MAX_OPEN = 200
MAX_LINE = 400  # characters: in a longer one nobody looks for the quote that is too many


def mended(raw: str) -> str:
    """A text of the same length, with what is broken replaced; the same text when nothing was found.

    Args:
        raw: one character per byte.
    """
    return Mending(one_side(raw)).run()


def corrected(raw: str) -> str:
    """The same with the help of Python's own parser: the statements in which it stops are overwritten."""
    mending = Mending(one_side(raw))
    text = mending.run()
    for _ in range(MAX_ROUNDS):
        error = refusal(text.encode("latin-1").decode("utf-8", "replace"))
        if not isinstance(error, SyntaxError) or error.lineno is None:
            break
        number = bisect_right(mending.statements, min(error.lineno, len(mending.lines)) - 1) - 1
        first, *rest = mending.statements[max(number, 0) : number + 2] or [0]
        line = mending.lines[first]
        if isinstance(error, IndentationError) and (
            error.msg != "unexpected indent" or HEADER.match(line) or BLOCK.match(line)
        ):
            break
        mending.replace(first, rest[0] if rest else len(mending.lines))
        before, text = text, "".join(mending.lines)
        if text == before:
            break
    return text


class Mending:
    """One pass over the lines.

    Attributes:
        lines: with their ends; overwritten as far as they were read.
        odd: long quotes of which one has no partner.
        statements: numbers of the lines where one starts.
        open: brackets that are open.
        colon: whether the statement at hand has a colon outside brackets.
        words: by indentation: the first word of the last statement in the blocks at hand.
    """

    def __init__(self, raw: str) -> None:
        self.lines = LINE.findall(raw)
        self.odd = {quotes for quotes in ('"""', "'''") if raw.count(quotes) % 2}
        self.statements: list[int] = []
        self.open: list[str] = []
        self.colon = False
        self.words: dict[int, str] = {}

    @property
    def first(self) -> int:
        """Where the statement at hand starts."""
        return self.statements[-1]

    def run(self) -> str:
        number, count = 0, len(self.lines)
        continued = False
        while number < count:
            line = self.lines[number]
            if not line.strip():
                number += 1
                continue
            if self.open and self.is_statement(number):
                self.end(number)
            if not self.open and not continued:
                self.begin(number)
            last = self.read(number)
            continued = self.lines[last].rstrip("\r\n").endswith("\\")
            if not self.open and not continued and not self.colon and HEADER.match(self.lines[self.first]):
                self.header(last + 1)
            number = last + 1
        if self.open:
            self.end(count)
        return "".join(self.lines)

    def begin(self, number: int) -> None:
        """A statement starts; a sentence is none, and a clause needs what it belongs to."""
        line = self.lines[number]
        self.statements.append(number)
        self.colon = False
        indent = len(line) - len(line.lstrip())
        if line[indent] in "#\"'":
            return
        words = PROSE.match(line)
        if words and words[1] not in LEADING and words[2] not in BETWEEN:
            self.lines[number] = blank(line)
            return
        clause = CLAUSE.match(line)
        for deeper in [one for one in self.words if one > indent]:
            del self.words[deeper]
        if clause and self.words.get(indent) not in OPENED_BY[clause[2]]:
            new = "if  " if clause[2] == "elif" else "if 1:"
            self.lines[number] = (
                clause[1] + new + (line[clause.end() :] if clause[2] == "elif" else blank(line[indent + 5 :]))
            )
        word = FIRST_WORD.match(self.lines[number])
        self.words[indent] = word[1] if word else ""

    def is_statement(self, number: int) -> bool:
        """Whether a line starts a statement although a bracket is open."""
        line, first = self.lines[number], self.lines[self.first]
        if STATEMENT.match(line) or (DOCSTRING.match(line) and HEADER.match(first)):
            return True
        start = line.lstrip()
        less = len(line) - len(start) - (len(first) - len(first.lstrip()))
        return start[0] not in ")]}#" and (less < 0 or (less == 0 and PLAIN.match(line) is not None))

    def read(self, number: int) -> int:
        """Read a line, and those that a string which starts in it goes on to; gives the last one."""
        line, at = self.lines[number], 0
        while found := TOKEN.search(line, at):
            token, at = found[0], found.end()
            if token in ('"""', "'''"):
                last = self.string_end(number, at, token)
                if last is None:  # it was never meant to be one: what it hides is code
                    self.odd.discard(token)
                    self.lines[number] = line[: found.start()] + blank(line[found.start() :])
                    return number
                number, at = last
                line = self.lines[number]
            elif token == "#":
                break
            elif token in "([{":
                if len(self.open) < MAX_OPEN:
                    self.open.append(token)
            elif token in CLOSING:
                if CLOSING[token] in self.open:
                    while self.open.pop() != CLOSING[token]:
                        pass
            elif token == ":":
                self.colon = self.colon or not self.open
            elif token in "\"'" and len(line) > MAX_LINE:
                self.lines[number] = line[: found.start()] + blank(line[found.start() :])
                return number
            elif token in "\"'" and not line.rstrip("\r\n").endswith("\\"):
                self.lines[number] = line = without_quote(line, found.start())
        return number

    def string_end(self, number: int, at: int, quotes: str) -> tuple[int, int] | None:
        """Line and column behind a long string's end; None for one that hides definitions, or never ends."""
        inside = re.compile(rf"\\[\s\S]|{quotes}")
        first = self.lines[number]
        start, indent = number, len(first) - len(first.lstrip())
        while number < len(self.lines):
            line = self.lines[number]
            hidden = DEFINED.match(line) if number > start and quotes in self.odd else None
            if hidden and len(hidden[1]) <= indent:
                return None
            while found := inside.search(line, at):
                at = found.end()
                if found[0] == quotes:
                    return number, at
            number, at = number + 1, 0
        return None

    def end(self, end: int) -> None:
        """End the statement at hand before line `end`, where another one starts."""
        self.replace(self.first, end)
        self.open = []

    def replace(self, first: int, end: int) -> None:
        """Overwrite a statement with the least that keeps what belongs to it."""
        line = self.lines[first]
        if HEADER.match(line):
            self.header(end, first)
            return
        target = TARGET.match(line)
        if target:
            kept = target[0] + "0"
        else:
            kept = line[: len(line) - len(line.lstrip())] + ("if 1:" if BLOCK.match(line) else "")
        self.overwrite(first, end, kept if len(kept) <= len(line.rstrip("\n")) else "")

    def header(self, end: int, first: int | None = None) -> None:
        """Give a definition's header an end: behind a parameter, behind its name, or make it any block."""
        first = self.first if first is None else first
        text = "".join(self.lines[first:end])
        named = HEADER.match(text)
        if named is None:
            return
        kept = ""
        start = text.find("(", named.end())
        if text.lstrip().startswith("class"):
            if len(text.rstrip()) > named.end():
                kept = text[: named.end()] + ":"
        elif start >= 0:
            comma = text.rfind(",", start, len(text.rstrip()))
            for cut in (comma, start + 1) if comma > 0 else (start + 1,):
                room = TWO_COLUMNS.search(text, cut)
                if room is not None:
                    kept = text[: room.start()] + "):"
                    break
        if not kept:
            kept = text[: len(text) - len(text.lstrip())] + "if 1:"
        self.colon = True
        self.overwrite(first, end, kept)

    def overwrite(self, first: int, end: int, kept: str) -> None:
        """Put `kept` at the beginning of some lines and blanks behind it."""
        text = "".join(self.lines[first:end])
        self.lines[first:end] = LINE.findall(kept + blank(text[len(kept) :]))


def without_quote(line: str, at: int) -> str:
    """A line in which the quote at `at` has no partner: without the first quote, if that is the stray one."""
    first = min((place for place in (line.find('"'), line.find("'")) if place >= 0), default=at)
    for place in dict.fromkeys((first, at)):
        tried = f"{line[:place]} {line[place + 1 :]}"
        rest = STRING.sub("", tried)
        words = PROSE.match(rest)
        if '"' not in rest and "'" not in rest and (words is None or words[1] in LEADING):
            return tried
    return line[:at] + blank(line[at:])
