"""The store is made equal to what the build and the roster say: editions, then letters."""
