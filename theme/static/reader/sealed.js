/**
 * Opens sealed objects and letter codes in the browser; the twin of plugins/lichtbrief/sealing,
 * specified in FORMAT.md there. WebCrypto only, so the page needs a secure context.
 *
 * @typedef {"not-sealed"|"unknown-version"|"wrong-key"|"truncated"|"reordered"|"damaged"} Why
 * @typedef {{salt: Uint8Array, bound: Uint8Array, commitment: Uint8Array, firstLength: number,
 *   start: number}} Header `bound` is all before the commitment, `start` where segment 1 begins.
 * @typedef {CryptoKey} Opened The key of an object's chunks.
 */
const Sealed = (() => {
  const KIND = "lichtbrief sealed ";
  const MAGIC = KIND + "1\n";
  const HEADER = 104;
  const CHUNK = 65536;
  const TAG = 16;
  const NEAR = 8;
  const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const SEPARATORS = /[\t\n\r \-\u00a0\u00ad\u2010-\u2015\u2212]/g;

  const bytesOf = (text) => new TextEncoder().encode(text);

  /** Why nothing was given out: `why` is a word of FORMAT.md's "Refusals". */
  class Refused extends Error {
    /** @param {Why} why */
    constructor(why) {
      super(why);
      this.why = why;
    }
  }

  /**
   * Fields as bytes that no other list of fields gives.
   * @param {...string} fields
   * @returns {Uint8Array}
   */
  const context = (...fields) => {
    const u16 = (number) => {
      if (number > 0xffff) throw new RangeError("context too long");
      return [number >> 8, number & 255];
    };
    const parts = fields.map(bytesOf).flatMap((part) => [...u16(part.length), ...part]);
    return Uint8Array.from([...u16(fields.length), ...parts]);
  };

  /**
   * HKDF-SHA256 to 32 bytes: among others the key of one object, from the secret it was sealed with
   * (a letter's key), its header's salt and `context("object", ...fields)`.
   * @param {Uint8Array} secret
   * @param {Uint8Array} salt
   * @param {Uint8Array} info
   * @returns {Promise<Uint8Array>}
   */
  const derive = async (secret, salt, info) => {
    const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
    const how = { name: "HKDF", hash: "SHA-256", salt, info };
    return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
  };

  /**
   * The key of a code that somebody typed or that stood after the `#`.
   * @param {string} text
   * @returns {Promise<{key: Uint8Array} | {error: "empty"|"short"|"long"|"typo"}>}
   */
  const parseCode = async (text) => {
    const signs = Array.from(text.replace(SEPARATORS, ""));
    if (!signs.length) return { error: "empty" };
    if (signs.length !== 28) return { error: signs.length < 28 ? "short" : "long" };
    let bits = "";
    for (const sign of signs) {
      // Only ASCII is folded: toUpperCase would let a dotless i or a long s through.
      const plain = sign.replace(/[a-z]/, (letter) => letter.toUpperCase());
      const value = SIGNS.indexOf(plain.replace("O", "0").replace(/[IL]/, "1"));
      if (value < 0) return { error: "typo" };
      bits += value.toString(2).padStart(5, "0");
    }
    const key = Uint8Array.from({ length: 16 }, (_, at) => parseInt(bits.slice(at * 8, at * 8 + 8), 2));
    const labelled = Uint8Array.from([...bytesOf("lichtbrief code 1\n"), ...key]);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", labelled));
    const check = (digest[0] << 4) | (digest[1] >> 4);
    return check === parseInt(bits.slice(128), 2) ? { key } : { error: "typo" };
  };

  /**
   * The header that the bytes begin with.
   * @param {Uint8Array} bytes
   * @returns {Header}
   * @throws {Refused} not-sealed, unknown-version or truncated
   */
  const header = (bytes) => {
    const found = String.fromCharCode(...bytes.subarray(0, MAGIC.length));
    if (MAGIC.startsWith(found) && bytes.length < HEADER) throw new Refused("truncated");
    if (found !== MAGIC) {
      throw new Refused(found.startsWith(KIND) ? "unknown-version" : "not-sealed");
    }
    const firstLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(100);
    return {
      salt: bytes.slice(20, 52),
      bound: bytes.slice(0, 68),
      commitment: bytes.slice(68, 100),
      firstLength,
      start: HEADER + cipherLength(firstLength),
    };
  };

  /**
   * Make an object key ready for use. Without a header its commitment is not checked: only for a
   * key that came out of an opened letter together with the lengths of its segments.
   * @param {Uint8Array} key
   * @param {Header} [head]
   * @returns {Promise<Opened>}
   * @throws {Refused} wrong-key
   */
  const open = async (key, head) => {
    if (head) {
      const expected = await derive(key, head.bound, context("commitment"));
      // Not in constant time: whoever could time this already runs on the reader's own device.
      if (expected.some((byte, at) => byte !== head.commitment[at])) throw new Refused("wrong-key");
    }
    const payload = await derive(key, new Uint8Array(0), context("payload"));
    return crypto.subtle.importKey("raw", payload, "AES-GCM", false, ["decrypt"]);
  };

  const chunks = (length) => Math.max(1, Math.ceil(length / CHUNK));

  /**
   * How many bytes a segment takes in the object, from its plaintext length.
   * @param {number} length
   * @returns {number}
   */
  const cipherLength = (length) => length + TAG * chunks(length);

  const nonce = (segment, counter, last) => {
    const view = new DataView(new ArrayBuffer(12));
    view.setUint32(0, segment);
    view.setUint32(7, counter);
    view.setUint8(11, last ? 1 : 0);
    return view;
  };

  const openChunk = async (key, iv, chunk) => {
    try {
      return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, chunk));
    } catch (error) {
      if (error.name === "OperationError") return null;
      throw error;
    }
  };

  /** Why a chunk does not fit its place; what a try decrypts is thrown away. */
  const diagnose = async (key, segment, counter, last, chunk) => {
    const fits = (...place) => openChunk(key, nonce(...place), chunk);
    if (await fits(segment, counter, !last)) return "truncated";
    for (let s = Math.max(0, segment - NEAR); s <= segment + NEAR; s += 1) {
      for (let c = Math.max(0, counter - NEAR); c <= counter + NEAR; c += 1) {
        if (await fits(s, c, false) || await fits(s, c, true)) return "reordered";
      }
    }
    return "damaged";
  };

  /**
   * One whole segment, or nothing of it.
   * @param {Opened} opened
   * @param {number} number the segment's number in the object
   * @param {number} length its plaintext length
   * @param {Uint8Array} bytes exactly its bytes in the object
   * @returns {Promise<Uint8Array>}
   * @throws {Refused} truncated, reordered or damaged
   */
  const segment = async (opened, number, length, bytes) => {
    if (bytes.length !== cipherLength(length)) throw new Refused("truncated");
    const plain = new Uint8Array(length);
    const end = chunks(length) - 1;
    for (let counter = 0; counter <= end; counter += 1) {
      const from = counter * (CHUNK + TAG);
      const chunk = bytes.subarray(from, from + CHUNK + TAG);
      const place = [number, counter, counter === end];
      const part = await openChunk(opened, nonce(...place), chunk);
      if (!part) throw new Refused(await diagnose(opened, ...place, chunk));
      plain.set(part, counter * CHUNK);
    }
    return plain;
  };

  /**
   * The first segment of an object, and what opens the others.
   * @param {Uint8Array} key the object's
   * @param {Uint8Array} bytes what it begins with, at least up to segment 1
   * @returns {Promise<{opened: Opened, plain: Uint8Array}>}
   * @throws {Refused}
   */
  const first = async (key, bytes) => {
    const head = header(bytes);
    const { firstLength: length, start } = head;
    const opened = await open(key, head);
    const own = bytes.subarray(start - cipherLength(length), start);
    return { opened, plain: await segment(opened, 0, length, own) };
  };

  return { Refused, cipherLength, context, first, header, objectKey: derive, open, parseCode, segment };
})();
