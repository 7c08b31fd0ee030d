/** Films: only a still comes by itself; the film when somebody presses, in parts, then opened. */
const Films = (() => {
  const OWN_WORDS = new Set(["spoiled", "unreachable"]);
  const urls = new Set();

  const address = (plain, type) => {
    const made = URL.createObjectURL(new Blob([plain], { type }));
    urls.add(made);
    return made;
  };

  const open = async ({ edition, photo: { film } }, come, tell) => {
    const plain = await Parts.open(edition, film.segment, come, tell);
    const captions = film.captions && (await Parts.open(edition, film.captions));
    return { film: address(plain, "video/mp4"), captions: captions && address(captions, "text/vtt") };
  };

  /** @returns {HTMLVideoElement} the player, in the place of the still */
  const player = (figure, image, { film, captions }) => {
    const given = { controls: true, playsInline: true, preload: "none", src: film };
    const video = Page.element("video", given);
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
    const come = { count: 0 };
    const { lang } = Words.own;
    const told = Page.element("p", { className: "film", role: "status", lang });
    const length = minutes(film.seconds);
    const size = Words.size(edition.index.sizes[film.segment - 1]);
    const press = () => button.disabled || play();
    const button = Page.button(press, { className: "film", lang }, Words.say("film", { length, size }));
    look.addEventListener("click", press);
    frame.after(button, told);

    const fail = (why) => {
      const name = OWN_WORDS.has(why) ? `film-${why}` : why;
      told.textContent = Words.say(name, { until: Words.moment(edition.until) });
      button.disabled = false;
    };

    const play = async () => {
      button.disabled = true;
      try {
        if (edition.gone) throw new Parts.Failure(edition.gone);
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
        if (why === "spoiled") come.count = 0;
        fail(why);
      }
    };
  };

  /** Nothing is left of them when the letter closes. */
  const close = () => {
    for (const made of urls) URL.revokeObjectURL(made);
    urls.clear();
  };

  return { place, close };
})();
