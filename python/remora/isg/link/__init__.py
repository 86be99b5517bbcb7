"""From what files say to edges between their nodes: values of expressions, calls, flows into parameters."""

from remora.isg.link.relink import relink

__all__ = ["relink"]
