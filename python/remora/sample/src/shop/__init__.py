"""A small shop: products, a price list and a cart."""
