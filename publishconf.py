"""Settings for publishing: `pelican content -s publishconf.py`, and every job of `lichtbrief`.

What differs from one machine to the next may be given in the environment under the same name.
Secrets never stand here: the key ring is a file (or LICHTBRIEF_KEYS in the environment), the
store's credentials come from the usual AWS places, the relay's password from
LICHTBRIEF_MAIL_PASSWORD.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from pelicanconf import *  # noqa: F403 -- Pelican's own way to widen the settings for looking

OUTPUT_PATH = "output"
LICHTBRIEF_PREVIEW = False

LICHTBRIEF_STORE = os.environ.get("LICHTBRIEF_STORE", "local")
LICHTBRIEF_S3_ENDPOINT = os.environ.get("LICHTBRIEF_S3_ENDPOINT")
LICHTBRIEF_S3_REGION = os.environ.get("LICHTBRIEF_S3_REGION")
LICHTBRIEF_SIGNER_PROFILE = os.environ.get("LICHTBRIEF_SIGNER_PROFILE")
LICHTBRIEF_CLOUDFRONT = os.environ.get("LICHTBRIEF_CLOUDFRONT")
LICHTBRIEF_CLOUDFRONT_KEY_PAIR = os.environ.get("LICHTBRIEF_CLOUDFRONT_KEY_PAIR")
LICHTBRIEF_MAIL = os.environ.get("LICHTBRIEF_MAIL", "smtp://127.0.0.1:25")
LICHTBRIEF_MAIL_FROM = os.environ.get("LICHTBRIEF_MAIL_FROM", "weekbrief@lichtbron.example")
LICHTBRIEF_MAILBOX = os.environ.get("LICHTBRIEF_MAILBOX")
LICHTBRIEF_OFFICE = os.environ.get("LICHTBRIEF_OFFICE")
