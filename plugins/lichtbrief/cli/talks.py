"""`lichtbrief talks`: give a time to every talk that parents asked for, and print the plans."""

import argparse
from collections.abc import Iterator, Mapping, Sequence

from lichtbrief.cli.common import PUBLISHING, add_common, add_parts, answer, site_of
from lichtbrief.cli.tables import Row, plural, summary
from lichtbrief.jobs.answers.appointing import FILE, Appointed, appoint, offering, summary_of
from lichtbrief.jobs.answers.desk import answered_desk
from lichtbrief.jobs.answers.talk_plans import FOLDER, make_plans, write_plans
from lichtbrief.jobs.decide.deciding import Decided, read_and_decide
from lichtbrief.jobs.ground.finding import must_be_staff, named
from lichtbrief.jobs.ground.people import office_roster
from lichtbrief.settings import read_settings
from lichtbrief.site import post_reader
from lichtbrief.talks import Line, Wanted

HELP = "the post of the talks (default: all whose days are still to come)"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the two parts to the parser."""
    abouts = {
        "assign": "give times, and write the plans",
        "plan": "print who talks with whom, and write the plans",
    }
    assigning, planning = add_parts(parser, abouts)
    assigning.add_argument("posts", nargs="*", metavar="POST", help=HELP)
    add_common(assigning, PUBLISHING, week="")
    assigning.set_defaults(run=run_assign)
    planning.add_argument("posts", nargs="*", metavar="POST", help=HELP)
    planning.add_argument("--for", dest="staff", metavar="ID", help="only of this teacher")
    add_common(planning, PUBLISHING, week="")
    planning.set_defaults(run=run_plan)


def run_assign(options: argparse.Namespace) -> int:
    """Give times; the status is 1 when somebody got none."""
    decided = _decided(options, "giving times to talks")
    posts = offering(decided, _named(decided, options.posts))
    with answered_desk(decided.settings) as desk:
        filed = desk.cabinet.all()
    appointed = appoint(decided, filed, posts)
    everything = offering(decided)
    write_plans(decided, make_plans(decided, everything, appointed.talks))
    answer(options, _as_json(appointed), _as_text(decided, appointed))
    return 1 if appointed.assigned.without else 0


def run_plan(options: argparse.Namespace) -> int:
    """Print the plans."""
    decided = _decided(options, "printing plans of talks")
    posts = offering(decided, _named(decided, options.posts))
    if options.staff:
        must_be_staff(decided.roster, options.staff)
    plans = make_plans(decided, posts, decided.roster.talks)
    texts = write_plans(decided, plans)
    shown = {staff: texts[staff] for staff in texts if options.staff in (None, staff)}
    folder = decided.settings.state / FOLDER
    text = "\n".join([*shown.values(), f"To print: {folder}"]) + "\n"
    value = {staff: list(map(_line_json, plans[staff])) for staff in shown}
    answer(options, {"plans": value}, text if shown else "No talks are still to come.\n")
    return 0


def _decided(options: argparse.Namespace, what: str) -> Decided:
    site = site_of(options)
    settings = read_settings(site)
    office_roster(settings, what)
    return read_and_decide(settings, post_reader(site))


def _named(decided: Decided, posts: Sequence[str]) -> Sequence[str]:
    return [named(decided.settings, text).post for text in posts]


def _line_json(line: Line) -> Mapping[str, object]:
    return {
        "start": line.start.isoformat(timespec="minutes"),
        "end": line.end.isoformat(timespec="minutes"),
        "pupil": line.pupil,
        "group": line.group,
        "guardians": line.guardians,
    }


def _as_json(appointed: Appointed) -> Mapping[str, object]:
    without = [
        {"post": one.post, "pupil": one.pupil, "guardians": one.guardians, "why": _why(one)}
        for one in appointed.assigned.without
    ]
    cannot = [
        {"post": post, "pupil": pupil, "guardians": guardians}
        for post, pupil, guardians in appointed.wishes.cannot
    ]
    return {**summary_of(appointed), "without": without, "cannot": cannot}


def _as_text(decided: Decided, appointed: Appointed) -> str:
    counts = summary_of(appointed)
    rows: list[Row] = [
        ("First choice", counts["first"], ""),
        ("Second choice", counts["second"], ""),
        ("Third choice", counts["third"], ""),
        ("Another time", counts["other"], "none of their choices was free"),
        ("No time", counts["without"], "see below: please call them"),
        ("Cannot come", counts["cannot"], "at any of the times: please call them"),
        ("Cancelled", counts["cancelled"], "had a time, and cannot come after all"),
    ]
    given = plural(len(appointed.assigned.given), "talk")
    lines = [summary(f"{given} got a time", [row for row in rows if row[1]])]
    lines += _to_call(decided, appointed)
    folder = decided.settings.state / FOLDER
    lines.append(f"All times: {decided.settings.school / FILE}\nPlans to print: {folder}\n")
    return "\n".join(lines)


def _to_call(decided: Decided, appointed: Appointed) -> Iterator[str]:
    """Each family that has no time, by ids and names, with the reason."""
    people = [(one.post, one.pupil, one.guardians, _why(one)) for one in appointed.assigned.without]
    people += [(*each, "none of the times suits them") for each in appointed.wishes.cannot]
    if people:
        yield "To call:"
    for post, pupil, guardians, why in people:
        names = ", ".join(decided.roster.guardians[one].name for one in guardians)
        yield f"  {names} ({' '.join(guardians)}) about {pupil}, {post}\n    {why}"
    if people:
        yield ""


def _why(one: Wanted) -> str:
    if not one.teachers:
        return "nobody whom the post names teaches this child's group"
    if one.elsewhere:
        return "no time is free any more that fits with their other talks"
    return "none of the times that they chose is free, and no other will do"
