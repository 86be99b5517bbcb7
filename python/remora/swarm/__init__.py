"""Agents: each asks the engine about one node and hands back that node's whole new text."""

from remora.swarm.agent import NodeAgent, Outcome, Task
from remora.swarm.answer import preview
from remora.swarm.prompt import fixed_prefix

__all__ = ["NodeAgent", "Outcome", "Task", "fixed_prefix", "preview"]
