"""The requests that the functions have answered: what happened to each, and when."""
