/** The parts of an edition: fetched by Range and opened, or a word that says why not. */
const Parts = (() => {
  const MOST = 1048576; // what has come stays, should the next fetch fail

  class Failure extends Error {
    /** @param {"expired"|"replaced"|"offline"|"unreachable"|"spoiled"} why */
    constructor(why) {
      super(why);
      this.why = why;
    }
  }

  const unreachable = () => {
    throw new Failure(navigator.onLine ? "unreachable" : "offline");
  };

  /** @returns {Promise<Uint8Array>} the bytes; a server that knows no Range sends the whole object */
  const fetchBytes = async (edition, from, length) => {
    if (!edition.whole) {
      const answer = await fetch(edition.url, {
        headers: { Range: `bytes=${from}-${from + length - 1}` },
        // Nothing stays behind in the browser, and the signed link goes nowhere else.
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        referrerPolicy: "no-referrer",
      }).catch(unreachable);
      if (answer.status >= 400 && answer.status < 500) {
        // One refusal speaks for the whole edition: it has one link.
        edition.gone = Date.now() < Date.parse(edition.until) ? "replaced" : "expired";
        throw new Failure(edition.gone);
      }
      if (!answer.ok) unreachable();
      const bytes = new Uint8Array(await answer.arrayBuffer().catch(unreachable));
      edition.gone = "";
      if (answer.status === 206) return bytes;
      edition.whole = bytes;
    }
    return edition.whole.subarray(from, from + length);
  };

  /**
   * One segment of an edition, opened; the lengths in its index tell where it lies.
   * @param {Object} edition
   * @param {number} number the segment's
   * @param {{count: number, bytes: Uint8Array}} [come] keeps what has come for another try
   * @param {(part: number) => void} [tell] gets how much has come, up to 1
   * @returns {Promise<Uint8Array>}
   */
  const open = async (edition, number, come = { count: 0 }, tell = () => {}) => {
    const { start, index, opened } = edition;
    const lengths = index.sizes.map(Sealed.cipherLength);
    const from = lengths.slice(0, number - 1).reduce((sum, length) => sum + length, start);
    const length = lengths[number - 1];
    come.bytes ||= new Uint8Array(length);
    while (come.count < length) {
      const part = await fetchBytes(edition, from + come.count, Math.min(MOST, length - come.count));
      if (!part.length) throw new Failure("spoiled");
      come.bytes.set(part, come.count);
      come.count += part.length;
      tell(come.count / length);
    }
    return Sealed.segment(await opened, number, index.sizes[number - 1], come.bytes).catch(() => {
      throw new Failure("spoiled");
    });
  };

  /** @param {string} base64 with the signs of addresses @returns {Uint8Array} */
  const bytesOf = (base64) =>
    Uint8Array.from(atob(base64.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

  /** @param {Uint8Array} bytes of gzip @returns {Response} what was packed in them */
  const inflate = (bytes) =>
    new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));

  return { Failure, fetchBytes, open, bytesOf, inflate };
})();
