"""What the reader says around answers to the school, in letters that take them; see `words.py`."""

from collections.abc import Mapping

REPLIES: Mapping[str, str] = {
    "reply-title": "Answer the school",
    "reply-rules": "Only the school reads this, never another parent. Write as you would speak at "
    "school: kindly, and about your own child. When it is urgent, call the school.",
    "reply-send": "Send",
    "reply-sending": "Sending …",
    "reply-sent": "This has arrived. Thank you.",
    "reply-offline": "You are offline. What you filled in is still here: try again when you are "
    "online.",
    "reply-expired": "This letter can no longer be answered. What you filled in is still here: "
    "copy it, and answer in your newest letter.",
    "reply-failed": "This did not arrive. What you filled in is still here: please try again.",
    "reply-long": "This is too long. Please make it shorter.",
    "reply-empty": "Something is missing still. Please fill it in.",
    "doubt": "Do you have a doubt about this? Tell us",
    "doubt-about": "What is it about?",
    "doubt-all": "The whole message",
    "doubt-why": "What is the matter? You may leave this empty.",
    "coming": "Are you coming?",
    "coming-people": "With how many people in all?",
    "coming-words": "Is there anything that the school should know? You may leave this empty.",
    "word": "A message in private",
    "word-to": "To",
    "word-teacher": "the teacher",
    "word-director": "the director",
    "word-child": "About",
    "word-words": "Your message",
    "choices": "What may be shown of %(child)s?",
    "choices-about": "Each choice stands by itself, and you can change it at any time. Your child "
    "takes part in everything either way. Without an answer nothing is shown. A no "
    "holds as soon as the school’s computer has read it.",
    "for-group": "To parents of the same group",
    "for-school": "To all parents of the school",
    "for-paper": "On paper, for families that read it so",
    "what-photo": "Photos",
    "what-video": "Films",
    "what-name": "The first name",
    "what-work": "Drawings and other work",
    "no-answer": "no answer",
    "yes": "yes",
    "no": "no",
    "wishes": "How do you want to get this letter?",
    "wishes-about": "It holds from your next letter on. A letter on paper has no form: whoever "
    "wants it by mail again tells the school.",
    "wishes-by": "The letter comes",
    "wishes-language": "Its language",
    "by-weekly": "by mail, once a week",
    "by-direct": "by mail, as soon as there is news",
    "by-paper": "on paper",
    "notes": "From the school, for you alone",
    "came": "What has come in from you",
    "came-doubt": "A doubt",
    "came-word": "A message",
    "came-coming": "An answer to an invitation",
    "came-preferences": "Choices about what is shown",
    "came-wishes": "How you want to get the letter",
}
