"""What Latchkey's claims of speed rest on."""
