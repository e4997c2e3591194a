"""Stytch: its sessions, their JWTs, and the official SDK."""
