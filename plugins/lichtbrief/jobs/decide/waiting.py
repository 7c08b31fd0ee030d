"""Posts that wait for a second pair of eyes; this is normal, and the others go out."""

from collections.abc import Collection, Mapping
from pathlib import Path

from lichtbrief.consent import audience_of
from lichtbrief.editions import Approval, Post, digest_of_post
from lichtbrief.errors import Problem
from lichtbrief.jobs.decide.wording import Held
from lichtbrief.roster import Audience, Role, Staff

NONE, SCHOOL = "none", "school"  # of LICHTBRIEF_APPROVAL; anything else asks for all
MAY_APPROVE = (Role.management, Role.office)


def waiting(
    posts: Collection[Post], policy: str, staff: Mapping[str, Staff], root: Path
) -> tuple[Held, ...]:
    """The posts that nobody may read yet, each with what it waits for; raises OSError.

    `policy` says which posts need an approval: none, those that go beyond one class, or all.
    """
    found = ((post, waits_for(post, policy, staff)) for post in posts)
    return tuple(
        Held(post, (Problem(post.path.relative_to(root).as_posix(), why, _todo(post)),))
        for post, why in found
        if why
    )


def _todo(post: Post) -> str:
    who = "somebody of the management or office reads it (lichtbrief preview) and says so"
    return f"{who}: lichtbrief approve {post.id} --by THEIR-ID"


def waits_for(post: Post, policy: str, staff: Mapping[str, Staff]) -> str:
    """Why a post waits, in words that follow “it”; empty when it does not. Raises OSError."""
    if policy == NONE or (policy == SCHOOL and audience_of(post.groups) is Audience.group):
        return ""
    if not post.approved_by:
        return "waits for a second pair of eyes"
    approval = Approval.parse(post.approved_by)
    if approval is None:
        return "has an Approved-By that cannot be read"
    if fault := may_not_approve(approval.by, post, staff):
        return f"was approved by {approval.by}, who {fault}"
    if approval.digest != digest_of_post(post):
        return "has changed since it was approved"
    return ""


def may_not_approve(by: str, post: Post, staff: Mapping[str, Staff]) -> str:
    """Why somebody may not approve a post, in words that follow “who”; empty when they may."""
    member = staff.get(by)
    if member is None:
        return "is not on the staff"
    if member.role not in MAY_APPROVE:
        return "is neither of the management nor of the office"
    return "wrote it" if by == post.author else ""
