/** The form of a survey: one question for each item of the post's numbered list. */
const Survey = (() => {
  const { say } = Words;
  const { element } = Page;

  /**
   * @param {Element} post @param {boolean} answered whether this guardian's answer is counted
   * @returns {Element} its form, or the word that it is answered
   */
  const ask = (post, answered) => {
    const { dateTime } = post.querySelector(".facts time");
    for (const { children: [title, time] } of post.closest(".group").parentNode.querySelectorAll(".dates .words")) {
      if (time && time.dateTime === dateTime && title.textContent === Page.title(post).textContent) {
        time.prepend(`${say("until")} `); // nothing is on that day
      }
    }
    if (answered) return element("p", { className: "told", textContent: say("survey-answered"), ...Words.own });
    const scale = ["", "yes", "mostly", "partly", "hardly", "no"].map(
      (name) => [name, say(name ? `survey-${name}` : "no-answer")]);
    const { lang, dir } = post;
    const fields = [...post.querySelectorAll("ol > li")].map((item, at) => {
      const [label, field] = Forms.select(`${at + 1}. ${item.textContent.trim()}`, scale);
      Object.assign(label, { lang, dir });
      return [label, field];
    });
    const words = Forms.area(say("survey-words"));
    const about = element("p", { textContent: say("survey-about") });
    return Forms.form("survey", say("survey"), [about, ...fields.flat(), ...words], () => {
      const answers = fields.map(([, field]) => field.value);
      const body = { post: post.dataset.post, answers, words: Forms.written(words[1]) };
      return body.words || answers.some(Boolean) ? body : null;
    });
  };

  return { ask };
})();
