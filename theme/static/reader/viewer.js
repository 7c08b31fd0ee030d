/** The viewer: one photo as large as the screen lets it be, and the next a swipe or a key away. */
const Viewer = (() => {
  const MOST = 5;
  const FAR = 50;
  const dialog = document.getElementById("viewer");
  const [stage, image] = [dialog.querySelector(".stage"), dialog.querySelector("img")];
  const button = (name) => dialog.querySelector(`[data-go=${name}]`);
  const [count, caption, save] = ["count", "caption", "save"].map((id) => document.getElementById(id));
  const fingers = new Map();
  let [shots, at, loader, post] = [[], 0, null, null];
  let [scale, x, y, pinch] = [1, 0, 0, 0];

  const place = () => {
    image.style.transform = scale === 1 && !x ? "" : `translate(${x}px, ${y}px) scale(${scale})`;
    button("zoom").setAttribute("aria-pressed", scale > 1);
  };

  const zoom = (wanted) => {
    scale = Math.min(MOST, Math.max(1, wanted));
    if (scale === 1) [x, y] = [0, 0];
    place();
  };

  const paint = (shot) => {
    image.src = shot.image.src;
    if (save) save.href = shot.image.src;
  };

  const show = (number) => {
    at = Math.max(0, Math.min(number, shots.length - 1));
    const shot = shots[at];
    zoom(1);
    image.alt = shot.image.alt;
    image.style.setProperty("--shape", shot.photo.width / shot.photo.height);
    image.removeAttribute("src");
    // What is there already at once, and the sharp one when it comes.
    if (shot.image.src) paint(shot);
    loader.sharpen(shot).then(() => shots[at] === shot && shot.image.src && paint(shot));
    count.textContent = Words.say("photo", { number: at + 1, total: shots.length });
    const words = shot.figure.querySelector("figcaption");
    caption.textContent = words ? words.textContent : "";
    caption.lang = post.lang;
    button("back").disabled = !at;
    button("on").disabled = at === shots.length - 1;
    const code = post.dataset.post;
    Page.doubt(dialog.querySelector(".doubt"), code && `${code}, ${count.textContent}`);
  };

  /** Where the arrows point: what is next stands to the left where one reads from the right. */
  const onwards = () => (Words.own.dir === "rtl" ? -1 : 1);

  /**
   * @param {Element} from the post whose photos are shown
   * @param {Object} first the shot that was asked for
   * @param {{sharpen: Function, shots: Function}} photos
   */
  const open = (from, first, photos) => {
    [post, loader] = [from, photos];
    shots = photos.shots(post);
    show(shots.indexOf(first));
    dialog.showModal();
  };

  const close = () => dialog.open && dialog.close();

  const ways = {
    close,
    back: () => show(at - 1),
    on: () => show(at + 1),
    zoom: () => zoom(scale > 1 ? 1 : 2.5),
  };
  for (const [name, way] of Object.entries(ways)) button(name).addEventListener("click", way);

  // Back to the photo that was looked at last, wherever one began.
  dialog.addEventListener("close", () => {
    image.removeAttribute("src");
    if (!shots[at]) return;
    shots[at].look.focus();
    if (document.activeElement !== shots[at].look) Page.go(Page.title(post));
  });
  const keys = {
    ArrowRight: () => show(at + onwards()),
    ArrowLeft: () => show(at - onwards()),
    Home: () => show(0),
    End: () => show(shots.length - 1),
    "+": () => zoom(scale * 1.5),
    "=": () => zoom(scale * 1.5),
    "-": () => zoom(scale / 1.5),
  };
  dialog.addEventListener("keydown", ({ key }) => keys[key] && keys[key]());

  const spread = () => {
    const [one, other] = [...fingers.values()];
    return Math.hypot(one.x - other.x, one.y - other.y);
  };

  stage.addEventListener("pointerdown", (event) => {
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.size === 2) pinch = spread() / scale;
  });
  stage.addEventListener("pointermove", (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    const [dx, dy] = [event.clientX - finger.x, event.clientY - finger.y];
    Object.assign(finger, { x: event.clientX, y: event.clientY });
    if (fingers.size === 2) return zoom(spread() / pinch);
    x += dx;
    if (scale > 1) y += dy;
    place();
  });
  const lift = (event) => {
    if (!fingers.delete(event.pointerId) || fingers.size || scale > 1) return;
    const moved = x;
    x = 0;
    place();
    if (event.type === "pointerup" && Math.abs(moved) > FAR) show(at - Math.sign(moved) * onwards());
  };
  stage.addEventListener("pointerup", lift);
  stage.addEventListener("pointercancel", lift);
  stage.addEventListener("dblclick", ways.zoom);

  return { open, close };
})();
