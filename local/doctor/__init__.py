"""`python -m local doctor`: checks this machine and the settings, and says what to do."""

from local.doctor.command import main

__all__ = ["main"]
