"""The local cloud itself: every part, wired together, from its start to its end."""
