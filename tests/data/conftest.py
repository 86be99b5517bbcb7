"""The folders below are cases that the graph is built from, not tests: some of them look like tests."""

collect_ignore_glob = ["*"]
