/** The frame of a form: its fields, its button, and what it says of what came of sending. */
const Forms = (() => {
  const MOST = 2000;
  const { say } = Words;
  const { element } = Page;
  let count = 0;

  const labelled = (words, field) => {
    field.id = `reply-${(count += 1)}`;
    return [element("label", { htmlFor: field.id, textContent: words }), field];
  };
  const select = (words, options, value = "") => {
    const made = options.map(([name, text]) =>
      element("option", { value: name, textContent: text, selected: name === value }));
    return labelled(words, element("select", {}, ...made));
  };
  const area = (words, required) =>
    labelled(words, element("textarea", { rows: 4, maxLength: MOST, required, dir: "auto" }));
  /** What was written, without signs that are no words. */
  const written = (field) =>
    field.value.replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n]/gu, " ").replace(/\p{Cs}/gu, "").trim();

  /**
   * A form that opens below its summary.
   * @param {string} kind @param {string} title
   * @param {(Node|string)[]} parts labels and fields
   * @param {() => Object|null} read the body, or null while something is missing
   * @param {(body: Object) => string} [done] what there is to say once it was sent
   * @param {string} [told] what it says at first
   */
  const form = (kind, title, parts, read, done = () => say("reply-sent"), told = "") => {
    const state = element("p", { className: "told", tabIndex: -1, id: `reply-${(count += 1)}`, textContent: told });
    state.setAttribute("role", "status");
    const button = element("button", { textContent: say("reply-send") });
    const made = element("form", { noValidate: true }, ...parts, button, state);
    const words = kind !== "survey" && made.querySelector("textarea");
    if (words) words.previousSibling.before(element("p", { className: "rules", textContent: say("reply-rules") }));
    const send = Sending.sender(kind);
    made.addEventListener("submit", async (event) => {
      event.preventDefault();
      const body = read();
      const missing = !body && made.querySelector(":invalid:not(fieldset)");
      (missing || button).after(state); // where it is seen, however long the form
      if (!body) {
        state.textContent = say("reply-empty");
        if (!missing) return;
        missing.setAttribute("aria-describedby", state.id);
        missing.focus();
        return;
      }
      const texts = [...made.querySelectorAll("textarea")].map((field) => [field, field.value]);
      button.disabled = true;
      state.textContent = say("reply-sending");
      const came = await send(body).catch(() => "failed");
      button.disabled = false;
      made.classList.toggle("sent", came === "sent");
      state.textContent = came === "sent" ? done(body) : say(`reply-${came}`);
      // What was typed meanwhile stays, and so does where that was.
      const typed = texts.filter(([field, was]) => field.value !== was);
      if (came === "sent") for (const [field, was] of texts) if (field.value === was) field.value = "";
      if (!typed.length) state.focus();
    });
    const summary = element("summary", { textContent: title });
    return element("details", { className: "reply", ...Words.own }, summary, made);
  };

  return { labelled, select, area, written, form };
})();
