"""What a server might say of the sample cart: answers to `lines`, for tests that play the server."""

from __future__ import annotations

from typing import Any


def line(
    key: str,
    kind: str,
    rows: tuple[int, int, int],
    level: int,
    summary: str,
    provenance: str = "rule_based",
    confidence: float = 0.9,
    **more: Any,
) -> dict[str, Any]:
    """`rows`: the node's first, its header's, and the one behind its last."""
    row, header_row, end_row = rows
    return {
        "key": f"cart.py-cart-{key}" if key else "cart.py-cart",
        "name": key.rpartition(".")[2] or "cart",
        "kind": kind,
        "row": row,
        "header_row": header_row,
        "header_end_row": header_row,
        "end_row": end_row,
        "level": level,
        "summary": summary,
        "provenance": provenance,
        "confidence": confidence,
        "stale": False,
        **more,
    }


def cart(**changed: dict[str, Any]) -> dict[str, Any]:
    """The answer for the sample; `total={"summary": …}` changes the line of that node."""
    lines = [
        line("", "module", (0, 0, 22), 0, "Keeps carts and makes empty ones"),
        line("Cart", "class", (5, 5, 18), 1, "Holds prices"),
        line("Cart.__init__", "constructor", (6, 6, 8), 2, "Sets prices"),
        line("Cart.total", "property", (9, 10, 15), 2, "Total", confidence=0.4),
        line("Cart.clear", "method", (16, 16, 18), 2, "Clears prices"),
        line("empty", "function", (20, 20, 22), 1, "Makes a cart; returns Cart"),
    ]
    for each in lines:
        each.update(changed.get(each["name"], {}))
    return {"lines": lines}
