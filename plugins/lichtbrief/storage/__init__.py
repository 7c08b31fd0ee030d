"""WHERE: the store, the links to it, and making it hold what the build says."""

from lichtbrief.storage.answering import AnswerProbe, Letterlike, verify_answers
from lichtbrief.storage.apply import apply, remove, remove_all
from lichtbrief.storage.cloudfront import CloudFrontSigner
from lichtbrief.storage.lease import Lease, TakenOverError, Work, work_at
from lichtbrief.storage.local import LocalStore
from lichtbrief.storage.plan import Action, Kind, Plan, Step, Wanted, plan
from lichtbrief.storage.policies import POLICIES
from lichtbrief.storage.posting import PostForm, PostSigner, open_post_signer
from lichtbrief.storage.probing import StoreProbe
from lichtbrief.storage.s3 import S3Store, open_store
from lichtbrief.storage.setup import BucketSetup, Deed
from lichtbrief.storage.setup import State as SetupState
from lichtbrief.storage.signer import LONGEST_SECONDS, Signer, SigV4Signer, open_signer
from lichtbrief.storage.store import WORKERS, DryRun, Intent, Store, Stored
from lichtbrief.storage.strangers import refuse_open
from lichtbrief.storage.verify import still_opens, verify, verify_gone

__all__ = [
    "LONGEST_SECONDS",
    "POLICIES",
    "WORKERS",
    "Action",
    "AnswerProbe",
    "BucketSetup",
    "CloudFrontSigner",
    "Deed",
    "DryRun",
    "Intent",
    "Kind",
    "Lease",
    "Letterlike",
    "LocalStore",
    "Plan",
    "PostForm",
    "PostSigner",
    "S3Store",
    "SetupState",
    "SigV4Signer",
    "Signer",
    "Step",
    "Store",
    "StoreProbe",
    "Stored",
    "TakenOverError",
    "Wanted",
    "Work",
    "apply",
    "open_post_signer",
    "open_signer",
    "open_store",
    "plan",
    "refuse_open",
    "remove",
    "remove_all",
    "still_opens",
    "verify",
    "verify_answers",
    "verify_gone",
    "work_at",
]
