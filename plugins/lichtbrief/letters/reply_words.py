"""What the reader says around answers to the school, in letters that take them; see `words.py`."""

from collections.abc import Mapping

REPLIES: Mapping[str, str] = {
    "answers": "Answer the school",
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
    "talk": "Choose a time for your talk",
    "talk-of": "Choose a time: %(title)s",
    "talk-who": "Who comes to the talk?",
    "talk-together": "Together with the other parent",
    "talk-own": "I want a talk of my own",
    "talk-seen": "Parents who come together both see the time. A talk of your own only you see.",
    "talk-first": "The time that suits you best",
    "talk-second": "Your second choice (you may leave this empty)",
    "talk-third": "Your third choice (you may leave this empty)",
    "talk-none": "None of these times suits me",
    "talk-taken": "And if these times are taken?",
    "talk-another": "Another time is fine too",
    "talk-call": "Please call me then",
    "appointments": "Your talks at school",
    "word": "A message in private",
    "word-to": "To",
    "word-teacher": "the teacher",
    "word-director": "the director",
    "word-child": "About",
    "word-words": "Your message",
    "word-sealed": "This can be read by %(names)s and by nobody else at school.",
    "choices": "What may be shown of %(child)s?",
    "choices-about": "Each choice stands by itself, and you can change it at any time. Your child "
    "takes part in everything either way. Without an answer nothing is shown. A no "
    "holds as soon as the school’s computer has read it.",
    "choice-sent": "sent",
    "choices-sent": "This has arrived. It counts once the school’s computer has read it.",
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
    "by-direct": "by mail, on every school day with news",
    "by-paper": "on paper",
    "notes": "From the school, for you alone",
    "came": "What has come in from you",
    "came-doubt": "A doubt",
    "came-word": "A message",
    "came-coming": "An answer to an invitation",
    "came-talks": "Times for a talk",
    "came-preferences": "Choices about what is shown",
    "came-wishes": "How you want to get the letter",
}

# In letters that ask a survey, or say that one was answered, and in no other.
SURVEYS: Mapping[str, str] = {
    "survey": "Answer these questions",
    "survey-about": "Nobody is shown your name with your answers. The school’s computer counts "
    "them together with those of others, and keeps that you have answered, but not what. The "
    "school sees how many parents said what, and what they wrote, once five have answered.",
    "survey-yes": "yes, certainly",
    "survey-mostly": "mostly",
    "survey-partly": "somewhat",
    "survey-hardly": "hardly",
    "survey-no": "not at all",
    "survey-words": "Is there anything else you want to say? Write it kindly, and so that nobody "
    "can be recognised by it. You may leave this empty.",
    "survey-answered": "Your answers to these questions have been counted. Thank you.",
    "came-survey": "Answers to a survey",
}
