"""Stytch's endpoints, one family per module: arguments in, the reply's own fields out."""
