"""The words with a fixed meaning in the roster's files."""

from enum import StrEnum

SCHOOL = "school"
"""The id of the general group, to which everybody at the school belongs."""

EVERY_GROUP = "all"
"""The word in a staff member's groups that stands for every group."""


class Audience(StrEnum):
    """To whom something is shown."""

    group = "group"
    school = "school"
    paper = "paper"


class Kind(StrEnum):
    """What is shown of a pupil."""

    photo = "photo"
    video = "video"
    name = "name"
    work = "work"


class Answered(StrEnum):
    """What a guardian answered."""

    yes = "yes"
    no = "no"
    withdrawn = "withdrawn"


class BlockKind(StrEnum):
    """Why a pupil is not shown whatever the guardians answered."""

    safety = "safety"
    objection = "objection"
    dispute = "dispute"


class Delivery(StrEnum):
    """How a guardian gets the letter."""

    weekly = "weekly"
    direct = "direct"
    paper = "paper"


class Role(StrEnum):
    """What a staff member does at the school."""

    teacher = "teacher"
    subject = "subject"
    management = "management"
    office = "office"
