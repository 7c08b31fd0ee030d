"""The reader's words: the names by which its script asks for them, and the English messages."""

from collections.abc import Mapping

from lichtbrief.languages import Words
from lichtbrief.letters.reply_words import REPLIES, SURVEYS

READER: Mapping[str, str] = {
    # while the letter opens
    "opening": "Opening your letter …",
    "week": "Week %(number)s",
    "contents": "In this letter",
    "dates": "Dates",
    "for": "For %(reader)s",
    "photo": "Photo %(number)s of %(total)s",
    "doubted": "A doubt about the newsletter (message %(code)s)",
    # earlier weeks
    "archive": "Earlier weeks",
    "group": "Group",
    "all": "All groups",
    "search": "Search in what is open",
    "found": "Found: %(number)s",
    "fetching": "Fetching this week …",
    "spoilt": "This week was damaged on its way.",
    "unfetched": "This week cannot be fetched now. Try again later, or open the link in your "
    "newest mail.",
    # why it stays closed
    "framed": "This letter does not open inside another page. "
    "Open the link in your mail by itself.",
    "insecure": "This letter opens only at an address that begins with https. "
    "Open the link exactly as it is in your mail.",
    "empty": "The code is missing from this link. You find the code in your mail, below the link. "
    "Type it here.",
    "short": "The code is not complete. Please check it: it has 28 letters and digits.",
    "long": "The code is too long. Please check it: it has 28 letters and digits.",
    "typo": "There is a mistake in the code. Please compare it with the code in your mail.",
    "wrong": "This code belongs to another letter. Use the code from the same mail as the link.",
    "damaged": "This letter was damaged on its way. Open the link again. "
    "If that does not help, ask the school for a new one.",
    # photos that do not come
    "expired": "The photos can no longer be opened; this link worked until %(until)s.",
    "replaced": "The photos can no longer be opened: the school has replaced this letter. "
    "Look in your mail for a newer link, or ask the school.",
    "offline": "You are offline. What has been loaded stays readable.",
    "unreachable": "The photos do not come through at the moment. The text stays readable.",
    "spoiled": "This photo was damaged on its way.",
    "retry": "Try again",
    # films
    "film": "Play the film (%(length)s, %(size)s)",
    "film-coming": "The film is coming: %(percent)s",
    "film-spoiled": "This film was damaged on its way.",
    "film-unreachable": "This does not come through at the moment. Please try again later.",
    "film-unknown": "This browser cannot play the film. Open the letter in another browser.",
    # labels in an edition, in small letters: some stand within a line
    "when": "when",
    "where": "where",
    "until": "until",
    "bring": "bring along",
    "changed": "changed on",
    "cancelled": "This is cancelled.",
    "add": "Put in my calendar",
}


# In letters that ask for a passphrase, and in no other.
LOCKED: Mapping[str, str] = {
    "passphrase": "This letter also asks for your passphrase. It stands on the card that you got "
    "from the school. Type it here.",
    "mismatch": "This is not the passphrase of this letter. Compare it with the newest card from "
    "the school.",
}


def reader_words(
    words: Words, *, replies: bool = False, locked: bool = False, surveys: bool = False
) -> dict[str, str]:
    """What the reader can say in one language: its name for each sentence -> the sentence.

    With `replies`, also what it says around answers to the school, with `surveys` what it says
    around one; when `locked`, also what it
    says to ask for a passphrase.
    """
    said = {
        **READER,
        **(REPLIES if replies else {}),
        **(SURVEYS if surveys else {}),
        **(LOCKED if locked else {}),
    }
    return {name: words.gettext(message) for name, message in said.items()}
