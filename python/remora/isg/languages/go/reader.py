"""Go files: their declarations, and what a package sees of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from remora.isg.facts import Expr, ImportFact, Parameter
from remora.isg.languages.go.code import Code
from remora.isg.languages.go.gates import gates_of_comment, gates_of_name
from remora.isg.languages.lexical import COMMENTS, nth
from remora.isg.scope import Draft
from remora.isg.signature import collapsed
from remora.isg.values import Kind
from remora.lang import Language

if TYPE_CHECKING:
    import tree_sitter

VERSION = frozenset("0123456789")
RECEIVER = Parameter("(receiver)", "p", None, None)


class GoReader(Code):
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
        self.interfaces: list[str] = []
        self.docs: list[tree_sitter.Node] = []

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

    def doc_above(self, node: tree_sitter.Node) -> str:
        """The comment lines that end right above a declaration."""
        row, near = self.row(node), []
        for comment in reversed(self.docs):
            start = comment.start_byte
            if comment.end_point[0] + 1 != row or self.source[start - comment.start_point[1] : start].strip():
                break  # it is further up, or behind the code of its line
            near.append(self.text_at(comment))
            row = self.row(comment)
        kept = [text for text in reversed(near) if not text.startswith(("//go:", "// +build"))]
        return self.doc_text(kept)

    # ---- definitions

    def define(
        self,
        kind: Kind,
        qualname: str,
        node: tree_sitter.Node,
        around: Draft,
        *,
        end: tree_sitter.Node | None = None,
        flags: Iterable[str] = (),
        facets: dict[str, object] | None = None,
        word: str = "",
        outer: tree_sitter.Node | None = None,
        name_node: tree_sitter.Node | None = None,
    ) -> int:
        """Make a declaration's node. `outer`: the declaration around a single spec; `word`: what its header begins with."""
        whole = outer or node
        name_node = name_node or node.child_by_field_name("name") or node
        name = qualname.rpartition(".")[2]
        stop = end.start_byte if end is not None else node.end_byte
        header = collapsed(self.source[node.start_byte : stop].decode("utf-8", "replace"))
        return self.add_node(
            kind,
            name,
            qualname,
            around,
            f"{word} {header}" if word else header,
            (*whole.start_point, *whole.end_point, whole.start_byte, whole.end_byte),
            self.place(name_node),
            visibility="public" if name[:1].isupper() else "package",
            flags=flags,
            doc=self.doc_above(whole) if self.docs else "",
            facets=facets,
        )

    def function(self, node: tree_sitter.Node) -> None:
        name = self.text_at(node.child_by_field_name("name"))
        tests = self.in_tests and self.is_test_name(name)
        number = self.function_node("function", name, node, ("test",) if tests else ())
        if name not in ("init", "_"):
            self.module.bind(name, ("d", number), self.row(node))
        self.function_scope(number, node, self.module, None)

    def method(self, node: tree_sitter.Node) -> None:
        receiver = node.child_by_field_name("receiver")
        parameter = next((one for one in receiver.named_children if one.type == "parameter_declaration"), None)
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

    def parameter_facets(self, node: tree_sitter.Node) -> Iterable[dict[str, str]]:
        for child in node.named_children:
            type_node = child.child_by_field_name("type")
            if type_node is None:
                continue
            dots = "..." if child.type == "variadic_parameter_declaration" else ""
            for name in child.children_by_field_name("name") or [None]:
                yield {"name": self.text_at(name), "type": dots + collapsed(self.text_at(type_node))}

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

    # ---- types

    def types(self, node: tree_sitter.Node) -> None:
        specs = [one for one in node.named_children if one.type in ("type_spec", "type_alias")]
        before = self.docs
        for child in node.named_children:
            if child.type == "comment":
                self.docs = [*self.docs, child] if self.docs is not before else [child]
            elif child in specs:
                alone = node if len(specs) == 1 and node.child_count == 2 else None
                self.docs = before if alone is not None else self.docs
                self.type_spec(child, self.module, alone)
                self.docs = []

    def local_type(self, node: tree_sitter.Node) -> Expr:
        self.docs = []
        self.type_spec(node, self.scope, None)
        return None

    def type_spec(self, node: tree_sitter.Node, around: Draft, outer: tree_sitter.Node | None) -> None:
        name, type_node = self.text_at(node.child_by_field_name("name")), node.child_by_field_name("type")
        what = type_node.type if type_node is not None else ""
        kind: Kind = "struct" if what == "struct_type" else "interface" if what == "interface_type" else "type"
        end = nth(type_node, 0) if what == "struct_type" and type_node is not None else None
        if what == "interface_type" and type_node is not None:
            end = type_node.children[1] if type_node.child_count > 1 else None
        facets: dict[str, object] = {}
        generics = node.child_by_field_name("type_parameters")
        if generics is not None:
            facets["generics"] = tuple(collapsed(self.text_at(one)) for one in generics.named_children)
        qualname = f"{around.qualname}.{name}" if around.qualname else name
        number = self.define(kind, qualname, node, around, end=end, facets=facets, word="type", outer=outer)
        around.bind(name, ("d", number), self.row(node))
        draft = self.open_scope("class", number, node.start_byte, node.end_byte, node.start_byte, around)
        draft.qualname, draft.level = qualname, around.level + 1
        with self.within(draft):
            self.type_frames.append(self.type_frame(node, draft))
            if kind == "struct":
                self.struct(type_node, draft)
            elif kind == "interface":
                self.interface(type_node, draft)
                if around is self.module:
                    self.interfaces.append(name)
            else:
                word = "alias" if node.type == "type_alias" else "underlying"
                draft.extra[word] = self.type_expr(type_node)
                self.refer_type("type", type_node, draft)
            self.type_frames.pop()

    def struct(self, node: tree_sitter.Node | None, draft: Draft) -> None:
        fields = nth(node, 0) if node is not None else None
        for child in fields.named_children if fields is not None else ():
            if child.type == "comment":
                self.docs.append(child)
                continue
            if child.type == "field_declaration":
                self.field(child, draft)
            self.docs = []

    def field(self, node: tree_sitter.Node, draft: Draft) -> None:
        type_node = node.child_by_field_name("type")
        type_ = self.type_expr(type_node)
        tag = node.child_by_field_name("tag")
        names = node.children_by_field_name("name")
        if names:
            self.refer_type("type", type_node, draft)
        facets: dict[str, object] = {"returns": collapsed(self.text_at(type_node))}
        if not names and type_ is not None:  # embedded: its members are seen through this struct
            of = type_[1] if type_[0] == "s" else type_
            draft.bases.append(of)
            self.add_base(draft, self.text_at(type_node))
            self.define("field", f"{draft.qualname}.{of[-1]}", node, draft, end=tag, facets=facets, name_node=type_node)
            draft.bind(str(of[-1]), ("A", type_), self.row(node))
        for name in names:
            self.define(
                "field",
                f"{draft.qualname}.{self.text_at(name)}",
                node,
                draft,
                end=tag,
                facets=dict(facets),
                name_node=name,
            )
            draft.bind(self.text_at(name), ("A", type_) if type_ is not None else None, self.row(node))

    def add_base(self, draft: Draft, text: str) -> None:
        facets = self.nodes[draft.node].facets
        before = facets.get("bases", ())
        facets["bases"] = (*before, collapsed(text)) if isinstance(before, tuple) else (collapsed(text),)

    def interface(self, node: tree_sitter.Node | None, draft: Draft) -> None:
        for child in node.named_children if node is not None else ():
            if child.type == "comment":
                self.docs.append(child)
                continue
            if child.type == "method_elem":
                self.interface_method(child, draft)
            elif child.type == "type_elem":
                self.type_element(child, draft)
            self.docs = []

    def interface_method(self, node: tree_sitter.Node, draft: Draft) -> None:
        name = self.text_at(node.child_by_field_name("name"))
        facets: dict[str, object] = {}
        parameters, result = node.child_by_field_name("parameters"), node.child_by_field_name("result")
        if parameters is not None and (found := tuple(self.parameter_facets(parameters))):
            facets["parameters"] = found
        if result is not None:
            facets["returns"] = collapsed(self.text_at(result))
        qualname = f"{draft.qualname}.{name}"
        number = self.define("method", qualname, node, draft, flags=("abstract",), facets=facets)
        draft.bind(name, ("d", number), self.row(node))
        inner = self.open_scope("function", number, node.start_byte, node.end_byte, node.end_byte, draft)
        inner.qualname, inner.level = qualname, draft.level + 1
        inner.flags.add("abstract")
        with self.within(inner):
            # The receiver has no name here, but it is handed over like any other's.
            self.scope.parameters.append(RECEIVER)
            self.signature(node)

    def type_element(self, node: tree_sitter.Node, draft: Draft) -> None:
        """One type is an embedded interface; several, or one with a tilde, are a constraint."""
        inner = [child for child in node.named_children if child.type not in COMMENTS]
        if len(inner) == 1 and inner[0].type in ("type_identifier", "qualified_type", "generic_type"):
            type_ = self.type_expr(inner[0])
            if type_ is not None and type_[-1] not in ("any", "comparable"):
                draft.bases.append(type_[1] if type_[0] == "s" else type_)
                self.add_base(draft, self.text_at(inner[0]))
            return
        for child in inner:
            self.refer_type("type", child, draft)

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
