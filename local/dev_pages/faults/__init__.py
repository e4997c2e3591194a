"""Faults and time: what the emulators' controls do, as buttons."""
