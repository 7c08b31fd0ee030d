"""Approving: the second pair of eyes writes into a post that they have seen it."""

from pathlib import Path

from lichtbrief.editions import Approval, Post, digest_of_post, with_approval
from lichtbrief.errors import LichtbriefError, ProblemsError
from lichtbrief.files import write_whole
from lichtbrief.jobs.decide.deciding import Decided
from lichtbrief.jobs.decide.waiting import NONE, may_not_approve
from lichtbrief.jobs.look.confirming import whole_place


def approve(decided: Decided, folder: Path, by: str) -> Post:
    """Write into the header of the post in `folder` that `by` has seen it as it is now.

    The file keeps its line ends and its mode. Raises `LichtbriefError` when there is no such whole
    post, when it waits for something else, or when `by` may not approve it; OSError when it cannot
    be written.
    """
    post = _find(decided, folder)
    if decided.settings.approval == NONE:
        hint = 'a school that wants it sets LICHTBRIEF_APPROVAL to "school" or "all"'
        raise LichtbriefError("no post needs an approval here", hint)
    if fault := may_not_approve(by, post, decided.roster.staff):
        hint = "somebody else of the management or office can (staff.csv, role)"
        raise LichtbriefError(f"{by} cannot approve {post.id}: {by} {fault}", hint)
    text = post.path.read_bytes().decode("utf-8")
    approval = Approval(by, digest_of_post(post))
    mode = post.path.stat().st_mode & 0o777
    write_whole(post.path, with_approval(text, approval).encode(), mode)
    return post


def _find(decided: Decided, folder: Path) -> Post:
    place = whole_place(decided, folder, "approved", "read it")
    if held := next((one for one in decided.held if one.post.id == place.id), None):
        what = f"{place.id} is kept back; nothing was approved"
        raise ProblemsError(what, held.problems, "mend that, then read it again")
    found = next((post for post in decided.whole if post.id == place.id), None)
    if found is None:
        hint = "is it a draft, taken down, or of another school year?"
        raise LichtbriefError(f"{place.id} is not among the posts", hint)
    return found
