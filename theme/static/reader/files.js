/** Files that a post offers: fetched when a parent asks, opened, and handed to the browser. */
const Files = (() => {
  /** Make the words of a link a button that says what is behind it. */
  const offer = (place, edition) => {
    const { name, kind, mime, segment } = edition.index.attachments[place.dataset.file];
    const size = Words.size(edition.index.sizes[segment - 1]);
    const words = `${place.textContent} (${kind}, ${size})`;
    const told = Page.element("small", { role: "status" });
    const fetchIt = async () => {
      told.textContent = "";
      try {
        Page.hand(await Parts.open(edition, segment), mime, name);
      } catch {
        told.textContent = Words.say("film-unreachable");
      }
    };
    place.replaceChildren(Page.button(fetchIt, {}, words), " ", told);
  };

  return { offer };
})();
