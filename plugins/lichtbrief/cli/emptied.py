"""What came of the letterboxes, for a program and for a person."""

from collections.abc import Iterable, Mapping

from lichtbrief.cli.tables import Row, summary
from lichtbrief.jobs.answers.balloting import Counted
from lichtbrief.jobs.answers.taking_in import Emptied
from lichtbrief.replies import Why

WORDS: Mapping[Why, str] = {
    Why.no_letter: "in no letterbox of a letter that can be answered",
    Why.size: "of no size that a reply has",
    Why.flood: "too many from one letter",
    Why.unsealed: "not sealed for this letterbox",
    Why.forged: "not from who has the letter",
    Why.malformed: "sealed, but not a reply",
    Why.again: "filed before",
    Why.age: "said after the end of what was asked",
    Why.rights: "from somebody who may not say this (any more)",
}


def emptied_json(emptied: Emptied) -> Mapping[str, object]:
    """What came in and what followed, for a program."""
    done, counted = emptied.carried_out, emptied.received.counted
    return {
        "filed": emptied.received.filed,
        "aside": {str(why): count for why, count in sorted(emptied.received.aside.items())},
        "answers": done.answers,
        "hidden": done.hidden,
        "wishes": done.wishes,
        "surveys": {
            "counted": counted.counted,
            "waiting": counted.waiting,
            "refused": {str(why): n for why, n in sorted(counted.refused.items())},
        },
        "more": emptied.received.more,
        "told": emptied.told,
        "untold": emptied.untold,
    }


def emptied_text(emptied: Emptied) -> str:
    """The same for a person."""
    done = emptied.carried_out
    rows: list[Row] = [("Filed", emptied.received.filed, "lichtbrief inbox --for ID shows them")]
    rows += [("Kept aside", n, WORDS[why]) for why, n in sorted(emptied.received.aside.items())]
    if emptied.received.more:
        rows.append(("And more", "", "in a flooded letterbox; the next run goes on with it"))
    rows += _survey_rows(emptied.received.counted)
    if done.answers:
        rows.append(("Answers", done.answers, "written into consents.csv"))
    if done.wishes:
        rows.append(("Wishes", done.wishes, "how a letter comes; written into guardians.csv"))
    if done.hidden:
        rows.append(("Hidden", done.hidden, "a parent has a doubt; lichtbrief takedown --undo"))
    if emptied.told:
        rows.append(("Told of", emptied.told, "what somebody must see, by mail, to whom it is for"))
    if emptied.untold:
        rows.append(("Not told of", emptied.untold, "the mail did not go out; run this again"))
    return summary("What parents answered", rows)


def _survey_rows(counted: Counted) -> Iterable[Row]:
    if counted.counted:
        yield "Counted", counted.counted, "answers to a survey; lichtbrief survey POST shows them"
    if counted.waiting:
        yield "Waiting", counted.waiting, "answers to a survey, until five are there or it ends"
    for why, n in sorted(counted.refused.items()):
        said = "each parent's counts once" if why is Why.again else WORDS[why]
        yield "Not counted", n, f"answers to a survey, {said}"
