"""Everything that the project remembers: one class for each kind of thing."""
