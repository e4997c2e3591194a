"""Brings the users table into line with the providers, where webhooks were missed.

`make sync-users` runs it. Each run reads everything anew and changes only what differs: one that
was interrupted is continued by the next.
"""
