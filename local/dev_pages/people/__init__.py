"""People: the users and sessions of both providers, and what can be done with them."""
