"""Benchmarks, each run by `make bench NAME=<name>`, and what they and the school are made of."""
