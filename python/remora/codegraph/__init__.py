"""The single write surface. Nothing outside this package writes code."""

from remora.codegraph.approve import Written, approve
from remora.codegraph.editor import Applied, BufferView, Editor
from remora.codegraph.graph import CodeGraph
from remora.codegraph.ledger import Ledger
from remora.codegraph.proposal import Edit, FileChange, Hunk, Preflight, Proposal
from remora.codegraph.recovery import recover

__all__ = [
    "Applied",
    "BufferView",
    "CodeGraph",
    "Edit",
    "Editor",
    "FileChange",
    "Hunk",
    "Ledger",
    "Preflight",
    "Proposal",
    "Written",
    "approve",
    "recover",
]
