"""Items of containers: lists, dictionaries, rest parameters, generators and generic types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remora.isg.facts import Expr
from remora.isg.link.values import HEURISTIC, INFERRED, NOTHING, Value, Values, union

if TYPE_CHECKING:
    from remora.isg.link.evaluate import Evaluator
    from remora.isg.link.unit import Unit

CONTAINERS = frozenset("LVYIRG")
MAPPINGS = frozenset(
    {"dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "DefaultDict", "OrderedDict", "Map"}
) | {
    "BTreeMap",
    "HashMap",
    "IndexMap",
}
TUPLES = frozenset({"tuple", "Tuple"})
YIELDING = frozenset({"Generator", "AsyncGenerator"})


def item(ev: Evaluator, value: Value, key: str | int | None, sequence: bool = False) -> Values:
    """The item of a container under a key; any item when the key is None."""
    if value[0] not in CONTAINERS:
        return member(ev, value, key) if value[0] in "CM" and isinstance(key, str) else NOTHING
    return ev.once(("item", value, key, sequence), lambda: item_of(ev, value, key, sequence))


def member(ev: Evaluator, value: Value, key: str) -> Values:
    """What a class or a module has under a name, where `of[name]` is `of.name`."""
    unit = None if value[1].endswith("/") else ev.unit(value[1])
    return ev.attribute(value, key) if unit is not None and unit.rules.attributes_are_items else NOTHING


def item_of(ev: Evaluator, value: Value, key: str | int | None, sequence: bool) -> Values:
    what = value[0]
    if what == "L":
        return literal_item(ev, value, key)
    if what == "V":
        return rest_item(ev, value, key)
    if what == "Y":
        return typed_item(ev, value, key, sequence)
    if what == "I" and not sequence:
        unit = ev.unit(value[1])
        return unit.rules.item(ev, value, key) if unit else NOTHING
    if what == "R":
        return view_item(ev, value, key)
    if what in ("I", "G"):
        return iterated(ev, value)
    return NOTHING


def view_item(ev: Evaluator, value: Value, key: str | int | None) -> Values:
    """An item of a pair that `items()`, `enumerate` or `zip` gives."""
    kind, of = value[1], value[2]
    if kind == "pair":
        found = (iterated(ev, of), item(ev, of, None))
        return found[key] if key in (0, 1) else union(*found)
    if kind == "counted":
        return iterated(ev, of) if key != 0 else NOTHING
    if kind == "zipped":
        found = tuple(iterated(ev, one) for one in of)
        return found[key] if isinstance(key, int) and key < len(found) else union(*found)
    if kind == "rest":
        start, whole = of
        return item(ev, whole, start + key if start is not None and isinstance(key, int) and key >= 0 else None)
    return iterated(ev, value)


def literal_item(ev: Evaluator, value: Value, key: str | int | None) -> Values:
    found: list[Values] = []
    written = ev.literal(value)
    if written is not None:
        unit, number, expr = written
        if expr[0] == "m":
            found += [ev.values(unit, number, one) for one in pairs(ev, unit, number, expr[1], key)]
            spread = [one for name, one in expr[1] if name is None]
            found += [taken(ev, whole, key) for one in spread for whole in ev.expand(ev.values(unit, number, one))]
        elif not isinstance(key, str):  # a list has no item of that name
            found += [in_list(ev, unit, number, one) for one in listed(expr[2], key)]
    slots = ev.reach(value[1], value)
    # `object[name] = …` is seldom what `object.method` means where the method is there.
    members = written is not None and written[0].rules.attributes_are_items
    named = members and str(key) in slots
    for slot, values in slots.items():
        if slot == "" and members and isinstance(key, str):
            if named or len(values) > 1:  # which of them has the name, nobody knows
                continue
            ev.least(HEURISTIC)
        if key is None or slot == str(key) or (slot == "" and not named):
            found.append(values)
    if len([one for one in found if one]) > 1:
        ev.least(HEURISTIC)
    return union(*found)


def taken(ev: Evaluator, whole: Value, key: str | int | None) -> Values:
    """What an object or a dictionary that another is spread into has under a key."""
    return ev.attribute(whole, key) if whole[0] == "M" and isinstance(key, str) else item(ev, whole, key)


def pairs(ev: Evaluator, unit: Unit, number: int, items: tuple, key: str | int | None) -> list[Expr]:
    chosen: list[Expr] = []
    for name, expr in items:
        if name is None:
            continue
        keys = [one[1] for one in ev.expand(ev.values(unit, number, name)) if one[0] == "k"]
        if key is None or not keys or key in keys:
            chosen.append(expr)
    return chosen


def listed(items: tuple, key: str | int | None) -> tuple[Expr, ...]:
    """The item under an index that is known, when nothing before it is spread; else all."""
    if isinstance(key, int) and -len(items) <= key < len(items) and not any(one and one[0] == "*" for one in items):
        return (items[key],)
    return items


def in_list(ev: Evaluator, unit: Unit, number: int, expr: Expr) -> Values:
    if expr and expr[0] == "*":
        return union(*(iterated(ev, one) for one in ev.expand(ev.values(unit, number, expr[1]))))
    return ev.values(unit, number, expr)


def rest_item(ev: Evaluator, value: Value, key: str | int | None) -> Values:
    """An item of `*args` or `**kwargs`: whatever callers hand over, and the parameter itself for a call to fill in."""
    ev.least(INFERRED)
    slot = value[3] if not isinstance(key, str) else f"{value[3]}:{key}"
    found = [(("p", value[1], value[2], slot),)]
    if isinstance(key, str):
        found.append((("p", value[1], value[2], value[3]),))
    return union(*found)


def typed_item(ev: Evaluator, value: Value, key: str | int | None, sequence: bool) -> Values:
    """An item of `list[Cart]`: a Cart; of `dict[str, Cart]` the value; of `tuple[A, B]` by its place."""
    ev.least(INFERRED)
    unit = ev.unit(value[1])
    number = unit.scope_by_name.get(value[2]) if unit else None
    if unit is None or number is None or value[3][0] != "s":
        return NOTHING
    base, arguments = value[3][1], type_arguments(value[3])
    name = base[-1] if base and base[0] in ("n", "a") else ""
    if not arguments:
        return NOTHING
    if name in TUPLES and isinstance(key, int) and -len(arguments) <= key < len(arguments):
        wanted = arguments[key]
    elif name in TUPLES:
        return union(*(unit.rules.annotated(ev, unit, number, one) for one in arguments))
    elif name in MAPPINGS:
        wanted = arguments[0] if sequence else arguments[-1]
    else:
        wanted = arguments[0] if name in YIELDING else arguments[-1]
    return unit.rules.annotated(ev, unit, number, wanted)


def type_arguments(expr: Expr) -> tuple[Expr, ...]:
    key = expr[2] if expr else None
    if key and key[0] == "l":
        return key[2]
    return (key,) if key else ()


def iterated(ev: Evaluator, value: Value) -> Values:
    """What a loop over a value gives."""
    if value[0] not in CONTAINERS:
        return NOTHING
    return ev.once(("each", value), lambda: each_of(ev, value))


def each_of(ev: Evaluator, value: Value) -> Values:
    what = value[0]
    if what == "G":
        return yielded(ev, value)
    if what == "L":
        written = ev.literal(value)
        if written is not None and written[2][0] == "m":
            unit, number, expr = written
            keys = [ev.values(unit, number, name) for name, _ in expr[1] if name is not None]
            spread = [one for name, one in expr[1] if name is None]
            wholes = [whole for one in spread for whole in ev.expand(ev.values(unit, number, one)) if whole[0] == "L"]
            keys += [iterated(ev, whole) for whole in wholes]
            slots = ev.reach(value[1], value)
            return union(*keys, tuple(("k", slot) for slot in slots if slot))
        ev.least(HEURISTIC)
        return literal_item(ev, value, None)
    if what in ("V", "Y"):
        return item(ev, value, None, sequence=True)
    if what == "R":
        return viewed(ev, value)
    if what == "I":
        unit = ev.unit(value[1])
        return unit.rules.iterated(ev, value) if unit else NOTHING
    return NOTHING


def yielded(ev: Evaluator, value: Value) -> Values:
    """What iterating a generator gives."""
    found = ev.scope_of(value[1], value[2])
    if found is None:
        return NOTHING
    unit, number = found
    scope = unit.scopes[number]

    def compute() -> Values:
        out = [ev.values(unit, number, one) for one in scope.yields]
        if scope.result is not None:
            ev.least(INFERRED)
            declared = unit.rules.annotated(ev, unit, max(scope.parent, 0), scope.result)
            out += [iterated(ev, one) for one in declared]
        return union(*out)

    return ev.once(("ys", value[1], value[2]), compute)


def viewed(ev: Evaluator, value: Value) -> Values:
    """What iterating the result of `map`, `values()`, `items()`, `enumerate` or `zip` gives."""
    kind, of = value[1], value[2]
    if kind == "mapped":
        from remora.isg.link.calls import Arguments, result

        unit = ev.unit(ev.path)
        return result(ev, of, Arguments.given(unit, 0)) if unit else NOTHING
    if kind == "values":
        return item(ev, of, None)
    if kind == "keys":
        return iterated(ev, of)
    if kind == "rest":
        return iterated(ev, of[1])
    if kind == "chain":
        return union(*(iterated(ev, one) for one in of))
    return (
        (("R", {"items": "pair", "enumerate": "counted", "zip": "zipped"}[kind], of),)
        if kind in ("items", "enumerate", "zip")
        else NOTHING
    )
