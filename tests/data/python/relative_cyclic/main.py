from pack.a import even
even(4)
