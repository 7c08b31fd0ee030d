/** What a guardian can answer in a letter: a form for each kind of reply, in its place. */
const Questions = (() => {
  const { say } = Words;
  const { element } = Page;
  const { labelled, select, area, written, form } = Forms;
  let letter = null;
  // Choices that this letter has sent, by child: what was on record then, and what was said. A
  // reload keeps them with the page, and the letter stays the same until the school writes it anew.
  const sent = (history.state && history.state.sent) || {};

  const photosOf = (post) => {
    const group = post.closest(".group").dataset.groups.split(" ")[0];
    const { index } = letter.editions.find((edition) => edition.index.group === group);
    return [...post.querySelectorAll("figure[data-photo]")].map(
      (figure) => index.photos[figure.dataset.photo].alt);
  };

  const doubt = (post) => {
    const code = post.dataset.post;
    const alts = photosOf(post);
    const names = alts.map((alt, at) => [alt, `${say("photo", { number: at + 1, total: alts.length })}: ${alt}`]);
    const about = select(say("doubt-about"), [["", say("doubt-all")], ...names]);
    const words = area(say("doubt-why"));
    const parts = alts.length ? [...about, ...words] : words;
    return form("doubt", say("doubt"), parts, () => {
      const chosen = written(about[1]);
      return { post: code, photo: [...chosen].length <= 300 ? chosen : "", words: written(words[1]) };
    });
  };

  const coming = (post) => {
    const choice = select(say("coming"), [["", ""], ["yes", say("yes")], ["no", say("no")]]);
    const number = { type: "number", min: 1, max: 20, value: 1, inputMode: "numeric" };
    const people = labelled(say("coming-people"), element("input", number));
    const words = area(say("coming-words"));
    choice[1].required = true;
    return form("coming", say("coming"), [...choice, ...people, ...words], () => {
      const comes = choice[1].value === "yes";
      const many = comes ? people[1].valueAsNumber : 0;
      if (!choice[1].value || !(many >= +comes && many <= 20) || many % 1) return null;
      return { post: post.dataset.post, people: many, words: written(words[1]) };
    });
  };

  /** Times of talks, best first; `title` where the post itself does not stand above. */
  const talk = ({ post, times, others, chosen }, title) => {
    const was = chosen.times || [];
    // Short, so that a narrow list shows the time too.
    const brief = (at) => ["weekday", "number", "month", "time"].map((form) => Words.date(at, form)).join(" ");
    const options = [["", ""], ...times.map((at) => [at, brief(at)])];
    const none = [...options, ["none", say("talk-none")]];
    const first = select(say("talk-first"), none, chosen.times ? was[0] || "none" : "");
    const second = select(say("talk-second"), options, was[1]);
    const third = select(say("talk-third"), options, was[2]);
    const ways = [["", ""], ["together", say("talk-together")], ["own", say("talk-own")]];
    const way = chosen.times && (chosen.together ? "together" : "own");
    const seen = element("p", { className: "rules", textContent: say("talk-seen") });
    const who = others ? [...select(say("talk-who"), ways, way || ""), seen] : [];
    const other = [["yes", say("talk-another")], ["no", say("talk-call")]];
    const taken = select(say("talk-taken"), other, was.length && !chosen.elsewhere ? "no" : "yes");
    const words = area(say("coming-words"));
    const [best, company] = [first[1], who[1] || { value: "together" }];
    best.required = company.required = true;
    const parts = [...who, ...first, ...second, ...third, ...taken, ...words];
    return form("talks", title ? say("talk-of", { title }) : say("talk"), parts, () => {
      if (!best.value || !company.value) return null;
      const suits = best.value !== "none";
      const picked = [best, second[1], third[1]].map(({ value }) => value).filter(Boolean);
      return {
        post,
        times: suits ? [...new Set(picked)] : [],
        together: company.value === "together",
        elsewhere: suits && taken[1].value === "yes",
        words: written(words[1]),
      };
    });
  };

  const word = (children) => {
    const who = ["teacher", "director"].map((name) => [name, say(`word-${name}`)]);
    const to = select(say("word-to"), who);
    const child = select(say("word-child"), children.map(({ id, name }) => [id, name]));
    const words = area(say("word-words"), true);
    const alone = element("p", { className: "rules", ariaLive: "polite" });
    const tell = () => {
      const readers = Sending.readersOf({ to: to[1].value, pupil: child[1].value });
      alone.hidden = !readers.length;
      alone.textContent = say("word-sealed", { names: Words.list(readers.map(({ name }) => name)) });
    };
    for (const [, field] of [to, child]) field.addEventListener("change", tell);
    tell();
    return form("word", say("word"), [...to, ...child, alone, ...words], () => {
      const text = written(words[1]);
      return text ? { to: to[1].value, pupil: child[1].value, words: text } : null;
    });
  };

  const choices = ({ id, name, answers }) => {
    const about = element("p", { textContent: say("choices-about") });
    const said = [["", say("no-answer")], ["yes", say("yes")], ["no", say("no")]];
    const fields = [];
    // What was changed and changed back is sent too: the letter does not know what came of an earlier reply.
    const touched = new Set();
    const mine = (sent[id] ||= {});
    const waits = (purpose) => {
      const [was, chosen] = mine[purpose] || [];
      return was === answers[purpose] && chosen !== was && chosen;
    };
    const mark = ([purpose, field, label, text]) => {
      label.textContent = waits(purpose) === field.value ? `${text} (${say("choice-sent")})` : text;
    };
    const parts = ["group", "school", "paper"].map((audience) => {
      const inside = ["photo", "video", "name", "work"].flatMap((kind) => {
        const purpose = `${audience}/${kind}`;
        const text = say(`what-${kind}`);
        const options = answers[purpose] ? said.slice(1) : said;
        const made = select(text, options, waits(purpose) || answers[purpose]);
        const field = [purpose, made[1], made[0], text];
        fields.push(field);
        mark(field);
        made[1].addEventListener("change", () => {
          touched.add(purpose);
          mark(field);
        });
        return made;
      });
      const legend = element("legend", { textContent: say(`for-${audience}`) });
      return element("fieldset", {}, legend, ...inside);
    });
    return form("preferences", say("choices", { child: name }), [about, ...parts], () => {
      const changed = fields.filter(([purpose, { value }]) =>
        value && (touched.has(purpose) || ![answers[purpose], waits(purpose)].includes(value)));
      const body = { pupil: id, answers: Object.fromEntries(changed.map(([to, { value }]) => [to, value])) };
      return changed.length ? body : null;
    }, (body) => {
      // Said once: with a later choice it would undo what was said otherwise since then.
      for (const field of fields) {
        const [purpose, { value }] = field;
        const chosen = body.answers[purpose];
        if (chosen) mine[purpose] = [answers[purpose], chosen];
        if (chosen === value) touched.delete(purpose);
        mark(field);
      }
      history.replaceState({ ...history.state, sent }, "");
      return say("choices-sent");
    }, Object.keys(mine).some(waits) ? say("choices-sent") : "");
  };

  const wishes = ({ delivery, language, languages }) => {
    const ways = ["weekly", "direct", "paper"].map((way) => [way, say(`by-${way}`)]);
    const by = select(say("wishes-by"), ways, delivery);
    const names = [...new Set([language, ...languages])].map((code) =>
      [code, new Intl.DisplayNames(code, { type: "language" }).of(code)]);
    const tongue = select(say("wishes-language"), names, language);
    const about = element("p", { textContent: say("wishes-about") });
    return form("wishes", say("wishes"), [about, ...by, ...tongue], () =>
      ({ delivery: by[1].value, language: tongue[1].value }));
  };

  const thanks = (came) => {
    const lines = came.map(({ kind, at }) =>
      element("li", { textContent: say(`came-${kind}`) + (at && ` · ${Words.date(at, "day-time")}`) }));
    return [element("h3", { textContent: say("came") }), element("ul", {}, ...lines)];
  };

  const part = (id, className, made) => {
    const title = element("h2", { textContent: say(id), id });
    const section = element("section", { className }, title, ...made);
    section.setAttribute("aria-labelledby", id);
    return section;
  };

  const noted = ({ by, at, words }) => element("div", { className: "note" },
    element("p", { textContent: words, dir: "auto" }),
    element("p", { className: "small" }, element("bdi", { textContent: by }), ` · ${Words.date(at, "day-time")}`));

  const appointed = ({ child, teacher, start, end, cancelled, ics }) => {
    const when = `${Words.date(start, "day-time")} ${say("until")} ${Words.date(end, "time")}`;
    const save = () => Page.hand(ics, "text/calendar", "agenda.ics");
    const made = element("div", { className: "note" },
      element("p", {}, element(cancelled ? "s" : "strong", { textContent: when })),
      element("p", {}, element("bdi", { textContent: child }), " · ", element("bdi", { textContent: teacher })));
    if (cancelled) made.append(element("p", { textContent: say("cancelled") }));
    made.append(Page.button(save, { className: "add" }, say("add")));
    return made;
  };

  /** From the viewer into the form of the post: with that photo chosen. */
  const link = (place) => {
    const dialog = document.getElementById("viewer");
    const leading = dialog.querySelector(".doubt");
    leading.addEventListener("click", (event) => {
      const [, code] = /([a-z2-7]{8}),/.exec(decodeURIComponent(leading.href)) || [];
      const made = code && place.querySelector(`[data-post="${code}"] .doubting`);
      if (!made) return;
      event.preventDefault();
      const { alt } = dialog.querySelector("img");
      const about = made.querySelector("select");
      if (about && [...about.options].some(({ value }) => value === alt)) about.value = alt;
      made.open = true;
      // After the viewer, which goes back to its photo when it is closed.
      const go = () => Page.go(made.querySelector("select, textarea"));
      dialog.addEventListener("close", go, { once: true });
      Viewer.close();
    });
  };

  /**
   * Put the forms into an opened letter.
   * @param {Element} place where the letter stands
   * @param {Object} opened the envelope, with its `replies`
   */
  const add = (place, opened) => {
    letter = opened;
    Sending.use(opened);
    const { children, wishes: wished, thanks: came, notes, invited } = letter.replies;
    const { talks = [], appointments = [], surveys = {} } = letter.replies;
    const top = place.querySelector("nav, .record, .months, .group");
    if (appointments.length) top.before(part("appointments", "notes", appointments.map(appointed)));
    if (notes.length) top.before(part("notes", "notes", notes.map(noted)));
    const elsewhere = new Set(talks);
    for (const post of place.querySelectorAll(".group > .post[data-post]")) {
      const code = post.dataset.post;
      if (post.closest(".archive") || !code) continue;
      const made = doubt(post);
      made.classList.add("doubting");
      post.querySelector(".foot")?.remove();
      if (invited.includes(code)) post.append(coming(post));
      if (code in surveys) post.append(Survey.ask(post, surveys[code]));
      for (const offer of talks) {
        if (offer.post !== code) continue;
        post.append(talk(offer));
        elsewhere.delete(offer);
      }
      post.append(made);
    }
    link(place);
    const section = part("answers", "answers", [...elsewhere].map((offer) => talk(offer, offer.title)));
    if (children.length) section.append(word(children));
    for (const child of children.filter(({ answers }) => answers)) {
      const made = choices(child);
      section.append(made);
      const leading = place.querySelector(`[data-choices="${child.id}"]`);
      if (!leading) continue;
      leading.addEventListener("click", () => {
        made.open = true;
        Page.go(made.querySelector("summary"));
      });
    }
    section.append(wishes(wished));
    if (came.length) section.append(...thanks(came));
    const archive = place.querySelector(".archive");
    if (archive) archive.before(section);
    else place.append(section);
  };

  return { add };
})();
