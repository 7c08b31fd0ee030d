"""WHEN: what parents chose becomes a time and a teacher for each talk. Values in, values out."""

from lichtbrief.talks.assigning import Assigned, assign
from lichtbrief.talks.booking import Booking, Given, Wanted
from lichtbrief.talks.plan import Line, as_text, plan_of
from lichtbrief.talks.wishes import Asked, Wishes, pupils_of, teachers_of, wishes_of

__all__ = [
    "Asked",
    "Assigned",
    "Booking",
    "Given",
    "Line",
    "Wanted",
    "Wishes",
    "as_text",
    "assign",
    "plan_of",
    "pupils_of",
    "teachers_of",
    "wishes_of",
]
