"""`lichtbrief log`: shows what was decided, shown and hidden, and checks that nobody changed it."""

import argparse
from collections.abc import Iterable, Mapping

from lichtbrief.cli.common import PUBLISHING, add_common, add_parts, answer, site_of
from lichtbrief.cli.tables import plural
from lichtbrief.consent.lines import As, Line, What
from lichtbrief.jobs.ground.heads import compare, newest_head
from lichtbrief.jobs.ground.keys import any_ring
from lichtbrief.jobs.ground.log import Checked, Log
from lichtbrief.jobs.ground.surroundings import open_surroundings
from lichtbrief.settings import Settings, read_settings

WORDS: Mapping[What, str] = {
    What.permitted: "{post}: may be shown: {photos}",
    What.denied: "{post}: not shown: {photo} ({reason})",
    What.withdrawn: "withdrawn for {audience}, {kind}",
    What.answered: "answered in a letter for {audience}, {kind}: {decision}",
    What.wished: "wants the letter otherwise: {delivery}, in {language}",
    What.taken_down: "taken down: {photo}{post}",
    What.put_back: "no longer taken down: {photo}{post}",
    What.republished: "{post}: shown again on request: {photos}",
    What.published: "edition of {group}, week {week}, put: {edition}",
    What.ahead: "published before their day: {posts}",
    What.removed: "edition of {group}, week {week}, gone with all versions: {edition}",
    What.linked: "letter of week {week} put until {until}: {letter}",
    What.unlinked: "letter of week {week} gone: {letter}",
    What.key_made: "key of school year {year} made",
    What.key_retired: "key of school year {year} destroyed",
    What.revoked: "access ended; editions of {groups} up to week {week} sealed anew",
    What.restored: "access given back",
    What.all_revoked: "every link ended with the key that had signed it; new ones mailed",
    What.continued: "goes on after line {after}, as the store knows it",
    What.recovered: "a last line that was cut off was taken away",
}


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the two parts to the parser."""
    abouts = {
        "show": "show what happened, oldest first",
        "verify": "look for lines that were edited, removed or moved",
    }
    show, verify = add_parts(parser, abouts)
    show.add_argument("--pupil", metavar="ID", help="only what this pupil is mentioned in")
    show.add_argument("--post", metavar="ID", help="only what is about this post")
    add_common(show, PUBLISHING, week="")
    show.set_defaults(run=run_show)
    verify.add_argument(
        "--store",
        action="store_true",
        help="compare with the newest head in the store as well: is it cut short, or another one?",
    )
    add_common(verify, PUBLISHING, week="")
    verify.set_defaults(run=run_verify)


def run_show(options: argparse.Namespace) -> int:
    """Print the log, or some of it."""
    chain = Log.of(read_settings(site_of(options)).state).read()
    lines = [line for line in chain.lines if _is_asked_for(line, options.pupil, options.post)]
    value = {"lines": [_line_json(line) for line in lines]}
    text = "".join(f"{_line_text(line)}\n" for line in lines)
    answer(options, value, text or "The log has nothing about that.\n")
    return 0


def _is_asked_for(line: Line, pupil: str | None, post: str | None) -> bool:
    posts = None, line.about.get("post"), *line.about.get("posts", ())
    return (pupil is None or pupil in line.people(As.pupil)) and post in posts


def _line_json(line: Line) -> Mapping[str, object]:
    who = [{"as": each.role, "id": each.id} for each in line.who]
    return {"n": line.n, "at": line.at, "what": line.what, "about": line.about, "who": who}


def _line_text(line: Line) -> str:
    """`12  2026-11-20 14:00:05 UTC  groep-3/…: not shown: 3f…  (pupil anna-b)`."""
    about = {"photo": "", "post": "", **{name: _value(each) for name, each in line.about.items()}}
    who = ", ".join(f"{each.role} {each.id or '(forgotten)'}" for each in line.who)
    at = line.at.replace("T", " ").replace("Z", " UTC")
    told = WORDS[line.what].format_map(about)
    return f"{line.n:>6}  {at}  {told}" + (f"  [{who}]" if who else "")


def _value(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def run_verify(options: argparse.Namespace) -> int:
    """Check every line; 1 when one is not as it was written, or missing."""
    settings = read_settings(site_of(options))
    checked = Log.of(settings.state).check()
    against = _beside_the_store(settings, checked) if options.store else None
    sound = checked.verdict.sound and against is None
    text = "".join(f"{line}\n" for line in _verdict(checked, against, sound=sound))
    answer(options, {"sound": sound, **_verdict_json(checked), "store": against}, text)
    return 0 if sound else 1


def _beside_the_store(settings: Settings, checked: Checked) -> str | None:
    """What is wrong with the log beside the store's newest head, if anything."""
    with open_surroundings(settings) as surroundings:
        head = newest_head(surroundings.store, any_ring(settings))
    if head is None:
        return "The store knows of no log yet." if checked.chain.lines else None
    return compare(checked.chain, head)


def _verdict_json(checked: Checked) -> Mapping[str, object]:
    verdict = checked.verdict
    return {
        "lines": len(checked.chain.lines),
        "head": checked.chain.head,
        "faults": [{"line": n, "what": what} for n, what in verdict.faults],
        "missing": [list(some) for some in verdict.missing],
        "forgotten": verdict.forgotten,
        "torn": checked.torn,
    }


def _verdict(checked: Checked, against: str | None, *, sound: bool) -> Iterable[str]:
    verdict, chain = checked.verdict, checked.chain
    for n, what in verdict.faults:
        yield f"Line {n} {what}."
    for first, last in verdict.missing:
        yield f"Lines {first} to {last} are not here; the log goes on after them."
    if checked.torn:
        yield "The last line was cut off by a run that was killed; the next run takes it away."
    if against is not None:
        yield against
    if verdict.forgotten:
        yield f"{plural(verdict.forgotten, 'mention')} of people who were forgotten."
    if sound:
        yield f"{plural(len(chain.lines), 'line')}, each as it was written."
        yield f"The last is {chain.length}, its chain {chain.head}."
    else:
        yield "The log is not as it was written: put back a copy, and find out who changed it."
