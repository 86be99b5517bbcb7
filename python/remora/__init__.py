"""Remora: small, fast, checked code edits for Neovim, on the user's own machine."""

__version__ = "0.1.0"
PROTOCOL = 1
