"""Who is mailed, who was, whose mail came back."""
