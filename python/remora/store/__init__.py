"""The embedded database: the only place that imports it."""
