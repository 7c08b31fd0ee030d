"""The jobs from their first step to their last, each in an order that can be killed."""
