"""Rust files: their items, and how they hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from remora.isg.facts import Expr, ImportFact
from remora.isg.languages.rust.definitions import Definitions
from remora.isg.languages.rust.header import Head, attribute_text, visibility
from remora.isg.languages.rust.uses import Used, uses
from remora.isg.signature import collapsed
from remora.isg.values import Kind
from remora.lang import Language

if TYPE_CHECKING:
    import tree_sitter

MODIFIERS = frozenset({"async", "const", "unsafe", "extern"})
MAX_ITEM_DEPTH = 60
# The module of the import that a `mod name;` is: no path can begin with the word.
MOD = "mod"
SEMICOLON = ord(";")


class RustReader(Definitions):
    """Nodes and facts of a Rust file. Impl blocks are scopes of kind "class" whose `self_type` is what they are for.

    `Facts.data` has `impls`, (name of the type, qualname) of each impl block, `macros`, the names of macros
    that the crate exports, and `paths`, the files that `#[path]` attributes give to modules.
    """

    items: ClassVar[dict[str, str]] = {
        "function_item": "function",
        "function_signature_item": "function",
        "struct_item": "struct",
        "union_item": "struct",
        "enum_item": "enum",
        "trait_item": "trait",
        "impl_item": "impl",
        "mod_item": "module_item",
        "const_item": "constant_item",
        "static_item": "constant_item",
        "type_item": "alias",
        "associated_type": "alias",
        "macro_definition": "macro_definition",
        "use_declaration": "use",
        "extern_crate_declaration": "extern_crate",
        "foreign_mod_item": "foreign",
    }

    def __init__(self, path: str, text: str, repo: str, language: Language) -> None:
        super().__init__(path, text, repo, language)
        self.impls: list[tuple[str, str]] = []
        self.macros: list[str] = []
        self.paths: dict[str, str] = {}
        self.asked = {}
        self.twins = set()

    def file(self, root: tree_sitter.Node) -> None:
        self.inner_head(root, 0)
        self.bounds_of_blocks(root.named_children)
        self.statements(root.named_children)

    def finish(self) -> None:
        self.prefer_methods()
        if self.impls:
            self.data["impls"] = tuple(self.impls)
        if self.macros:
            self.data["macros"] = tuple(self.macros)
        if self.paths:
            self.data["paths"] = self.paths

    def statements(self, nodes: list[tree_sitter.Node]) -> Expr:
        """Items and statements of a file, a module or a block; the value of the last expression."""
        head, value = Head(), None
        for node in nodes:
            kind = node.type
            value = None
            if kind == "attribute_item":
                head.attributes.append(attribute_text(self.text_at(node)))
                head.first = head.first or node
                continue
            if kind in ("line_comment", "block_comment"):
                if node.child_by_field_name("outer") is not None:
                    head.docs.append(self.text_at(node))
                continue
            read = self.items.get(kind)
            if read is None:
                expr = self.code(node)
                value = expr if self.source[node.end_byte - 1] != SEMICOLON else None
            elif len(self.type_frames) < MAX_ITEM_DEPTH:
                getattr(self, read)(node, head)
            if head.attributes or head.docs:
                head = Head()
        return value

    def inner_head(self, holder: tree_sitter.Node, number: int) -> None:
        """`#![…]` and `//!` belong to the module they stand in."""
        head = Head()
        for child in holder.named_children:
            if child.type == "inner_attribute_item":
                head.attributes.append(attribute_text(self.text_at(child)))
            elif child.type in ("line_comment", "block_comment"):
                if child.child_by_field_name("inner") is not None:
                    head.docs.append(self.text_at(child))
            else:
                break
        node = self.nodes[number]
        node.facets.update(head.facets())
        if doc := self.doc_text(head.docs):
            node.facets["has_doc"] = True
            self.nodes[number] = node = node._replace(doc=doc)
        if "test" in head.gates:
            self.nodes[number] = node._replace(tdd="TEST_IMPLEMENTATION")
        self.refer_gates(head, holder, self.scope)

    # ---- other items

    def trait(self, node: tree_sitter.Node, head: Head) -> None:
        name, body = self.text_at(node.child_by_field_name("name")), node.child_by_field_name("body")
        bounds = self.bounds_in(node.child_by_field_name("bounds"))
        texts = tuple(collapsed(self.text_at(one)) for one in bounds)
        flags = ("unsafe",) if node.children and any(child.type == "unsafe" for child in node.children) else ()
        facets: dict[str, object] = {"bases": texts} if texts else {}
        number = self.define("trait", name, node, head, flags=flags, facets=facets, end=body)
        self.bind(name, ("d", number), node, head)
        draft = self.open_item("class", number, node, head, body)
        draft.flags.add("public")
        with self.within(draft):
            self.type_frames.append(self.type_frame(node))
            self.refer_bounds(node, draft)
            draft.bases += [self.type_expr(one) for one in bounds]
            self.statements(body.named_children if body is not None else [])
            self.type_frames.pop()

    def impl(self, node: tree_sitter.Node, head: Head) -> None:
        """A block of members: `impl Cart` or `impl Display for Cart`; the members are the type's."""
        type_node, trait_node = node.child_by_field_name("type"), node.child_by_field_name("trait")
        body = node.child_by_field_name("body")
        base = self.base_name(type_node)
        trait = collapsed(self.text_at(trait_node))
        title = f"impl {trait} for {base}" if trait else f"impl {base}"
        facets: dict[str, object] = {"bases": (trait,)} if trait else {}
        number = self.define("impl", title, node, head, seen="public", facets=facets, end=body)
        draft = self.open_item("class", number, node, head, body)
        around = self.scope.qualname
        draft.qualname = f"{around}.{base}" if around else base
        if trait:
            draft.flags.add("public")
        with self.within(draft):
            self.type_frames.append(self.type_frame(node))
            self_type = self.type_expr(type_node)
            if base in self.type_frames[-1]:
                draft.flags.add("blanket")
            draft.self_type = self_type[1] if self_type is not None and self_type[0] == "s" else self_type
            self.refer_bounds(node, draft)
            if trait_node is not None:
                draft.bases.append(self.type_expr(trait_node))
            self.statements(body.named_children if body is not None else [])
            self.type_frames.pop()
        if draft.self_type is not None and draft.self_type[0] in "na":
            self.impls.append((draft.self_type[-1], self.nodes[number].qualname))

    def base_name(self, node: tree_sitter.Node | None) -> str:
        """The name of a type without references and generic arguments."""
        while node is not None and node.type in ("reference_type", "generic_type", "pointer_type", "dynamic_type"):
            node = node.child_by_field_name("trait" if node.type == "dynamic_type" else "type")
        return collapsed(self.text_at(node)).replace(".", "")

    def module_item(self, node: tree_sitter.Node, head: Head) -> None:
        name, body = self.text_at(node.child_by_field_name("name")), node.child_by_field_name("body")
        if body is None:
            where = "::".join((MOD, *self.inline))
            file = name
            if head.path:
                file = f"{name}={head.path}"
                self.paths[file] = head.path
            self.bring(ImportFact(self.scope.number, where, file, name, self.gate_of(head), self.place(node)), head)
            return
        flags = ("test",) if "test" in head.gates else ()
        number = self.define("module", name, node, head, flags=flags, end=body)
        self.bind(name, ("d", number), node, head)
        draft = self.open_item("module", number, node, head, body)
        before = self.inline
        with self.within(draft):
            self.inline = (*before, name)
            self.type_frames.append({})
            self.inner_head(body, number)
            self.statements(body.named_children)
            self.type_frames.pop()
        self.inline = before

    def constant_item(self, node: tree_sitter.Node, head: Head) -> None:
        name, value = self.text_at(node.child_by_field_name("name")), node.child_by_field_name("value")
        type_node = node.child_by_field_name("type")
        static = node.type == "static_item"
        mutable = any(child.type == "mutable_specifier" for child in node.children)
        flags = [word for word, holds in (("static", static), ("mut", mutable)) if holds]
        facets: dict[str, object] = {"returns": collapsed(self.text_at(type_node))} if type_node is not None else {}
        seen = "public" if self.scope.kind == "class" and "public" in self.scope.flags else ""
        kind: Kind = "variable" if mutable else "constant"
        number = self.define(kind, name, node, head, seen=seen, flags=flags, facets=facets, end=value)
        type_ = self.type_expr(type_node)
        self.refer_type("type", type_node, type_, self.scope)
        expr = self.code(value)
        if name != "_":
            if type_ is not None:  # a table of functions says more than its type
                expr = ("o", (("A", type_), expr)) if expr is not None and expr[0] in "lna" else ("A", type_)
            self.bind(name, expr, node, head)
        self.gated(number, node, head)

    def alias(self, node: tree_sitter.Node, head: Head) -> None:
        """`type A = B`, or an associated type: its name means what it is declared as."""
        name, type_node = self.text_at(node.child_by_field_name("name")), node.child_by_field_name("type")
        seen = "public" if self.scope.kind == "class" else ""
        flags = ("abstract",) if node.type == "associated_type" else ()
        number = self.define("type", name, node, head, seen=seen, flags=flags)
        draft = self.open_item("class", number, node, head)
        self.type_frames.append(self.type_frame(node))
        draft.extra["alias"] = self.type_expr(type_node) or self.bound(node.child_by_field_name("bounds"))
        self.refer_bounds(node, draft)
        for bound in self.bounds_in(node.child_by_field_name("bounds")):
            self.refer("bound", self.type_expr(bound), self.place(bound), draft)
        self.refer_type("type", type_node, self.type_expr(type_node), draft)
        self.type_frames.pop()
        self.bind(name, ("d", number), node, head)

    def macro_definition(self, node: tree_sitter.Node, head: Head) -> None:
        name = self.text_at(node.child_by_field_name("name"))
        exported = head.has("macro_export")
        rules = next((child for child in node.children if child.type == "macro_rule"), None)
        seen = "public" if exported else "private"
        number = self.define("macro", name, node, head, seen=seen, flags=("export",) if exported else (), end=rules)
        self.bind(f"{name}!", ("d", number), node, head)
        self.open_item("function", number, node, head)
        if exported:
            self.macros.append(name)

    def foreign(self, node: tree_sitter.Node, head: Head) -> None:
        """`extern "C" { … }`: what it declares are items of the module."""
        body = node.child_by_field_name("body")
        self.statements(body.named_children if body is not None else [])

    # ---- imports

    def use(self, node: tree_sitter.Node, head: Head) -> None:
        for used in uses(node.child_by_field_name("argument"), self.text_at):
            self.used(used, node, head)

    def used(self, used: Used, node: tree_sitter.Node, head: Head) -> None:
        path = list(used.path)
        if path and path[0] in ("self", "super"):
            count = 0
            if path[0] == "self":
                path = path[1:]
            while path and path[0] == "super":
                count, path = count + 1, path[1:]
            path = [*self.above_names(count), *path]
        module, name = ("::".join(path), "*") if used.name == "*" else ("::".join(path[:-1]), path[-1])
        if not module:
            module, name = name, ""
        alias = "" if used.name in ("*", "_") else used.name
        if len(path) == 2 and path[0] == path[1] == alias:
            self.twins.add(alias)
        self.bring(
            ImportFact(self.scope.number, module, name, alias, self.gate_of(head), self.place(node)),
            head,
            "export" if visibility(node) != "private" else "",
        )

    def above_names(self, count: int) -> tuple[str, ...]:
        """The module so many levels above, as the segments of a path from the file's own: "self" or "super" first."""
        if count <= len(self.inline):
            return ("self", *self.inline[: len(self.inline) - count])
        return ("super",) * (count - len(self.inline))

    @staticmethod
    def gate_of(head: Head) -> str:
        return ", ".join(head.gates)

    def bring(self, fact: ImportFact, head: Head, seen: str = "") -> None:
        """Record an import and bind its name."""
        self.imports.append(fact)
        if fact.alias:
            self.scope.bind(fact.alias, ("I", len(self.imports) - 1), fact.place[0], True)
        for gate in head.gates:
            self.refer("gate", ("k", "gate", gate), fact.place, self.scope)

    def extern_crate(self, node: tree_sitter.Node, head: Head) -> None:
        name = self.text_at(node.child_by_field_name("name"))
        alias = self.text_at(node.child_by_field_name("alias")) or name
        fact = ImportFact(self.scope.number, name, "", alias, self.gate_of(head), self.place(node))
        self.bring(fact, head)
