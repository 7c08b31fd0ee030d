/** Photos: fetched by Range when they come near, opened, shown; and words where they cannot be. */
const Photos = (() => {
  const AT_ONCE = 6;
  const NEAR = "600px 0px";
  const SMALL = 480;
  const ENOUGH = 1.15; // a little coarser is not seen, and spares a parent the large one
  const JPEG = "image/jpeg"; // what every small rendition is
  // Types that this browser could not show; what is sealed was whole when it was made.
  const unknown = new Set();

  const small = ({ photo }) => ({ number: photo.small, type: JPEG });
  const large = ({ photo }) => ({ number: photo.large, type: photo.mime });

  /** Whether the small rendition is too coarse for its place, and a larger one can be had. */
  const isCoarse = ({ photo, frame }) => {
    const asked = frame.clientWidth * devicePixelRatio > SMALL * ENOUGH;
    const spare = navigator.connection && navigator.connection.saveData;
    return asked && !spare && hasLarge({ photo });
  };
  const hasLarge = ({ photo }) => photo.large !== photo.small && !unknown.has(photo.mime);

  /** @returns {Promise<string>} an object URL of one rendition */
  const open = async ({ edition }, { number, type }) => {
    const plain = await Parts.open(edition, number);
    return URL.createObjectURL(new Blob([plain], { type }));
  };

  /** Put a rendition in its place once it is decoded: until then what was there stays. */
  const show = async (shot, chosen) => {
    const url = await open(shot, chosen);
    const trial = new Image();
    trial.src = url;
    try {
      await trial.decode();
    } catch (error) {
      URL.revokeObjectURL(url);
      if (chosen.type !== JPEG) unknown.add(chosen.type);
      throw error;
    }
    const before = shot.image.src;
    shot.image.src = url;
    await shot.image.decode().catch(() => 0);
    shot.frame.classList.add("shown");
    if (before) URL.revokeObjectURL(before);
  };

  /**
   * Loads the photos of one letter.
   * @param {(why: string, edition: Object) => void} report told at every failure, and with "" when
   *   none is left
   * @returns {{add: Function, retry: Function, close: Function, sharpen: Function, shots: Function,
   *   all: Function}}
   */
  const loader = (report) => {
    const waiting = new Set();
    const coarse = new Set();
    const failed = new Set();
    const shots = new Map();
    let running = 0;

    const fail = (shot, why) => {
      failed.add(shot);
      shot.frame.classList.add("failed");
      shot.frame.style.backgroundColor = ""; // words are read on the page's own
      shot.words.textContent = Words.say(why, { until: Words.moment(shot.edition.until) });
      report(why, shot.edition);
    };

    const load = async (shot) => {
      shot.frame.setAttribute("aria-busy", "true");
      try {
        if (shot.edition.gone) throw new Parts.Failure(shot.edition.gone);
        await show(shot, small(shot));
        if (isCoarse(shot)) coarse.add(shot);
        else watcher.unobserve(shot.frame);
      } catch ({ why = "spoiled" }) {
        fail(shot, why);
      }
      shot.frame.removeAttribute("aria-busy");
    };

    /** The large rendition in place of the small one; whatever goes wrong, that one stays. */
    const sharpen = (shot) => {
      if (!shot.sharp) {
        const best = hasLarge(shot) ? large(shot) : small(shot);
        const isBest = best.number === shot.photo.small && shot.image.src;
        shot.sharp = (isBest ? Promise.resolve() : show(shot, best)).catch(() => {
          shot.sharp = null;
        });
      }
      coarse.delete(shot);
      watcher.unobserve(shot.frame);
      return shot.sharp;
    };

    const next = () => {
      for (const [some, way] of [[waiting, load], [coarse, sharpen]]) {
        for (const shot of some) {
          if (running >= AT_ONCE) return;
          if (some === coarse && !shot.near) continue;
          some.delete(shot);
          running += 1;
          way(shot).then(() => {
            running -= 1;
            next();
          });
        }
      }
    };

    const watcher = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const shot = shots.get(target);
          const isWaiting = isIntersecting && !failed.has(shot) && !shot.image.src;
          shot.near = isIntersecting;
          if (isWaiting) waiting.add(shot);
          else waiting.delete(shot);
        }
        next();
      },
      { rootMargin: NEAR },
    );

    /** @param {{edition, photo, frame: Element, image: HTMLImageElement, words: Element}} shot */
    const add = (shot) => {
      shots.set(shot.frame, shot);
      shot.frame.style.backgroundColor = shot.photo.colour;
      watcher.observe(shot.frame);
    };

    const retry = () => {
      report("");
      for (const shot of failed) {
        shot.frame.classList.remove("failed");
        shot.words.textContent = "";
        waiting.add(shot);
      }
      failed.clear();
      next();
    };

    const close = () => {
      watcher.disconnect();
      waiting.clear();
      for (const { image } of shots.values()) URL.revokeObjectURL(image.src);
    };

    /** Those of one post, in the order in which they stand. */
    const ofPost = (post) =>
      [...post.querySelectorAll(".photo")].map((frame) => shots.get(frame)).filter((shot) => shot && !shot.photo.film);

    /** Every photo that stands in the letter, near or not: for paper. */
    const all = async () => {
      for (const shot of shots.values()) if (!shot.image.src && shot.frame.isConnected) waiting.add(shot);
      next();
      while (waiting.size || running) await new Promise((done) => setTimeout(done, 50));
    };

    return { add, retry, close, sharpen, shots: ofPost, all };
  };

  return { loader };
})();
