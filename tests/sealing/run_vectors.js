// Runs the cases of tests/vectors/sealing.json in the browser: name of the case -> what came out.
// A reader in the browser holds object keys only, and of the kinds below does not make the others.
async (vectors) => {
  const fromHex = (hex) => Uint8Array.from(hex.match(/../g) || [], (two) => parseInt(two, 16));
  const toHex = (bytes) =>
    Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const told = async (plain) => {
    if (plain.length <= 64) return toHex(plain);
    return "sha256:" + toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", plain)));
  };

  const openObject = async (vector) => {
    const bytes = Uint8Array.from(atob(vector.object), (sign) => sign.charCodeAt(0));
    const header = Sealed.header(bytes);
    const context = Sealed.context("object", ...vector.fields);
    const key = await Sealed.objectKey(fromHex(vector.secret), header.salt, context);
    const opened = await Sealed.open(key, header);
    const lengths = [header.firstLength, ...vector.lengths];
    const plaintext = [];
    let from = 104;
    for (const [number, length] of lengths.entries()) {
      const last = number === lengths.length - 1;
      const to = last ? bytes.length : from + Sealed.cipherLength(length);
      const plain = await Sealed.segment(opened, number, length, bytes.subarray(from, to));
      plaintext.push(await told(plain));
      from = to;
    }
    return { plaintext };
  };

  const run = {
    object: async (vector) => {
      try {
        return await openObject(vector);
      } catch (error) {
        if (error instanceof Sealed.Refused) return { why: error.why };
        throw error;
      }
    },
    code: async (vector) => {
      const answer = await Sealed.parseCode(vector.typed);
      return answer.key ? { key: toHex(answer.key) } : { why: answer.error };
    },
    context: async (vector) => ({ result: toHex(Sealed.context(...vector.fields)) }),
    "object-key": async (vector) => {
      const context = Sealed.context("object", ...vector.fields);
      const salt = fromHex(vector.salt);
      return { result: toHex(await Sealed.objectKey(fromHex(vector.secret), salt, context)) };
    },
    "locked-secret": async (vector) => {
      const key = fromHex(vector.key);
      return { result: toHex(await Passphrase.secret(key, vector.typed, vector.letter)) };
    },
  };

  const came = {};
  for (const vector of vectors) {
    if (run[vector.kind]) came[vector.name] = await run[vector.kind](vector);
  }
  return came;
}
