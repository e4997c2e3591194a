"""What several parts of the local cloud use. It imports nothing else of `local`."""
