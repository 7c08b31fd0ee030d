"""Everything known at one moment, before any photo is drawn: people, posts, decisions."""
