"""Small programs that `bench.photos` runs and measures, each in a process of its own."""
