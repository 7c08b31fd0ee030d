/** Sends replies: each sealed by `Reply` and put into the store, once, however often it is tried. */
const Sending = (() => {
  const PATIENCE = 30000;
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  let letter = null;

  /** @param {Object} opened the envelope, with its `replies` */
  const use = (opened) => {
    letter = opened;
  };

  /** Who alone can open a word, as the letter names them; nobody of what is no word. */
  const readersOf = ({ to, pupil }) => {
    const child = letter.replies.children.find(({ id }) => id === pupil);
    return (to && child.readers && child.readers[to]) || [];
  };

  /** A form of the store's, which takes any name that begins as it should. */
  const post = (id, sealed, more) => {
    const { url, fields, begins } = letter.replies;
    const body = new FormData();
    body.append("key", begins + id);
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append("file", new Blob([sealed]));
    return fetch(url, { method: "POST", body, ...more });
  };

  /** Of the addresses for this size the first at which nothing lies; 403 when there is none. */
  const put = async (sealed, more) => {
    for (const url of letter.replies.puts[sealed.length]) {
      const came = await fetch(url, { method: "PUT", body: sealed, headers: { "If-None-Match": "*" }, ...more });
      if (came.status !== 412) return came;
    }
    return { ok: false, status: 403 };
  };

  /** @returns {Promise<string>} the word for what came of it: sent, offline, expired or failed */
  const deliver = async (id, sealed) => {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    const more = { credentials: "omit", signal: patience.signal };
    try {
      const { ok, status } = await (letter.replies.puts ? put(sealed, more) : post(id, sealed, more));
      if (ok) return "sent";
      return status === 403 && Date.parse(letter.until) < Date.now() ? "expired" : "failed";
    } catch {
      return navigator.onLine ? "failed" : "offline";
    } finally {
      clearTimeout(timer);
    }
  };

  /** Sends one form's replies, one at a time; the same body again is the same reply again. */
  const sender = (kind) => {
    let [before, id, sealed] = ["", "", null];
    return async (body) => {
      if (JSON.stringify(body) !== before) {
        id = hex(crypto.getRandomValues(new Uint8Array(16)));
        const { name, year, school, own } = letter.replies;
        const box = { name, year, school: Parts.bytesOf(school), own: Parts.bytesOf(own) };
        const at = `${new Date().toISOString().slice(0, 19)}Z`;
        const readers = readersOf(body).map((reader) => ({ ...reader, key: Parts.bytesOf(reader.key) }));
        const inner = readers.length ? await Reply.close(box, id, body, readers) : body;
        sealed = inner && (await Reply.write(box, { id, kind, at, body: inner }));
        before = JSON.stringify(body);
      }
      const came = sealed ? await deliver(id, sealed) : "long";
      if (came === "sent") before = "";
      return came;
    };
  };

  return { use, sender, readersOf };
})();
