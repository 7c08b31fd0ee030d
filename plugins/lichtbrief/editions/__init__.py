"""WHAT: posts are read, made safe, and gathered into one edition per group and week."""

from lichtbrief.editions.approval import Approval, digest_of_post, with_approval
from lichtbrief.editions.assembly import assemble
from lichtbrief.editions.edition import EditionPlan, ShownPhoto, ShownPost, plan_edition
from lichtbrief.editions.folder import PostFolder, open_folder
from lichtbrief.editions.looking import Look
from lichtbrief.editions.offers import starts_of
from lichtbrief.editions.page import render_page
from lichtbrief.editions.places import POST, Place, find_place
from lichtbrief.editions.post import (
    Event,
    Offer,
    Photo,
    Post,
    PostKind,
    RawPost,
    Talk,
    Text,
    code_of_post,
)
from lichtbrief.editions.reading import drafts_in, read_posts
from lichtbrief.editions.surveys import questions_in
from lichtbrief.editions.texts import Words, words_in
from lichtbrief.editions.week import Week

__all__ = [
    "POST",
    "Approval",
    "EditionPlan",
    "Event",
    "Look",
    "Offer",
    "Photo",
    "Place",
    "Post",
    "PostFolder",
    "PostKind",
    "RawPost",
    "ShownPhoto",
    "ShownPost",
    "Talk",
    "Text",
    "Week",
    "Words",
    "assemble",
    "code_of_post",
    "digest_of_post",
    "drafts_in",
    "find_place",
    "open_folder",
    "plan_edition",
    "questions_in",
    "read_posts",
    "render_page",
    "starts_of",
    "with_approval",
    "words_in",
]
