"""The interface signature graph: files become nodes, references become edges, in parse -> extract -> resolve -> write."""
