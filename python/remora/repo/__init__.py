"""Files on disk: which root they belong to, which of them are source, what their text is, how they are written."""
