"""Go files: their declarations, and what a package sees of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from remora.isg.facts import ImportFact
from remora.isg.languages.go.declarations import Declarations
from remora.isg.languages.go.gates import gates_of_comment, gates_of_name
from remora.isg.languages.lexical import nth
from remora.isg.scope import Draft
from remora.isg.signature import collapsed
from remora.isg.values import Kind
from remora.lang import Language

if TYPE_CHECKING:
    import tree_sitter

VERSION = frozenset("0123456789")


class GoReader(Declarations):
    """Nodes and facts of a Go file.

    A method belongs to a scope of kind "class" whose `self_type` is its receiver's; a file has one for each type it
    gives methods to. `Facts.data` has `package`, its name; `names`, what it declares for its package; `receivers`, the
    types it gives methods to; and `interfaces`, the names of those it declares.
    """

    declarations: ClassVar[dict[str, str]] = {
        "package_clause": "package",
        "import_declaration": "imported",
        "function_declaration": "function",
        "method_declaration": "method",
        "type_declaration": "types",
        "const_declaration": "values_of_file",
        "var_declaration": "values_of_file",
    }

    def __init__(self, path: str, text: str, repo: str, language: Language) -> None:
        super().__init__(path, text, repo, language)
        self.receivers: dict[str, Draft] = {}

    def file(self, root: tree_sitter.Node) -> None:
        gates = gates_of_name(self.path)
        for node in root.named_children:
            if node.type == "comment":
                gates += gates_of_comment(self.text_at(node))
                self.docs.append(node)
                continue
            if node.type == "package_clause" and gates:
                self.gate(gates, node)
            read = self.declarations.get(node.type)
            if read is not None:
                getattr(self, read)(node)
            else:
                self.code(node)
            self.docs = []

    def finish(self) -> None:
        self.data["names"] = tuple(sorted(name for name, bound in self.module.names.items() if self.declares(bound)))
        if self.receivers:
            self.data["receivers"] = tuple(sorted(self.receivers))
        if self.interfaces:
            self.data["interfaces"] = tuple(self.interfaces)

    @staticmethod
    def declares(bound: list) -> bool:
        return any(one.expr is None or one.expr[0] != "I" for one in bound)

    def gate(self, gates: list[str], node: tree_sitter.Node) -> None:
        self.nodes[0].facets["feature_gates"] = tuple(dict.fromkeys(gates))
        for gate in dict.fromkeys(gates):
            self.refer("gate", ("k", "gate", gate), self.place(node), self.module)

    # ---- the file's head

    def package(self, node: tree_sitter.Node) -> None:
        self.data["package"] = self.text_at(nth(node, 0))
        if doc := self.doc_above(node):
            self.nodes[0].facets["has_doc"] = True
            self.nodes[0] = self.nodes[0]._replace(doc=doc)

    def imported(self, node: tree_sitter.Node) -> None:
        for spec in node.named_children:
            for one in spec.named_children if spec.type == "import_spec_list" else (spec,):
                if one.type == "import_spec":
                    self.import_spec(one)

    def import_spec(self, node: tree_sitter.Node) -> None:
        module = self.text_at(node.child_by_field_name("path")).strip('"`')
        given = self.text_at(node.child_by_field_name("name"))
        name = "*" if given == "." else ""
        alias = "" if given in (".", "_") else given or package_name(module)
        self.imports.append(ImportFact(0, module, name, alias, "", self.place(node)))
        if alias:
            self.module.bind(alias, ("I", len(self.imports) - 1), self.row(node))

    # ---- functions

    def function(self, node: tree_sitter.Node) -> None:
        name = self.text_at(node.child_by_field_name("name"))
        tests = self.in_tests and self.is_test_name(name)
        number = self.function_node("function", name, node, ("test",) if tests else ())
        if name not in ("init", "_"):
            self.module.bind(name, ("d", number), self.row(node))
        self.function_scope(number, node, self.module, None)

    def method(self, node: tree_sitter.Node) -> None:
        receiver = node.child_by_field_name("receiver")
        found = receiver.named_children if receiver is not None else ()
        parameter = next((one for one in found if one.type == "parameter_declaration"), None)
        type_node = parameter.child_by_field_name("type") if parameter is not None else None
        type_name = self.base_name(type_node)
        name = self.text_at(node.child_by_field_name("name"))
        number = self.function_node("method", f"{type_name}.{name}" if type_name else name, node, ())
        if not type_name:
            self.function_scope(number, node, self.module, None)
            return
        owner = self.receivers.get(type_name)
        if owner is None:
            owner = self.receivers[type_name] = self.open_scope("class", 0, 0, 0, around=self.module)
            owner.self_type = ("n", type_name)
        owner.bind(name, ("d", number), self.row(node))
        self.function_scope(number, node, owner, parameter)

    def function_node(self, kind: Kind, qualname: str, node: tree_sitter.Node, flags: Iterable[str]) -> int:
        facets: dict[str, object] = {}
        parameters, result = node.child_by_field_name("parameters"), node.child_by_field_name("result")
        generics = node.child_by_field_name("type_parameters")
        if generics is not None:
            facets["generics"] = tuple(collapsed(self.text_at(one)) for one in generics.named_children)
        if parameters is not None and (found := tuple(self.parameter_facets(parameters))):
            facets["parameters"] = found
        if result is not None:
            facets["returns"] = collapsed(self.text_at(result))
        end = node.child_by_field_name("body")
        return self.define(kind, qualname, node, self.module, end=end, flags=flags, facets=facets)

    def function_scope(
        self, number: int, node: tree_sitter.Node, around: Draft, receiver: tree_sitter.Node | None
    ) -> None:
        body = node.child_by_field_name("body")
        start = body.start_byte if body is not None else node.end_byte
        draft = self.open_scope("function", number, node.start_byte, node.end_byte, start, around)
        draft.qualname, draft.level = self.nodes[number].qualname, 1
        draft.flags |= set(self.nodes[number].flags)
        with self.within(draft):
            if receiver is not None:
                self.type_frames.append(self.receiver_frame(receiver.child_by_field_name("type")))
                self.receiver(receiver)
            self.type_frames.append(self.type_frame(node, draft))
            self.signature(node)
            self.code(body)
            if self.is_closed(node.child_by_field_name("result")):
                draft.returns.clear()  # the declared type says all there is
            self.type_frames.clear()

    def is_closed(self, result: tree_sitter.Node | None) -> bool:
        """Whether none of the declared results can be an interface or a function."""
        if result is None:
            return False
        if result.type != "parameter_list":
            return self.parameter_kind(result) == "/"
        types = [child.child_by_field_name("type") for child in result.named_children]
        return all(self.parameter_kind(one) == "/" for one in types if one is not None)

    def receiver(self, node: tree_sitter.Node) -> None:
        """The receiver is the first parameter."""
        before = len(self.scope.parameters)
        self.parameters([node])
        self.scope.parameters[before] = self.scope.parameters[before]._replace(kind="/", annotation=None)

    def base_name(self, node: tree_sitter.Node | None) -> str:
        while node is not None and node.type in ("pointer_type", "generic_type", "parenthesized_type"):
            node = node.child_by_field_name("type") if node.type == "generic_type" else nth(node, 0)
        return self.text_at(node) if node is not None and node.type == "type_identifier" else ""

    # ---- package variables and constants

    def values_of_file(self, node: tree_sitter.Node) -> None:
        constant = node.type == "const_declaration"
        word = "const" if constant else "var"
        specs = [
            one for child in node.named_children for one in (child.named_children if "list" in child.type else (child,))
        ]
        own = [one for one in specs if one.type in ("const_spec", "var_spec")]
        before, repeated = self.docs, None
        for child in specs:
            if child.type == "comment":
                self.docs = [child] if self.docs is before else [*self.docs, child]
                continue
            if child not in own:
                continue
            alone = node if len(own) == 1 and own[0].start_point[0] == self.row(node) else None
            self.docs = before if alone is not None else self.docs if self.docs is not before else []
            type_node = child.child_by_field_name("type")
            if constant and type_node is None and child.child_by_field_name("value") is None:
                type_node = repeated  # `const ( A Kind = iota; B )`: B is a Kind too
            repeated = type_node
            self.value_spec(child, word, type_node, alone)
            self.docs = []

    def value_spec(
        self, node: tree_sitter.Node, word: str, type_node: tree_sitter.Node | None, outer: tree_sitter.Node | None
    ) -> None:
        right = node.child_by_field_name("value")
        names = [one for one in node.children_by_field_name("name") if one.type == "identifier"]
        type_ = self.type_expr(type_node)
        self.refer_type("type", type_node, self.module)
        kind: Kind = "constant" if word == "const" else "variable"
        for name, value in zip(names, self.parts_of(right, len(names)), strict=False):
            text = self.text_at(name)
            if text == "_":
                continue
            facets: dict[str, object] = {"returns": collapsed(self.text_at(type_node))} if type_node is not None else {}
            self.define(kind, text, node, self.module, end=right, facets=facets, word=word, outer=outer, name_node=name)
            self.module.bind(text, ("A", type_) if type_ is not None else value, self.row(node))


def package_name(module: str) -> str:
    """What a package is called when the import does not say: the last part of its path that is no version."""
    parts = [part for part in module.split("/") if part]
    if len(parts) > 1 and parts[-1][:1] == "v" and parts[-1][1:] and set(parts[-1][1:]) <= VERSION:
        parts.pop()
    name = parts[-1] if parts else ""
    stem, dot, version = name.rpartition(".v")
    if dot and set(version) <= VERSION:
        name = stem
    return name.removeprefix("go-").removesuffix("-go").removesuffix(".go").replace("-", "_") if name else ""
