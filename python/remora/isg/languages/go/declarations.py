"""Type declarations of Go: structs, interfaces, and names for other types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from remora.isg.facts import Expr, Parameter
from remora.isg.languages.go.code import Code
from remora.isg.languages.lexical import COMMENTS, nth
from remora.isg.scope import Draft
from remora.isg.signature import collapsed
from remora.isg.values import Kind
from remora.lang import Language

if TYPE_CHECKING:
    import tree_sitter

RECEIVER = Parameter("(receiver)", "p", None, None)


class Declarations(Code):
    """Makes the nodes of declarations, with the comment above as documentation.

    Attributes:
        docs: comments since the last declaration.
        interfaces: names of the interfaces of the package that were declared.
    """

    def __init__(self, path: str, text: str, repo: str, language: Language) -> None:
        super().__init__(path, text, repo, language)
        self.docs: list[tree_sitter.Node] = []
        self.interfaces: list[str] = []

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

    def parameter_facets(self, node: tree_sitter.Node) -> Iterable[dict[str, str]]:
        for child in node.named_children:
            type_node = child.child_by_field_name("type")
            if type_node is None:
                continue
            dots = "..." if child.type == "variadic_parameter_declaration" else ""
            for name in child.children_by_field_name("name") or [None]:
                yield {"name": self.text_at(name), "type": dots + collapsed(self.text_at(type_node))}

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
