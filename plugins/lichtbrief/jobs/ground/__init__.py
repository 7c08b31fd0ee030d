"""What every job stands on: the keys, whose turn it is, what is kept in the store, the log."""
