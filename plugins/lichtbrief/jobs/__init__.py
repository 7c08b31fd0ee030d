"""What a person or a timer asks for, composed of the folders: decide, build, publish, mail, check.

The folders know nothing of one another's order; here it stands. Those of this one stand in the
order of a job, and each imports only those above it. Nothing here reads arguments, prints or exits:
that is `cli/`.
"""
