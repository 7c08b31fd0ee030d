"""What parents sent and what was written to them: taken in, filed, carried out."""
