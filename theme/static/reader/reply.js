/**
 * Seals what a guardian sends back to the school; specified in plugins/lichtbrief/replies/FORMAT.md.
 * HPKE (RFC 9180), base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. WebCrypto only.
 */
const Reply = (() => {
  const MAGIC = "lichtbrief reply 1\n";
  const BUCKETS = [512, 2048, 8192];
  const WORDS = [768, 4096];
  const CURVE = { name: "ECDH", namedCurve: "P-256" };
  const KEM = [0x4b, 0x45, 0x4d, 0, 0x10];
  const SUITE = [0x48, 0x50, 0x4b, 0x45, 0, 0x10, 0, 1, 0, 2];

  const join = (...parts) => Uint8Array.from(parts.flatMap((part) =>
    typeof part === "string" ? [...new TextEncoder().encode(part)] : [...part]));
  const u16 = (number) => [number >> 8, number & 255];
  const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
  const padded = (text, size) => {
    const made = new Uint8Array(size);
    made.set(join(u16(text.length), text));
    return made;
  };

  const hmac = async (secret, data) => {
    const how = { name: "HMAC", hash: "SHA-256" };
    // An empty key is a block of zeros to HMAC, and an error to WebCrypto.
    const raw = secret.length ? secret : new Uint8Array(32);
    const key = await crypto.subtle.importKey("raw", raw, how, false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign("HMAC", key, data));
  };
  const extract = (suite, salt, label, material) =>
    hmac(salt, join("HPKE-v1", suite, label, material));
  /** At most 32 bytes, which is the first block of HKDF-Expand. */
  const expand = async (suite, secret, label, info, length) => {
    const block = join(u16(length), "HPKE-v1", suite, label, info, [1]);
    return (await hmac(secret, block)).slice(0, length);
  };

  /**
   * Seal once, for a public key: SealBase of RFC 9180.
   * @param {Uint8Array} receiver the public key, 65 bytes
   * @param {Uint8Array} info @param {Uint8Array} aad @param {Uint8Array} plain
   * @param {CryptoKeyPair} [pair] the ephemeral key pair; only a test gives one
   * @returns {Promise<Uint8Array>} the encapsulated key and the ciphertext, joined
   */
  const seal = async (receiver, info, aad, plain, pair) => {
    const own = pair || (await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]));
    const key = await crypto.subtle.importKey("raw", receiver, CURVE, false, []);
    const how = { name: "ECDH", public: key };
    const shared = new Uint8Array(await crypto.subtle.deriveBits(how, own.privateKey, 256));
    const enc = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
    const both = await extract(KEM, [], "eae_prk", shared);
    const kept = await expand(KEM, both, "shared_secret", join(enc, receiver), 32);
    const noKey = await extract(SUITE, [], "psk_id_hash", []);
    const context = join([0], noKey, await extract(SUITE, [], "info_hash", info));
    const secret = await extract(SUITE, kept, "secret", []);
    const raw = await expand(SUITE, secret, "key", context, 32);
    const iv = await expand(SUITE, secret, "base_nonce", context, 12);
    const cipher = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
    const sealed = { name: "AES-GCM", iv, additionalData: aad };
    return join(enc, new Uint8Array(await crypto.subtle.encrypt(sealed, cipher, plain)));
  };

  /**
   * @param {{name: string, year: string, school: Uint8Array, own: Uint8Array}} box the letter's
   *   letterbox: its name, the school year, the school's public key, the letter's own key
   * @param {Object} content `id`, `kind`, `at` and `body`
   * @param {CryptoKeyPair} [pair]
   * @returns {Promise<Uint8Array|null>} the reply as it is stored; null when it is too long
   */
  const write = async ({ name, year, school, own }, content, pair) => {
    const text = join(JSON.stringify(content));
    const size = BUCKETS.find((bucket) => text.length + 34 <= bucket);
    if (!size) return null;
    const info = Sealed.context("reply", year, name);
    const inner = padded(text, size - 32);
    const plain = join(await hmac(own, join(info, inner)), inner);
    return join(MAGIC, await seal(school, info, new Uint8Array(0), plain, pair));
  };

  /**
   * A word that nobody opens but its readers: the body of a reply, sealed for them.
   * @param {{name: string, year: string}} box @param {string} id the reply's
   * @param {{to: string, pupil: string, words: string}} body
   * @param {{id: string, key: Uint8Array}[]} readers with their public keys
   * @param {Uint8Array} [raw] the key of these words @param {CryptoKeyPair} [pair] both for a test
   * @returns {Promise<Object|null>} null when it is too long
   */
  const close = async ({ name, year }, id, { to, pupil, words }, readers,
    raw = crypto.getRandomValues(new Uint8Array(32)), pair) => {
    const text = join(words);
    const size = WORDS.find((bucket) => text.length + 2 <= bucket);
    if (!size) return null;
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
    // This key seals these words and nothing else.
    const once = { name: "AES-GCM", iv: new Uint8Array(12) };
    const sealed = new Uint8Array(await crypto.subtle.encrypt(once, key, padded(text, size)));
    const keys = {};
    for (const reader of readers) {
      const info = Sealed.context("word", year, name, id, to, pupil, reader.id);
      keys[reader.id] = base64(await seal(reader.key, info, new Uint8Array(0), raw, pair));
    }
    return { to, pupil, sealed: { text: base64(sealed), keys } };
  };

  return { seal, write, close };
})();
