"""Statements and the connection that runs them; nothing of HTTP."""
