"""One line about a definition: rules first, a model where they are not enough. Lines are hints, never authority."""
