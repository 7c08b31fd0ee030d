"""Ending one guardian's access now, and giving it back on purpose.

What is written first is that it has ended; from then on every run, on every machine, leaves this
guardian out and seals what they could read under a further generation (`consent/revoking.py`).
"""

from lichtbrief.consent.lines import As, Event, What
from lichtbrief.consent.standing import Standing
from lichtbrief.editions import Week as IsoWeek
from lichtbrief.jobs.ground.finding import must_be_guardian, must_be_staff
from lichtbrief.jobs.ground.heads import put_head
from lichtbrief.jobs.ground.keys import any_ring
from lichtbrief.jobs.ground.log import Log
from lichtbrief.jobs.ground.people import office_roster
from lichtbrief.jobs.publish.granting import ENDING, letter_name
from lichtbrief.jobs.runs.weekly import Week
from lichtbrief.letters import ever_granted
from lichtbrief.storage import remove_all, verify_gone


def revoke(week: Week, guardian: str, by: str) -> bool:
    """Write down, here and in the store, that this guardian's access has ended; False if it had.

    To carry it out there are `delete_letters` and `renew`, which seals the editions anew and
    renames them. Raises `LichtbriefError` for people who are not there, and when the store refuses.
    """
    week.catch_up()
    log = Log.of(week.settings.state, week.surroundings.now)
    chain, roster = log.read(), office_roster(week.settings, "ending somebody's access")
    linked = {each for line in chain.lines for each in line.people(As.guardian)}
    must_be_staff(roster, by)
    must_be_guardian(roster, guardian, linked)
    standing = Standing.of(chain.lines)
    is_new = guardian not in standing.revocations.ended
    if is_new:
        groups = sorted(ever_granted(roster, guardian))
        about = {"groups": groups, "week": str(_last_week(week, standing))}
        log.add([Event(What.revoked, about, ((As.guardian, guardian), (As.staff, by)))])
    put_head(log, week.surroundings.store, any_ring(week.settings))
    return is_new


def delete_letters(week: Week, guardian: str) -> None:
    """Delete every letter that a revoked guardian had, and see that they are gone.

    Their names follow from the keys, so that a machine finds them that never saw them.
    """
    ring = any_ring(week.settings)
    standing = Log.of(week.settings.state, week.surroundings.now).standing()
    weeks = {each for _, each in standing.editions.values()}
    weeks |= {each for each, _ in standing.letters.values()}
    names = {
        letter_name(ring.year(one.school_year), guardian, one, generation)
        for one in map(IsoWeek.parse, weeks)
        if one.school_year in ring.years
        for generation in range(standing.revocations.of_letter(guardian, str(one)))
    }
    remove_all(sorted(names), week.surroundings.store)
    until = (week.surroundings.now() + ENDING).replace(microsecond=0)
    verify_gone(sorted(names), week.surroundings.signer, until)


def restore(week: Week, guardian: str, by: str) -> bool:
    """Write down that this guardian gets letters again; False when nobody had ended that.

    Letters to come are theirs again, under names and keys that no earlier link leads to.
    """
    week.catch_up()
    log = Log.of(week.settings.state, week.surroundings.now)
    roster = office_roster(week.settings, "giving access back")
    must_be_staff(roster, by)
    must_be_guardian(roster, guardian)
    if guardian not in log.standing().revocations.ended:
        return False
    log.add([Event(What.restored, {}, ((As.guardian, guardian), (As.staff, by)))])
    put_head(log, week.surroundings.store, any_ring(week.settings))
    return True


def _last_week(week: Week, standing: Standing) -> IsoWeek:
    """The last week of which this guardian may have had anything."""
    published = (IsoWeek.parse(each) for _, each in standing.editions.values())
    return max((IsoWeek.of(week.settings.now().date()), *published))
