"""What the standard library of Rust gives and calls, as far as values go through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.link.calls import Arguments, result
from remora.isg.link.items import iterated
from remora.isg.link.values import INFERRED, NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator

TRAITS = frozenset(
    {"AsMut", "AsRef", "Clone", "Copy", "Debug", "Default", "DoubleEndedIterator", "Drop", "Eq", "ExactSizeIterator"}
    | {"Extend", "Fn", "FnMut", "FnOnce", "From", "FromIterator", "Hash", "Into", "IntoIterator", "Iterator", "Ord"}
    | {"PartialEq", "PartialOrd", "Send", "Sized", "Sync", "ToOwned", "ToString", "TryFrom", "TryInto", "Unpin"}
)
TYPES = frozenset(
    {"Box", "Option", "Result", "String", "Vec", "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128"}
    | {"isize", "str", "u8", "u16", "u32", "u64", "u128", "usize"}
)
BUILTINS = TRAITS | TYPES | {"drop", "Some", "None", "Ok", "Err"}
MACROS = frozenset(
    {"assert", "assert_eq", "assert_ne", "cfg", "column", "compile_error", "concat", "dbg", "debug_assert"}
    | {"debug_assert_eq", "debug_assert_ne", "env", "eprint", "eprintln", "file", "format", "format_args", "include"}
    | {"include_bytes", "include_str", "line", "matches", "module_path", "option_env", "panic", "print", "println"}
    | {
        "stringify",
        "thread_local",
        "todo",
        "unimplemented",
        "unreachable",
        "vec",
        "write",
        "writeln",
        "is_x86_feature_detected",
    }
)
# Methods that a type has by a derived trait, or by one that the library implements for all.
OF_TRAITS = (
    {"clone": "Clone", "clone_from": "Clone", "to_string": "ToString", "to_owned": "ToOwned", "into": "Into"}
    | {"try_into": "TryInto", "borrow": "Borrow", "borrow_mut": "BorrowMut", "eq": "PartialEq", "ne": "PartialEq"}
    | {"cmp": "Ord", "partial_cmp": "PartialOrd", "hash": "Hash", "fmt": "Debug", "type_id": "Any", "as_ref": "AsRef"}
)
OBJECT_KEYS = frozenset(f"builtin:{trait}.{name}" for name, trait in OF_TRAITS.items())
# Functions of a type that make one of it.
MAKING = frozenset({"new", "default", "from", "with_capacity", "from_iter", "from_str", "open", "create"})
# Methods of a container, an option, a result, a cell or an iterator that give the same again, maybe fewer of it.
SAME = frozenset(
    {"as_deref", "as_deref_mut", "as_mut", "as_ref", "as_slice", "borrow", "by_ref", "chain", "clone", "cloned"}
    | {"collect", "copied", "cycle", "drain", "filter", "find", "first", "first_mut", "fuse", "get", "get_mut"}
    | {"inspect", "into_iter", "iter", "iter_mut", "last", "last_mut", "lock", "max_by", "max_by_key", "min_by"}
    | {"min_by_key", "next", "next_back", "nth", "ok", "ok_or", "ok_or_else", "or", "or_else", "partition", "peek"}
    | {"peekable", "pop", "pop_back", "pop_front", "read", "remove", "replace", "rev", "skip", "skip_while", "sorted"}
    | {"step_by", "take", "take_while", "to_owned", "to_vec", "values", "values_mut", "into_values", "write", "map_err"}
    | {
        "swap_remove",
        "front",
        "back",
        "front_mut",
        "back_mut",
        "with_context",
        "context",
        "entry",
        "split_off",
        "upgrade",
        "rsplit",
    }
)
ITEMS = frozenset(
    {"expect", "unwrap", "unwrap_or", "unwrap_or_default", "unwrap_or_else", "or_insert", "or_insert_with"}
    | {"or_default", "into_inner", "get_or_insert_with", "unwrap_unchecked"}
)
PAIRS = frozenset({"iter", "iter_mut", "into_iter", "drain"})
MAPS = frozenset({"hashmap", "btreemap", "indexmap"})
VALUES = frozenset({"values", "values_mut", "into_values"})
KEYS = frozenset({"keys", "into_keys"})
CELLS = frozenset({"refcell", "RefCell", "cell", "Cell"})
# What these are handed is put away, not called.
KEEPING = frozenset(
    {"Err", "Ok", "Some", "append", "clone", "extend", "from", "insert", "into", "new", "pin", "push", "push_back"}
    | {"push_front", "push_str", "replace", "send", "set", "store", "swap", "with_capacity"}
)
# Methods that call what they are handed, on whatever they are called.
CALLING = frozenset(
    {"all", "and_then", "any", "filter", "filter_map", "find", "find_map", "flat_map", "fold", "for_each", "inspect"}
    | {"is_none_or", "is_ok_and", "is_some_and", "map", "map_err", "map_or", "map_or_else", "map_while", "max_by"}
    | {"max_by_key", "min_by", "min_by_key", "ok_or_else", "or_else", "or_insert_with", "partition", "position"}
    | {"retain", "scan", "skip_while", "sort_by", "sort_by_key", "sort_unstable_by", "sort_unstable_by_key"}
    | {"take_while", "then", "try_fold", "try_for_each", "unwrap_or_else"}
)
# What a closure gives becomes an item, or is the result itself.
MAPPING = frozenset({"map", "filter_map", "flat_map", "scan", "map_while"})
THEN = frozenset({"and_then", "map_or", "map_or_else", "then", "fold"})


OF_ITERATORS = SAME | ITEMS | MAPPING | THEN | CALLING | {"count", "enumerate", "flatten", "zip", "sum", "max", "min"}


def method_result(ev: Evaluator, key: str, of: Value, arguments: Arguments) -> Values:
    """What a method of a built-in type gives; `of` is the value it is called on."""
    kind, _, name = key.removeprefix("builtin:").rpartition(".")
    if kind in CELLS and name in ("borrow", "borrow_mut", "get", "get_mut"):
        return iterated(ev, of)
    if kind in MAPS and name in PAIRS:
        return (("R", "items", of),)
    if kind in MAPS and name in VALUES:
        return (("R", "values", of),)
    if kind in MAPS and name in KEYS:
        return (of,)
    if name == "enumerate":
        return (("R", "enumerate", of),)
    if name == "flatten":
        return iterated(ev, of)
    if name in SAME:
        return (of,)
    if name in ITEMS:
        return iterated(ev, of)
    if name in MAPPING:
        made = [("R", "mapped", one) for one in ev.expand(arguments.at(ev, 0)) if one[0] in "FSCP"]
        return tuple(made)
    if name in THEN:
        ev.least(INFERRED)
        called = union(*(ev.expand(values) for values in arguments.rest(ev, 0)))
        given = Arguments.given(arguments.unit, arguments.scope)
        return union(*(result(ev, one, given) for one in called if one[0] in "FSC"))
    return NOTHING


def outside_result(key: str) -> Values:
    """`HashMap::new()` is a HashMap."""
    if key in OBJECT_KEYS:
        return NOTHING
    type_, _, name = key.rpartition(".")
    if name in MAKING and type_.rpartition(".")[2].rpartition(":")[2][:1].isupper():
        return (("Z", type_),)
    return (("Z", key),)


def outside_calls(ev: Evaluator, callee: Value, arguments: Arguments) -> list[tuple[Value, Arguments]]:
    """Closures and functions that are handed to the library, which calls them, unless it only keeps them."""
    if str(callee[1]).rpartition(".")[2].rpartition(":")[2] in KEEPING:
        return []
    given = union(*(ev.expand(values) for values in arguments.rest(ev, 0))) if arguments.plain else NOTHING
    called = [one for one in given if one[0] in "FS"]
    if called:
        ev.least(INFERRED)
    return [(one, Arguments.given(arguments.unit, arguments.scope)) for one in called]
