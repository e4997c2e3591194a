"""`python -m local doctor`: what is right and wrong here, in plain words, and what to do."""

from local.doctor.command import main

__all__ = ["main"]
