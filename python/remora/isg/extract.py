"""One file's text to its nodes and facts. It knows no other file and no database, and never raises."""

from __future__ import annotations

import gc
import importlib
import importlib.util
from functools import cache, lru_cache
from types import ModuleType

import msgpack

from remora.isg.draft import FileDraft
from remora.isg.facts import from_plain, packer, to_plain
from remora.isg.values import MODULE, FileGraph, Node, Span, Status
from remora.lang import Language, language_of

TOO_LONG = "parsing it takes too long"
DEBRIS = "it is next to nothing but errors"


@lru_cache(maxsize=16)  # a request asks about the same few texts again and again
def extract(path: str, text: str, repo: str = "") -> FileGraph:
    """A file's share of the graph.

    Args:
        path: from the workspace's root, "/" between the parts; its suffix tells the language.
        text: canonical text.
        repo: the workspace's name; a part of each interface_id.

    Returns:
        At least the module's node. A text with errors is "partial": what tree-sitter saw is there. A file in an
        unknown language is nothing but the module. "failed" is our own mistake, or a grammar that is not installed.
    """
    language = language_of(path)
    if language is None:
        return only_module(path, text, repo, None, "ok", "")
    collecting = gc.isenabled()
    gc.disable()  # reading makes no cycles, and looking for some takes longer than reading
    try:
        from remora.isg.mending import soundest
        from remora.isg.parse import is_readable, parse

        tree = soundest(parse(text, language.name))
        if not is_readable(tree):
            return only_module(path, text, repo, language, "partial", TOO_LONG if tree.given_up else DEBRIS)
        return reader_of(language.name)(path, text, repo, language).read(tree)
    except Exception as error:  # one file must not end the reading of thousands; the index counts and shows it
        return only_module(path, text, repo, language, "failed", f"{type(error).__name__}: {error}"[:200])
    finally:
        if collecting:
            gc.enable()


def only_module(path: str, text: str, repo: str, language: Language | None, status: Status, reason: str) -> FileGraph:
    """A file as its module alone: in no known language, skipped, or not to be read."""
    draft = FileDraft(path, text, repo, language)
    draft.open_module()
    graph = draft.graph(partial=False)
    return FileGraph(path, graph.text_hash, graph.lang, graph.nodes, graph.facts, status, reason, text)


@cache
def module_of(lang: str) -> ModuleType | None:
    """The module of a language in `remora.isg.languages`; None when its tables say all."""
    name = f"remora.isg.languages.{lang}"
    return importlib.import_module(name) if lang.isidentifier() and importlib.util.find_spec(name) else None


@cache
def reader_of(lang: str) -> type:
    """The reader of a language: its own, or the base one."""
    from remora.isg.reader import Reader

    return getattr(module_of(lang), "READER", Reader)


def pack(graph: FileGraph) -> bytes:
    """A graph without its text, as bytes that cross processes and rest in the store."""
    prefix = len(graph.nodes[0].key) - len(MODULE) if graph.nodes else 0
    nodes = [
        (
            node.key[prefix:],
            bytes.fromhex(node.interface_id),
            node.kind,
            node.name,
            node.qualname,
            node.signature,
            node.span,
            node.level,
            bytes.fromhex(node.body_hash),
            *node[10:],
        )
        for node in graph.nodes
    ]
    start = graph.nodes[0].key[:prefix] if graph.nodes else ""
    head = (graph.path, graph.text_hash, graph.lang, graph.status, graph.reason, start)
    return packer().pack((head, nodes, to_plain(graph.facts)))


def unpack(raw: bytes) -> FileGraph:
    """What `pack` made, with `text` empty."""
    head, nodes, facts = msgpack.unpackb(raw, use_list=False, strict_map_key=False, unicode_errors="surrogatepass")
    path, text_hash, lang, status, reason, start = head
    return FileGraph(
        path,
        text_hash,
        lang,
        tuple(_node(path, start, one) for one in nodes),
        from_plain(facts),
        status,
        reason,
    )


def _node(path: str, start: str, plain: tuple) -> Node:
    key, interface, kind, name, qualname, signature, span, level, body, *rest = plain
    return Node(
        start + key, interface.hex(), kind, name, qualname, path, signature, Span(*span), level, body.hex(), *rest
    )
