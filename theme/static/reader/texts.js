/** Posts in several languages: of each, the text that this reader reads best. */
const Texts = (() => {
  const [language] = Words.own.lang.split("-");

  /**
   * Leave of each post one text: in the letter's language, or else the post's own, which is first.
   * @param {DocumentFragment} page
   * @returns {DocumentFragment} the same
   */
  const choose = (page) => {
    const chosen = new Map();
    for (const post of page.querySelectorAll(".post[data-post]")) {
      const before = chosen.get(post.dataset.post);
      if (before && post.lang !== language) post.remove();
      else {
        if (before) before.remove();
        chosen.set(post.dataset.post, post);
      }
    }
    return page;
  };

  return { choose, language };
})();
