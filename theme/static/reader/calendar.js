/** Invitations: files for the reader's own calendar, and the months that were written for it. */
const Calendar = (() => {
  const END = "END:VCALENDAR\r\n";

  /** Every date of these editions once, in the language of the letter where it is written in it. */
  const gather = (editions) => {
    const dates = new Map();
    let head = "";
    for (const { index } of editions) {
      const { head: own = "", dates: found = [] } = index.calendar || {};
      if (own.length > head.length) head = own; // the zone's rules for the most years
      for (const date of found) {
        if (!dates.has(date.uid) || date.lang === Texts.language) dates.set(date.uid, date);
      }
    }
    return { head, dates: [...dates.values()] };
  };

  /** @returns {Function} that hands a file of these dates to the calendar of this device */
  const save = (head, dates) => () => {
    const text = head + dates.map(({ ics }) => ics).join("") + END;
    Page.hand(text, "text/calendar", "agenda.ics");
  };

  /**
   * Put into an opened letter what its editions know of dates.
   * @param {Element} place where the letter stands
   * @param {{calendar: string, editions: Object[]}} letter `calendar` is one element as HTML, or empty
   */
  const add = (place, { calendar, editions }) => {
    const { head, dates } = gather(editions);
    for (const post of place.querySelectorAll(".post")) {
      const own = dates.filter((date) => date.post === post.dataset.post);
      const facts = [...post.querySelectorAll(".facts")].pop();
      if (!own.length || !facts) continue;
      const given = { className: "add", ...Words.own };
      facts.after(Page.button(save(head, own), given, Words.say("add")));
    }
    if (!calendar) return;
    const months = Page.parse(calendar).firstElementChild;
    for (const day of months.querySelectorAll("[data-line]")) {
      const line = months.querySelector(`[data-uid="${day.dataset.line}"]`);
      day.addEventListener("click", () => Page.go(line));
    }
    for (const button of months.querySelectorAll("[data-of]")) {
      const post = place.querySelector(`[data-post="${button.dataset.of}"]`);
      if (post) button.addEventListener("click", () => Page.go(Page.title(post)));
      else button.replaceWith(...button.childNodes); // it stood in an earlier letter
    }
    for (const add of months.querySelectorAll(".add")) add.addEventListener("click", save(head, dates));
    [...place.querySelectorAll(".week, .for, .dates")].pop().after(months);
  };

  return { add };
})();
