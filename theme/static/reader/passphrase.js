/**
 * The passphrase from the card, without which a locked letter stays closed; the twin of
 * plugins/lichtbrief/sealing/passphrase.py, specified in FORMAT.md there. It is in locked letters
 * only, and keeps nothing: each opening asks again.
 */
const Passphrase = (() => {
  const ITERATIONS = 600000;
  const $ = (id) => document.getElementById(id);

  /**
   * @param {Uint8Array} key the letter's
   * @param {string} typed
   * @param {string} letter its id
   * @returns {Promise<Uint8Array>} the secret of what is locked
   */
  const secret = async (key, typed, letter) => {
    const plain = typed.replace(/[^0-9A-Za-z]/g, "").toUpperCase();
    const signs = new TextEncoder().encode(plain.replace(/O/g, "0").replace(/[IL]/g, "1"));
    const material = await crypto.subtle.importKey("raw", signs, "PBKDF2", false, ["deriveBits"]);
    const salt = Sealed.context("passphrase", letter);
    const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ITERATIONS };
    const stretched = new Uint8Array(await crypto.subtle.deriveBits(how, material, 256));
    return Sealed.objectKey(key, stretched, Sealed.context("passphrase"));
  };

  /**
   * Ask until the right one is typed.
   * @param {Uint8Array} locked a sealed object
   * @param {Uint8Array} key the letter's
   * @param {function(Uint8Array, Uint8Array, string): Promise<Uint8Array>} only opens it
   * @returns {Promise<Uint8Array>} what was in it
   */
  const open = (locked, key, only) =>
    new Promise((done, fail) => {
      const [form, field, state] = ["card", "passphrase", "state"].map($);
      const tell = (name) => {
        state.textContent = Words.say(name);
        document.documentElement.classList.toggle("opening", name === "opening");
        form.hidden = name === "opening";
      };
      const ask = (name) => {
        tell(name);
        field.setAttribute("aria-invalid", name === "mismatch");
        if (name === "mismatch") field.focus();
      };
      form.onsubmit = async (event) => {
        event.preventDefault();
        tell("opening");
        try {
          const opens = await secret(key, field.value, document.body.dataset.letter);
          done(await only(locked, opens, "locked"));
        } catch (error) {
          if (error.why === "wrong-key") ask("mismatch");
          else fail(error);
        }
      };
      addEventListener("hashchange", () => (form.hidden = true), { once: true });
      ask("passphrase");
    });

  return { open, secret };
})();
