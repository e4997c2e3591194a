"""Everything that the instance remembers: one class for each kind of thing."""
