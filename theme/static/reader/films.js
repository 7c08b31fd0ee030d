/** Films: only a still comes by itself; the film when somebody presses, in parts, then opened. */
const Films = (() => {
  const PART = 1048576; // what has come stays, should the next part fail
  const OWN_WORDS = new Set(["spoiled", "unreachable"]);
  const urls = new Set();

  const address = (plain, type) => {
    const made = URL.createObjectURL(new Blob([plain], { type }));
    urls.add(made);
    return made;
  };

  /** One segment of an edition, opened; `come` keeps its bytes, `tell` gets the part that has come. */
  const fetchSegment = async (edition, number, come, tell) => {
    const { from, length, size } = Photos.place(edition, number);
    come.bytes ||= new Uint8Array(length);
    while (come.count < length) {
      const part = await Photos.fetchPart(edition, from + come.count, Math.min(PART, length - come.count));
      if (!part.length) throw new Photos.Failure("spoiled");
      come.bytes.set(part, come.count);
      come.count += part.length;
      tell(come.count / length);
    }
    return Sealed.segment(await edition.opened, number, size, come.bytes).catch(() => {
      throw new Photos.Failure("spoiled");
    });
  };

  const open = async ({ edition, photo: { film } }, come, tell) => {
    const plain = await fetchSegment(edition, film.segment, come, tell);
    const captions =
      film.captions && (await fetchSegment(edition, film.captions, { count: 0 }, () => {}));
    return { film: address(plain, "video/mp4"), captions: captions && address(captions, "text/vtt") };
  };

  /** @returns {HTMLVideoElement} the player, in the place of the still */
  const player = (figure, image, { film, captions }) => {
    const properties = { controls: true, playsInline: true, preload: "none", src: film };
    const video = Page.element("video", properties);
    if (image.src) video.poster = image.src;
    if (image.alt) video.setAttribute("aria-label", image.alt);
    if (captions) {
      const { lang } = figure.closest("[lang]");
      const about = { kind: "captions", srclang: lang, label: lang, src: captions, default: true };
      video.append(Page.element("track", about));
    }
    return video;
  };

  const minutes = (seconds) => {
    const whole = Math.max(1, Math.round(seconds));
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  };

  /** Puts the button that fetches a film below its still. */
  const place = (shot) => {
    const { edition, photo: { film }, frame, image, look, figure } = shot;
    const button = Page.element("button", { type: "button", className: "film" });
    const told = Page.element("p", { className: "film" });
    const come = { count: 0, bytes: null };
    told.setAttribute("role", "status");
    button.lang = told.lang = document.documentElement.lang;
    button.textContent = Words.say("film", {
      length: minutes(film.seconds),
      size: Words.size(edition.index.sizes[film.segment - 1]),
    });
    frame.after(button, told);

    const fail = (why) => {
      const name = OWN_WORDS.has(why) ? `film-${why}` : why;
      told.textContent = Words.say(name, { until: Words.moment(edition.until) });
      button.disabled = false;
    };

    const play = async () => {
      button.disabled = true;
      try {
        if (edition.gone) throw new Photos.Failure(edition.gone);
        const tell = (part) => {
          told.textContent = Words.say("film-coming", { percent: Words.percent(part) });
        };
        const video = player(figure, image, await open(shot, come, tell));
        video.addEventListener("error", () => {
          video.remove();
          button.hidden = look.hidden = false;
          fail("film-unknown");
        });
        told.textContent = "";
        frame.append(video);
        button.hidden = look.hidden = true;
        // Where the press is too long ago for the browser, the player waits for another.
        video.play().catch(() => {});
        video.focus();
      } catch ({ why = "spoiled" }) {
        if (why === "expired" || why === "replaced") edition.gone = why;
        if (why === "spoiled") come.count = 0;
        fail(why);
      }
    };
    look.removeAttribute("aria-haspopup");
    for (const one of [button, look]) one.addEventListener("click", () => button.disabled || play());
  };

  /** Nothing is left of them when the letter closes. */
  const close = () => {
    for (const made of urls) URL.revokeObjectURL(made);
    urls.clear();
  };

  return { place, close, fetchSegment };
})();
