"""The server: wire, handlers, lifecycle, and the client that talks to it."""
