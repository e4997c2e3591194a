"""What stands around the routes of every function."""
