/** Opens the letter: the key after #, or the code that somebody types; or words that say why not. */
(() => {
  const $ = (id) => document.getElementById(id);
  const [state, form, code, place] = ["state", "ask", "code", "letter"].map($);
  const notice = $("notice").firstChild;
  const [noticeWords, again] = notice.children;
  let turn = 0;
  let photos = null;

  const tell = (name) => {
    state.textContent = name && Words.say(name);
    // The foot of the page waits too, or it would jump away when the letter comes.
    document.documentElement.classList.toggle("opening", name === "opening");
  };

  const report = (why, edition) => {
    const until = edition && Words.moment(edition.until);
    notice.hidden = !why;
    noticeWords.textContent = why && Words.say(why, { until });
    // What is gone stays gone: the words stand where the photos were, here they are only read out.
    notice.classList.toggle("spoken", !!edition && !!edition.gone);
  };

  /** The only segment of an object that is sealed for this letter, as `what`. */
  const only = async (sealed, secret, what) => {
    const context = Sealed.context("object", what, document.body.dataset.letter);
    const key = await Sealed.objectKey(secret, Sealed.header(sealed).salt, context);
    return (await Sealed.first(key, sealed)).plain;
  };

  /** @param {Uint8Array} key the 16 bytes of the code @returns {Promise<Object>} the envelope */
  const unseal = async (key) => {
    const plain = await only(Parts.bytesOf($("envelope").textContent), key, "letter");
    const locks = typeof Passphrase === "object"; // in locked letters alone
    const letter = await Parts.inflate(locks ? await Passphrase.open(plain, key, only) : plain).json();
    for (const edition of letter.older) edition.bytes = Parts.bytesOf(edition.key);
    for (const edition of letter.editions) edition.opened = Sealed.open(Parts.bytesOf(edition.key));
    for (const edition of [...letter.editions, ...letter.older]) edition.until = letter.until;
    return letter;
  };

  const close = () => {
    Viewer.close();
    if (photos) photos.close();
    Films.close();
    photos = null;
    place.textContent = "";
    report("");
    form.hidden = true;
    $("print").hidden = true;
  };

  const ask = (why, typed) => {
    tell(why);
    form.hidden = false;
    code.setAttribute("aria-invalid", typed);
    if (typed) code.focus();
  };

  const show = (letter, typed) => {
    photos = Photos.loader(report);
    place.append(...Page.letter(letter, photos));
    Calendar.add(place, letter);
    place.append(...Archive.section(letter, photos, place));
    if (letter.replies) Questions.add(place, letter);
    for (const mark of document.querySelectorAll("dialog .for")) {
      mark.textContent = letter.reader && Words.say("for", { reader: letter.reader });
    }
    $("print").hidden = false;
    tell("");
    if (typed) place.focus();
  };

  /** @param {string} text what should be the code @param {boolean} typed by hand, in the field */
  const attempt = async (text, typed) => {
    const mine = ++turn;
    close();
    tell("opening");
    try {
      const { key, error } = await Sealed.parseCode(text);
      const letter = key && (await unseal(key));
      if (mine !== turn) return;
      if (error) return ask(error, typed);
      // The address goes into the history, the clipboard, a forwarded page: it keeps no key. This
      // tab's own entry does, so that a reload opens the letter again.
      history.replaceState({ code: text }, "", location.pathname + location.search);
      show(letter, typed);
    } catch ({ why }) {
      if (mine !== turn) return;
      if (why === "wrong-key") ask("wrong", typed);
      else tell("damaged");
    }
  };

  const follow = () => {
    const kept = history.state && history.state.code;
    return attempt(location.hash.slice(1) || kept || "", false);
  };

  const showLogo = () => {
    const data = $("logo").textContent;
    if (!data) return;
    const bytes = Parts.bytesOf(data);
    const view = new DataView(bytes.buffer);
    const logo = new Image(view.getUint32(16), view.getUint32(20)); // where a PNG says its size
    logo.alt = ""; // the name stands beside it
    logo.src = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
    document.querySelector("h1").prepend(logo);
  };

  showLogo();
  // Of all that is used here, browsers learned this last: without it, #unread stays.
  if (!window.DecompressionStream) return;
  // From here on a failure has words of its own.
  document.documentElement.classList.add("started");
  if (window.top !== window.self) return tell("framed");
  if (!window.isSecureContext) return tell("insecure");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(code.value, true);
  });
  again.addEventListener("click", () => photos.retry());
  $("print").addEventListener("click", async () => {
    await photos.all();
    window.print();
  });
  window.addEventListener("online", () => photos && photos.retry());
  window.addEventListener("hashchange", follow);
  follow();
})();
