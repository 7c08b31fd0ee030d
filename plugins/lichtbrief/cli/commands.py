"""Every command: who it is for, the module here that runs it, and a line about it."""

from collections.abc import Mapping
from difflib import get_close_matches

# whom it is for -> command -> its module here, and what it does: an order, for a line of 80 signs
GROUPS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "To try it": {
        "demo": ("demo", "play one week of the shipped school on this machine"),
    },
    "Teachers": {
        "declare": ("declare", "say who is in the photos of a post, one by one"),
        "check": ("check", "say what parents will see, and what to mend"),
        "preview": ("preview", "read a week in your browser as parents will"),
        "why": ("why", "say why a photo is shown, or is not"),
        "confirm": ("confirm", "look at a photo that waits for it, and note that you did"),
        "approve": ("approve", "note that a second pair of eyes has read a post"),
        "find": ("find", "say which post a parent means who has a doubt"),
    },
    "The office, about what parents permit": {
        "permits": ("permits", "make the teachers' copy of the roster: yes or no, no more"),
        "consents": ("consents", "say what was answered about a pupil, and who is silent"),
        "withdraw": ("withdraw", "note that a guardian takes a yes back, and hide it now"),
        "subject-access": ("subject", "show everything that is kept about one child"),
        "forget": ("forget", "take a child who has left out of everything"),
    },
    "The office, at once": {
        "takedown": ("takedown", "hide one photo or post now, whatever the consent"),
        "republish": ("republish", "show again what was left out once"),
        "revoke": ("revoke", "end a guardian's access now, or every link there is"),
    },
    "The office, to parents and back": {
        "unreached": ("unreached", "say who got nothing of a week and why, for the telephone"),
        "bounces": ("bounces", "read which mails came back, and note what is to be done"),
        "relink": ("relink", "mail a fresh link to one guardian, or to everybody"),
        "card": ("card", "print passphrases on cards, where letters ask for one"),
        "paper": ("paper", "print the week as PDFs for the families on paper"),
        "write": ("write", "write in private to one guardian, in their letter alone"),
        "inbox": ("inbox", "take in what parents answered, or show it to one of the staff"),
        "survey": ("survey", "say what parents answered to a survey, without names"),
        "talks": ("talks", "give times to parents who asked for a talk; print the plans"),
    },
    "The weekly job": {
        "weekly": ("weekly", "build, publish and mail one week"),
        "daily": ("daily", "publish the week so far, mail its news to who wants it daily"),
        "status": ("status", "say how far a week's mails are"),
        "build": ("build", "seal the editions into the output folder"),
        "publish": ("publish", "upload the last build, write the letters"),
    },
    "Its operator": {
        "doctor": ("doctor", "try the store and the mail, and say what to mend"),
        "storage": ("storage", "make and close the bucket, or print what each key may do"),
        "keys": ("keys", "make the key ring, show its years, or destroy one"),
        "log": ("log", "show what was decided, shown and hidden, or check that record"),
        "open": ("opening", "open one sealed object with its key"),
    },
}
COMMANDS: Mapping[str, tuple[str, str]] = {
    name: command for group in GROUPS.values() for name, command in group.items()
}
WIDTH = max(map(len, COMMANDS))


def listing() -> str:
    """All commands by whom they are for, a line each."""
    blocks = (
        "\n".join(
            [f"{title}:", *(f"  {name:<{WIDTH}}  {about}" for name, (_, about) in of.items())]
        )
        for title, of in GROUPS.items()
    )
    return "\n\n".join([*blocks, "More of one of them: lichtbrief COMMAND --help"])


def sentence(about: str) -> str:
    """The line about a command as a sentence."""
    return f"{about[0].upper()}{about[1:]}."


def unknown(command: str) -> str:
    """What to say of a command that is none: the nearest that is one, and where all are."""
    near = get_close_matches(command, COMMANDS, n=1)
    meant = f"; did you mean {near[0]}?" if near else ";"
    return f"there is no command “{command}”{meant} lichtbrief --help lists them all"
