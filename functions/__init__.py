"""One module per deployed function; each ends in `handler`."""
