"""Writes functions and routes, and the lists that follow from them. Never deployed."""
