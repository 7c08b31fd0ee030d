"""Decided posts become sealed editions in the output, or pages on paper."""
