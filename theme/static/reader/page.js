/** The opened letter as elements: its posts under the names of their groups, everything filled in. */
const Page = (() => {
  // What reaches createHTML was authenticated by the seal and allow-listed when it was built.
  const asIs = { createHTML: (html) => html };
  const policy = window.trustedTypes ? trustedTypes.createPolicy("lichtbrief", asIs) : asIs;

  /** @param {string} name @param {Object} [given] properties, or attributes @param {...(Node|string)} children */
  const element = (name, given = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(given)) {
      if (key in made) made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  };

  /** @param {Function} act at a press */
  const button = (act, given, ...children) => {
    const made = element("button", { type: "button", ...given }, ...children);
    made.addEventListener("click", act);
    return made;
  };

  /** Hand something to the browser to keep, under a name. */
  const hand = (part, type, download) => {
    const href = URL.createObjectURL(new Blob([part], { type }));
    element("a", { href, download }).click();
    // Some browsers read what they were handed a while later.
    setTimeout(() => URL.revokeObjectURL(href), 60000);
  };

  /** @param {string} html @returns {DocumentFragment} parsed without effect */
  const parse = (html) => {
    const template = document.createElement("template");
    template.innerHTML = policy.createHTML(html);
    // The one thing that the page's policy cannot stop is a refresh.
    for (const meta of template.content.querySelectorAll("meta")) meta.remove();
    return template.content;
  };

  /** A post has its own language; what is filled in has the letter's. */
  const fill = (place, textContent) => Object.assign(place, { textContent, ...Words.own });

  /** A photo's place: of its final shape from the start, so that nothing moves when it comes. */
  const placePhoto = (figure, edition, photos) => {
    const photo = edition.index.photos[figure.dataset.photo];
    const { width, height } = photo;
    const alt = figure.dataset.alt || photo.alt;
    const image = element("img", { width, height, alt, draggable: false });
    const act = () => photo.film || Viewer.open(figure.closest(".post"), shot, photos);
    const look = button(act, { className: "look" }, image);
    const words = element("p", { className: "lost" });
    const frame = element("div", { className: "photo" }, look, words);
    figure.style.setProperty("--shape", width / height);
    figure.prepend(frame);
    const shot = { edition, photo, frame, image, look, words, figure };
    photos.add(shot);
    if (photo.film) Films.place(shot);
    else look.setAttribute("aria-haspopup", "dialog");
  };

  /**
   * A post does not know under which headings it stands: its title comes right below its group's,
   * and what the teacher wrote below that.
   */
  const lower = (post, level) => {
    const number = ({ tagName }) => Number(tagName[1]);
    const found = [...post.querySelectorAll("h2, h3, h4")];
    const within = found.filter((one) => !one.closest("header"));
    const highest = Math.min(...within.map(number));
    for (const old of found) {
      const inner = within.includes(old) ? level + 1 + number(old) - highest : level;
      const name = `h${Math.min(inner, 6)}`;
      old.replaceWith(element(name, { dir: "auto" }, ...old.childNodes));
    }
  };

  /** Let a link tell the school of a doubt: by a mail with the post's code, which names nobody. */
  const doubt = (link, code) => {
    const { contact } = document.body.dataset;
    link.hidden = !contact || !code;
    const subject = encodeURIComponent(Words.say("doubted", { code }));
    link.href = `mailto:${contact}?subject=${subject}`;
    return link;
  };

  const finish = (post, edition, photos, level) => {
    lower(post, level);
    for (const label of post.querySelectorAll("[data-word]")) {
      fill(label, Words.say(label.dataset.word));
    }
    for (const time of post.querySelectorAll("time[data-form]")) {
      fill(time, Words.date(time.dateTime, time.dataset.form));
    }
    for (const facts of post.querySelectorAll(".facts")) facts.dir = Words.own.dir;
    for (const figure of post.querySelectorAll("figure[data-photo]")) {
      placePhoto(figure, edition, photos);
    }
    for (const file of post.querySelectorAll("[data-file]")) Files.offer(file, edition);
    const link = doubt(document.querySelector("dialog .doubt").cloneNode(true), post.dataset.post);
    if (!link.hidden) {
      post.append(element("p", { className: "foot", ...Words.own }, link));
    }
    return post;
  };

  /**
   * Sections of posts, each post once: one for several groups stands under all their names.
   * @param {Object[]} editions of one week
   * @param {{add: Function}} photos
   * @param {number} level of a group's heading
   * @returns {Element[]}
   */
  const sections = (editions, photos, level) => {
    const posts = new Map();
    for (const edition of editions) {
      for (const post of Texts.choose(parse(edition.page)).querySelectorAll(".post")) {
        const found = posts.get(post.dataset.post);
        if (found && post.dataset.post) found.editions.push(edition);
        else posts.set(post.dataset.post || post, { post, editions: [edition] });
      }
    }
    const made = new Map();
    for (const { post, editions: own } of posts.values()) {
      const name = Words.list(own.map(({ index }) => index.group_name));
      if (!made.has(name)) {
        const title = element(`h${level}`, { tabIndex: -1, className: "name", dir: "auto" }, name);
        made.set(name, element("section", { className: "group" }, title));
      }
      const section = made.get(name);
      section.dataset.groups = own.map(({ index }) => index.group).join(" ");
      section.append(finish(post, own[0], photos, level + 1));
    }
    return [...made.values()];
  };

  /** Go to an element, and take the keyboard there. */
  const go = (target) => {
    target.tabIndex = -1;
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  };

  /** A way to go: a button, because a link to a place in the page would change its address. */
  const jump = (target, ...label) => element("li", {}, button(() => go(target), {}, ...label));

  const list = (className, name, items) => {
    const id = `list-${className}`;
    const title = element("h2", { id }, Words.say(name));
    return element("nav", { className, "aria-labelledby": id }, title, element("ul", {}, ...items));
  };

  const title = (post) => post.querySelector("header > :is(h3, h4, h5)");

  /** A day as a leaf of a calendar; the words beside it say the same, so it is not read out. */
  const leaf = (time) => {
    const parts = ["weekday", "number", "month"].map(
      (form) => element("span", {}, Words.date(time.dateTime, form)));
    return element("span", { className: "leaf", "aria-hidden": "true" }, ...parts);
  };

  /** Every post that a parent must act on (a date, things to bring), once, by its first moment. */
  const dates = (made) => {
    const found = [];
    for (const post of made.flatMap((one) => [...one.querySelectorAll(".post")])) {
      const time = post.querySelector(".facts time");
      const bring = post.querySelector(".bring");
      if (!title(post) || !(time || bring)) continue;
      const off = post.classList.contains("cancelled");
      const name = element(off ? "s" : "strong", { dir: "auto" }, title(post).textContent);
      const words = element("span", { className: "words" }, name);
      if (time) words.append(" ", time.cloneNode(true));
      if (bring) {
        const text = element("span", { dir: "auto" }, bring.textContent);
        words.append(" ", element("span", { className: "with" }, `${Words.say("bring")}: `, text));
      }
      const label = time ? [leaf(time), words] : [words];
      found.push({ at: time ? time.dateTime : "9", item: jump(title(post), ...label) });
    }
    return found.sort((one, other) => (one.at < other.at ? -1 : 1)).map(({ item }) => item);
  };

  /**
   * @param {{week: string, reader: string, editions: Object[]}} letter
   * @param {{add: Function}} photos
   * @returns {Node[]} what stands in an opened letter
   */
  const letter = ({ week, reader, editions }, photos) => {
    const { number, days } = Words.week(week);
    const heading = element("p", { className: "week" }, `${number} `, element("span", {}, days));
    const made = sections(editions, photos, 2);
    const groups = made.map(({ firstChild }) => jump(firstChild, firstChild.textContent));
    const coming = dates(made);
    return [
      heading,
      reader && element("p", { className: "for" }, Words.say("for", { reader })),
      coming.length && list("dates", "dates", coming),
      groups.length > 1 && list("groups", "contents", groups),
      ...made,
    ].filter(Boolean);
  };

  return { letter, sections, element, button, hand, jump, go, doubt, title, parse };
})();
