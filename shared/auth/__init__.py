"""Who is calling: credentials, and what the providers say of them; nothing of HTTP requests."""
