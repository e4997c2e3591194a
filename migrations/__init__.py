"""The schema, as numbered forward-only .sql files, and what applies them.

`python -m migrations` brings the database of `DATABASE_URL` (or `PLANETSCALE_*`) up to date.
"""
