/** Files that a post offers: fetched when a parent asks, opened, and handed to the browser. */
const Files = (() => {
  /** Make the words of a link a button that says what is behind it. */
  const offer = (place, edition) => {
    const { name, kind, mime, segment } = edition.index.attachments[place.dataset.file];
    const size = Words.size(edition.index.sizes[segment - 1]);
    const words = `${place.textContent} (${kind}, ${size})`;
    const button = Page.element("button", { type: "button" }, words);
    const told = Page.element("small");
    told.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      told.textContent = "";
      try {
        Page.hand(await Films.fetchSegment(edition, segment, { count: 0 }, () => {}), mime, name);
      } catch (_) {
        told.textContent = Words.say("film-unreachable");
      }
    });
    place.replaceChildren(button, " ", told);
  };

  return { offer };
})();
