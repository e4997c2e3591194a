"""The endpoints, one family per module; each is a function from a request to its reply."""
