"""JavaScript, TypeScript and TSX: one reader and one set of rules for the three."""
