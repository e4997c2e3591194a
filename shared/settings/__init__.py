"""What the process is told: settings from the environment and from AWS."""
