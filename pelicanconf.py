"""Settings of the shipped school, for looking: `pelican content` makes a sealed preview."""

import os

from jinja2 import StrictUndefined

AUTHOR = "De Lichtbron"
SITENAME = "De Lichtbron"
SITEURL = ""
RELATIVE_URLS = True
DEFAULT_LANG = "nl"
TIMEZONE = "Europe/Amsterdam"

PATH = "content"
OUTPUT_PATH = "preview"
THEME = "theme"
PLUGINS = ["lichtbrief"]
PLUGIN_PATHS = ["plugins"]

# Pelican fails open: a plugin that is missing is a line in the log and an exit of 0. With these,
# there is then nothing that it could publish; the plugin refuses to start when one is changed.
ARTICLE_PATHS = []
STATIC_PATHS = []
PAGE_PATHS = ["pages"]
DELETE_OUTPUT_DIRECTORY = True
JINJA_ENVIRONMENT = {"autoescape": True, "undefined": StrictUndefined}
THEME_STATIC_PATHS = ["static/public"]

DIRECT_TEMPLATES = ["index"]
PAGE_URL = "{slug}.html"
PAGE_SAVE_AS = "{slug}.html"
PAGE_LANG_URL = "{slug}.html"
PAGE_LANG_SAVE_AS = "{slug}.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {
    "extensions": ["markdown.extensions.extra", "markdown.extensions.sane_lists"],
    "output_format": "html5",
}

# The school. Paths are relative to the folder that holds `content`.
LICHTBRIEF_PREVIEW = True
LICHTBRIEF_SCHOOL = os.environ.get("LICHTBRIEF_SCHOOL", "school")
LICHTBRIEF_STATE = os.environ.get("LICHTBRIEF_STATE", ".lichtbrief")
# How its letters look. A folder with catalogues of its own words goes in LICHTBRIEF_TRANSLATIONS.
LICHTBRIEF_COLOUR = "#0b5a6b"
LICHTBRIEF_LOGO = "theme/logo.png"
LICHTBRIEF_CONTACT = "kantoor@lichtbron.example"
LICHTBRIEF_CONSENT_RULE = "one"
LICHTBRIEF_CONSENT_VALIDITY = "school-year"
# The form in which a question last changed; a yes on an older one no longer counts.
LICHTBRIEF_CONSENT_FORMS = {"school/photo": 2}
