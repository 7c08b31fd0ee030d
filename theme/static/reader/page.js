/** The opened letter as elements: an edition per group, with words, dates and photos filled in. */
const Page = (() => {
  // What reaches createHTML was authenticated by the seal and allow-listed when it was built.
  const asIs = { createHTML: (html) => html };
  const policy = window.trustedTypes ? trustedTypes.createPolicy("lichtbrief", asIs) : asIs;

  /** @param {string} name @param {Object} [properties] @param {...(Node|string)} children */
  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
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
  const fill = (place, text) => {
    place.textContent = text;
    place.lang = document.documentElement.lang;
  };

  /** A photo's place: of its final shape from the start, so that nothing moves when it comes. */
  const placePhoto = (figure, edition, photos) => {
    const photo = edition.index.photos[figure.dataset.photo];
    const { width, height, alt } = photo;
    const image = element("img", { width, height, alt });
    const words = element("p", { className: "lost" });
    const frame = element("div", { className: "photo" }, image, words);
    figure.style.setProperty("--shape", width / height);
    figure.prepend(frame);
    photos.add({ edition, photo, frame, image, words });
  };

  /**
   * A post does not know that it stands under the name of a group: its title goes down one level,
   * and what the teacher wrote below that two.
   */
  const lower = (made) => {
    for (const old of made.querySelectorAll(".post h2, .post h3, .post h4")) {
      const level = old.closest("header") ? 3 : Number(old.tagName[1]) + 2;
      old.replaceWith(element(`h${level}`, {}, ...old.childNodes));
    }
  };

  /** One edition as a section, under the name of its group. */
  const section = (edition, photos) => {
    const heading = element("h2", { textContent: edition.index.group_name, tabIndex: -1 });
    const made = element("section", { className: "group" }, heading, parse(edition.page));
    lower(made);
    for (const label of made.querySelectorAll("[data-word]")) {
      fill(label, Words.say(label.dataset.word));
    }
    for (const time of made.querySelectorAll("time[data-form]")) {
      fill(time, Words.date(time.dateTime, time.dataset.form));
    }
    for (const figure of made.querySelectorAll("figure[data-photo]")) {
      placePhoto(figure, edition, photos);
    }
    return made;
  };

  /** A way to go: a button, because a link to a place in the page would replace the key after #. */
  const jump = (target, ...label) => {
    const button = element("button", { type: "button" }, ...label);
    button.addEventListener("click", () => {
      target.scrollIntoView();
      target.focus({ preventScroll: true });
    });
    return element("li", {}, button);
  };

  const list = (className, name, items) => {
    const nav = element("nav", { className }, element("ul", {}, ...items));
    nav.setAttribute("aria-label", Words.say(name));
    return nav;
  };

  /** Every post with facts (an event, talks), once, by its first moment. */
  const dates = (sections) => {
    const found = new Map();
    for (const facts of sections.flatMap((one) => [...one.querySelectorAll(".post .facts")])) {
      const title = facts.closest(".post").querySelector("h3");
      const time = facts.querySelector("time");
      if (title && time) found.set(`${time.dateTime} ${title.textContent}`, { title, time });
    }
    return [...found.keys()].sort().map((key) => {
      const { title, time } = found.get(key);
      title.tabIndex = -1;
      return jump(title, title.textContent, " ", time.cloneNode(true));
    });
  };

  /**
   * @param {{week: string, editions: Object[]}} letter
   * @param {{add: Function}} photos
   * @returns {Node[]} what stands in an opened letter
   */
  const letter = ({ week, editions }, photos) => {
    const { number, days } = Words.week(week);
    const heading = element("p", { className: "week" }, `${number} `, element("span", {}, days));
    const sections = editions.map((edition) => section(edition, photos));
    const groups = sections.map(({ firstChild }) => jump(firstChild, firstChild.textContent));
    const coming = dates(sections);
    return [
      heading,
      ...(groups.length > 1 ? [list("groups", "contents", groups)] : []),
      ...(coming.length ? [list("dates", "dates", coming)] : []),
      ...sections,
    ];
  };

  return { letter };
})();
