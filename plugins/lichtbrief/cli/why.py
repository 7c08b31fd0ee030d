"""`lichtbrief why`: why a photo is shown or is not; in full for the office only."""

import argparse
from collections.abc import Iterator, Mapping

from lichtbrief.cli.common import LOOKING, add_common, answer, site_of
from lichtbrief.consent import Explained
from lichtbrief.consent.explaining import Heard
from lichtbrief.jobs.decide.deciding import read_and_decide
from lichtbrief.jobs.ground.people import is_copy, not_for_teachers
from lichtbrief.jobs.look.explaining import Why, find_photo, why
from lichtbrief.settings import read_settings
from lichtbrief.site import post_reader


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument("photo", metavar="PHOTO", help="its path, or the post's id/the file's name")
    parser.add_argument(
        "--office",
        action="store_true",
        help="with every answer and block: for the school office alone",
    )
    add_common(parser, LOOKING, week="")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Explain one photo."""
    site = site_of(options)
    settings = read_settings(site)
    if options.office and is_copy(settings.school):
        raise not_for_teachers("telling what was answered")
    decided = read_and_decide(settings, post_reader(site))
    found = why(decided, *find_photo(decided, options.photo, settings.groups_folder))
    value = {**_for_staff(found), **(_for_office(found) if options.office else {})}
    lines = [*_staff_lines(found), *(_office_lines(found) if options.office else ())]
    answer(options, value, "\n".join(lines) + "\n")
    return 0


def _for_staff(found: Why) -> Mapping[str, object]:
    told = found.left_out
    about = {} if told is None else {"reason": told.reason, "what": told.what, "todo": told.todo}
    return {"photo": found.photo, "shown": told is None, **about}


def _staff_lines(found: Why) -> Iterator[str]:
    if found.left_out is None:
        yield f"{found.photo} is shown."
    else:
        yield f"{found.photo} is not shown: {found.left_out.what}."
        yield f"  -> {found.left_out.todo}"


def _for_office(found: Why) -> Mapping[str, object]:
    audience, kind = found.purpose
    people = [{"id": one.person, **explained_json(one)} for one in found.people]
    return {"full_reason": found.reason, "audience": audience, "kind": kind, "people": people}


def _office_lines(found: Why) -> Iterator[str]:
    audience, kind = found.purpose
    yield ""
    yield f"Asked: {kind}, audience {audience}. Decision: {found.reason or 'shown'}."
    for one in found.people:
        yield f"  {one.person}: {one.reason or 'may be shown'}"
        yield from (f"    {line}" for line in explained_lines(one))


def explained_json(one: Explained) -> Mapping[str, object]:
    """One person's part of a decision, for a program."""
    heard = [
        {
            "guardian": each.guardian,
            "decides": each.decides,
            "answer": None if each.said is None else ("yes" if each.said.yes else "no"),
            "said_at": None if each.said is None else each.said.said_at.isoformat(),
            "form": None if each.said is None else each.said.form,
        }
        for each in one.heard
    ]
    return {"reason": one.reason or "", "blocks": list(one.blocks), "guardians": heard}


def explained_lines(one: Explained) -> Iterator[str]:
    """The same for a person: the blocks that hold, then a line for each guardian."""
    for block in one.blocks:
        yield f"block: {block}"
    for each in one.heard:
        yield f"{each.guardian} ({'decides' if each.decides else 'does not decide'}): {_said(each)}"


def _said(heard: Heard) -> str:
    said = heard.said
    if said is None:
        return "no answer"
    word = "yes" if said.yes else "no or withdrawn"
    return f"{word}, said {said.said_at:%Y-%m-%d %H:%M}, form {said.form}"
