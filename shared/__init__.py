"""What the functions share at run time, and nothing else."""
