"""What members of staff see of posts and decisions, and what they answer to that."""
