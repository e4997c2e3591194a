"""The commands of `python -m local` that are one module each; `doctor` and `build` are packages."""
