/** The archive: the school year's earlier weeks, each fetched when it is asked for; and searching. */
const Archive = (() => {
  const UNFETCHED = new Set(["expired", "replaced", "unreachable"]);
  const { element } = Page;

  /** An edition of an earlier week as those of this week are: with its index and page. */
  const fetchEdition = async (edition) => {
    const head = await Parts.fetchBytes(edition, 0, edition.start);
    const { opened, plain } = await Sealed.first(edition.bytes, head);
    const index = JSON.parse(new TextDecoder().decode(plain));
    Object.assign(edition, { opened, index });
    edition.page = await Parts.inflate(await Parts.open(edition, 1)).text();
    return edition;
  };

  /** Fill a week that was opened, or say why not and let it be tried again. */
  const fill = async (place, editions, photos) => {
    const words = element("p", { className: "soft", role: "status" }, Words.say("fetching"));
    place.replaceChildren(words);
    try {
      const opened = await Promise.all(editions.map(fetchEdition));
      place.replaceChildren(...Page.sections(opened, photos, 4));
    } catch ({ why }) {
      const name = UNFETCHED.has(why) ? "unfetched" : "spoilt";
      words.textContent = Words.say(why === "offline" ? why : name);
      place.append(Page.button(() => fill(place, editions, photos), {}, Words.say("retry")));
    }
    place.dispatchEvent(new Event("filled", { bubbles: true }));
  };

  const week = (name, editions, photos) => {
    const { number, days } = Words.week(name);
    const place = element("div", { className: "inside" });
    const title = element("h3", {}, `${number} `, element("span", {}, days));
    const groups = editions.map(({ group }) => group).join(" ");
    const made = element("details", { "data-groups": groups }, element("summary", {}, title), place);
    made.addEventListener("toggle", () => {
      if (made.open && !place.firstChild) fill(place, editions, photos);
    });
    return made;
  };

  /** Only the weeks and posts of one group, or of all. */
  const choose = (within, older) => {
    const names = new Map(older.map(({ group, name }) => [group, name]));
    const option = ([value, name]) => element("option", { value }, name);
    const all = option(["", Words.say("all")]);
    const field = element("select", { id: "of-group" }, all, ...[...names].map(option));
    const apply = () => {
      for (const one of within.querySelectorAll("[data-groups]")) {
        one.hidden = field.value !== "" && !one.dataset.groups.split(" ").includes(field.value);
      }
    };
    field.addEventListener("change", apply);
    within.addEventListener("filled", apply);
    const label = element("label", { htmlFor: field.id }, Words.say("group"));
    return names.size > 1 ? [element("div", {}, label, field)] : [];
  };

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const describe = (post) => {
    const group = post.closest(".group").firstChild.textContent;
    const inside = post.closest("details");
    const when = inside ? inside.querySelector("summary h3").firstChild.textContent : "";
    return [group, when.trim()].filter(Boolean).join(" · ");
  };

  /** Searching the posts that are open: on this device, in what is here. */
  const search = (all) => {
    const found = element("p", { id: "found", className: "soft", role: "status" });
    const given = { type: "search", id: "seek", autocomplete: "off", "aria-describedby": found.id };
    const field = element("input", given);
    const label = element("label", { htmlFor: field.id }, Words.say("search"));
    const results = element("ul", { className: "results" });
    const seek = () => {
      const wanted = plain(field.value).split(/\s+/).filter(Boolean);
      const posts = wanted.length ? [...all.querySelectorAll(".post")] : [];
      const hits = posts.filter((post) => {
        const text = plain(post.textContent);
        return wanted.every((word) => text.includes(word));
      });
      found.textContent = wanted.length ? Words.say("found", { number: hits.length }) : "";
      results.replaceChildren(...hits.map((post) => {
        const name = element("strong", { dir: "auto" }, Page.title(post).textContent);
        const item = Page.jump(Page.title(post), name, " ", element("span", {}, describe(post)));
        item.addEventListener("click", () => {
          const inside = post.closest("details");
          if (inside) inside.open = true;
          Page.go(Page.title(post));
        });
        return item;
      }));
    };
    field.addEventListener("input", seek);
    all.addEventListener("filled", seek);
    return [element("div", {}, label, field), found, results];
  };

  /**
   * @param {{older: Object[]}} letter
   * @param {{add: Function}} photos
   * @param {Element} all where the letter stands
   * @returns {Element[]} the section, or nothing for the first week of a year
   */
  const section = ({ older }, photos, all) => {
    if (!older.length) return [];
    const title = element("h2", { id: "earlier", className: "name" }, Words.say("archive"));
    const weeks = new Map();
    for (const edition of older) {
      weeks.set(edition.week, [...(weeks.get(edition.week) || []), edition]);
    }
    const made = element("section", { className: "archive", "aria-labelledby": title.id }, title);
    const fields = element("div", { className: "fields" }, ...choose(made, older));
    const [field, ...found] = search(all);
    fields.append(field);
    made.append(fields, ...found, ...[...weeks].map(([name, own]) => week(name, own, photos)));
    return [made];
  };

  return { section };
})();
