/**
 * The letter's forms: what a guardian can answer, each sealed by `Reply` and put into the store.
 * What did not arrive stays in its form, and trying again sends the same reply, not a second one.
 */
const Forms = (() => {
  const MOST = 2000;
  const PATIENCE = 30000;
  const say = (name, values) => Words.say(name, values);
  const { element } = Page;
  let letter = null;
  let count = 0;

  const bytesOf = (base64) =>
    Uint8Array.from(atob(base64.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

  /** A form of the store's, which takes any name that begins as it should. */
  const post = (id, sealed, more) => {
    const { url, fields, begins } = letter.replies;
    const body = new FormData();
    body.append("key", begins + id);
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append("file", new Blob([sealed]));
    return fetch(url, { method: "POST", body, ...more });
  };

  /** Of the addresses for this size the first at which nothing lies; 403 when there is none. */
  const put = async (sealed, more) => {
    for (const url of letter.replies.puts[sealed.length]) {
      const came = await fetch(url, { method: "PUT", body: sealed, headers: { "If-None-Match": "*" }, ...more });
      if (came.status !== 412) return came;
    }
    return { ok: false, status: 403 };
  };

  /** @returns {Promise<string>} the word for what came of it: sent, offline, expired or failed */
  const deliver = async (id, sealed) => {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    const more = { credentials: "omit", signal: patience.signal };
    try {
      const { ok, status } = await (letter.replies.puts ? put(sealed, more) : post(id, sealed, more));
      if (ok) return "sent";
      return status === 403 && Date.parse(letter.until) < Date.now() ? "expired" : "failed";
    } catch {
      return navigator.onLine ? "failed" : "offline";
    } finally {
      clearTimeout(timer);
    }
  };

  /** Sends one form's replies, one at a time; the same body again is the same reply again. */
  const sender = (kind) => {
    let [before, id, sealed] = ["", "", null];
    return async (body) => {
      if (JSON.stringify(body) !== before) {
        id = hex(crypto.getRandomValues(new Uint8Array(16)));
        const { name, year, school, own } = letter.replies;
        const box = { name, year, school: bytesOf(school), own: bytesOf(own) };
        const at = `${new Date().toISOString().slice(0, 19)}Z`;
        sealed = await Reply.write(box, { id, kind, at, body });
        before = JSON.stringify(body);
      }
      const came = sealed ? await deliver(id, sealed) : "long";
      if (came === "sent") before = "";
      return came;
    };
  };

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
   */
  const form = (kind, title, parts, read) => {
    const state = element("p", { className: "told", tabIndex: -1 });
    state.setAttribute("role", "status");
    const button = element("button", { textContent: say("reply-send") });
    const made = element("form", { noValidate: true }, ...parts, button, state);
    if (made.querySelector("textarea")) {
      made.prepend(element("p", { className: "rules", textContent: say("reply-rules") }));
    }
    const send = sender(kind);
    made.addEventListener("submit", async (event) => {
      event.preventDefault();
      const body = read();
      if (!body) {
        state.textContent = say("reply-empty");
        const missing = made.querySelector(":invalid:not(fieldset)");
        if (missing) missing.focus();
        return;
      }
      button.disabled = true;
      state.textContent = say("reply-sending");
      const came = await send(body).catch(() => "failed");
      button.disabled = false;
      state.textContent = say(`reply-${came}`);
      made.classList.toggle("sent", came === "sent");
      if (came === "sent") for (const field of made.querySelectorAll("textarea")) field.value = "";
      state.focus();
    });
    const { lang, dir } = document.documentElement;
    return element("details", { className: "reply", lang, dir }, element("summary", { textContent: title }), made);
  };

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
      const photo = [...about[1].value].length <= 300 ? about[1].value : "";
      return { post: code, photo, words: written(words[1]) };
    });
  };

  const coming = (post) => {
    const choice = select(say("coming"), [["", ""], ["yes", say("yes")], ["no", say("no")]]);
    const number = { type: "number", min: 1, max: 20, value: 1, inputMode: "numeric" };
    const people = labelled(say("coming-people"), element("input", number));
    const words = area(say("coming-words"));
    choice[1].required = true;
    return form("coming", say("coming"), [...choice, ...people, ...words], () => {
      const many = choice[1].value === "yes" ? people[1].valueAsNumber : 0;
      if (!choice[1].value || !(many >= 0 && many <= 20) || many % 1) return null;
      return { post: post.dataset.post, people: many, words: written(words[1]) };
    });
  };

  const word = (children) => {
    const who = ["teacher", "director"].map((name) => [name, say(`word-${name}`)]);
    const to = select(say("word-to"), who);
    const child = select(say("word-child"), children.map(({ id, name }) => [id, name]));
    const words = area(say("word-words"), true);
    return form("word", say("word"), [...to, ...child, ...words], () => {
      const text = written(words[1]);
      return text ? { to: to[1].value, pupil: child[1].value, words: text } : null;
    });
  };

  const choices = ({ id, name, answers }) => {
    const about = element("p", { textContent: say("choices-about") });
    const said = [["", say("no-answer")], ["yes", say("yes")], ["no", say("no")]];
    const fields = [];
    const parts = ["group", "school", "paper"].map((audience) => {
      const inside = ["photo", "video", "name", "work"].flatMap((kind) => {
        const purpose = `${audience}/${kind}`;
        const made = select(say(`what-${kind}`), said, answers[purpose]);
        fields.push([purpose, made[1]]);
        return made;
      });
      const legend = element("legend", { textContent: say(`for-${audience}`) });
      return element("fieldset", {}, legend, ...inside);
    });
    return form("preferences", say("choices", { child: name }), [about, ...parts], () => {
      const changed = fields.filter(([purpose, field]) => field.value && field.value !== answers[purpose]);
      const body = { pupil: id, answers: Object.fromEntries(changed.map(([to, { value }]) => [to, value])) };
      return changed.length ? body : null;
    });
  };

  const wishes = ({ delivery, language }) => {
    const ways = ["weekly", "direct", "paper"].map((way) => [way, say(`by-${way}`)]);
    const by = select(say("wishes-by"), ways, delivery);
    const names = ["nl", "en", "tr", "ar", "pl", "uk"].map((code) =>
      [code, new Intl.DisplayNames(code, { type: "language" }).of(code)]);
    const known = names.some(([code]) => code === language) ? names : [[language, language], ...names];
    const tongue = select(say("wishes-language"), known, language);
    return form("wishes", say("wishes"), [...by, ...tongue], () =>
      ({ delivery: by[1].value, language: tongue[1].value }));
  };

  const thanks = (came) => {
    const lines = came.map(({ kind, at }) =>
      element("li", { textContent: `${say(`came-${kind}`)}, ${Words.date(at, "day-time")}` }));
    return [element("h3", { textContent: say("came") }), element("ul", {}, ...lines)];
  };

  const noted = (notes) => {
    const title = element("h2", { textContent: say("notes"), id: "notes" });
    const made = notes.map(({ by, at, words }) => element("div", { className: "note" },
      element("p", { textContent: words, dir: "auto" }),
      element("p", { className: "small" }, element("bdi", { textContent: by }), ` · ${Words.date(at, "day-time")}`)));
    const section = element("section", { className: "notes" }, title, ...made);
    section.setAttribute("aria-labelledby", title.id);
    return section;
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
    const { children, wishes: wished, thanks: came, notes, invited } = letter.replies;
    if (notes.length) place.querySelector("nav, .months, .group").before(noted(notes));
    for (const post of place.querySelectorAll(".group > .post[data-post]")) {
      if (post.closest(".archive") || !post.dataset.post) continue;
      const made = doubt(post);
      made.classList.add("doubting");
      const foot = post.querySelector(".foot");
      if (foot) foot.remove();
      if (invited.includes(post.dataset.post)) post.append(coming(post));
      post.append(made);
    }
    link(place);
    const title = element("h2", { textContent: say("reply-title"), id: "answers" });
    const section = element("section", { className: "answers" }, title);
    section.setAttribute("aria-labelledby", title.id);
    if (children.length) section.append(word(children));
    section.append(...children.filter(({ answers }) => answers).map(choices), wishes(wished));
    if (came.length) section.append(...thanks(came));
    const archive = place.querySelector(".archive");
    if (archive) archive.before(section);
    else place.append(section);
  };

  return { add };
})();
