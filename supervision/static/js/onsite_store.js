// The visit on this device. Everything of it lies sealed under a key that comes from the officer's device password and
// is held in memory alone; whoever finds the device finds the visit's number, ids and how much there is.
window.onsite = (() => {
  "use strict";
  const NAME = "onsite", ROUNDS = 600_000; // PBKDF2-SHA-256: docs/adr/0043
  const STRICT = { durability: "strict" }; // on the disk before it is called saved
  const text = new TextEncoder(), words = new TextDecoder();
  let opened, key;

  function database() {
    opened ??= idb.openDB(NAME, 1, {
      upgrade(made) {
        made.createObjectStore("visit");
        made.createObjectStore("entries", { keyPath: "id" });
      },
      blocking: close, // somebody erases it in another window
      terminated() { opened = undefined; },
    });
    return opened;
  }

  function close() {
    const closing = opened;
    opened = key = undefined;
    closing?.then((one) => one.close());
  }

  // --- Keys and digests ---

  async function digest(bytes) {
    const found = new Uint8Array(await crypto.subtle.digest("SHA-256", typeof bytes === "string" ? text.encode(bytes) : bytes));
    return [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function keyOf(password, salt, rounds) {
    const given = await crypto.subtle.importKey("raw", text.encode(password.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
    return crypto.subtle.deriveKey(how, given, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  }

  async function seal(bytes, about) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: text.encode(about) }, key, bytes) };
  }

  const unseal = (sealed, about) =>
    crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv, additionalData: text.encode(about) }, key, sealed.data);

  const sealJson = (value, about) => seal(text.encode(JSON.stringify(value)), about);
  const unsealJson = async (sealed, about) => JSON.parse(words.decode(await unseal(sealed, about)));

  // --- The visit ---

  async function held() {
    const row = await (await database()).get("visit", "held");
    return row && { number: row.number, device: row.device, confirmed: row.confirmed };
  }

  async function begin(number, password, known) {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    key = await keyOf(password, salt, ROUNDS);
    const row = { number, device: crypto.randomUUID(), confirmed: false, salt, rounds: ROUNDS, known: await sealJson(known, "visit") };
    await (await database()).add("visit", row, "held"); // refused where another visit lies here
    return row;
  }

  async function change(values) {
    const tx = (await database()).transaction("visit", "readwrite", STRICT);
    const row = await tx.store.get("held");
    if (row) await tx.store.put({ ...row, ...values }, "held");
    await tx.done;
  }

  const confirm = () => change({ confirmed: true });
  const renew = async (known) => change({ known: await sealJson(known, "visit") });

  // What is known of the visit; throws where the password is another.
  async function open(password) {
    const row = await (await database()).get("visit", "held");
    key = await keyOf(password, row.salt, row.rounds);
    try {
      return await unsealJson(row.known, "visit");
    } catch (problem) {
      key = undefined;
      throw problem;
    }
  }

  // --- Its entries ---

  async function add(entry, file) {
    const row = {
      id: entry.id, has: "", why: "",
      said: await sealJson({ text: entry.text, digest: entry.digest }, entry.id),
      file: file ? await seal(file, `${entry.id} file`) : null,
    };
    const tx = (await database()).transaction("entries", "readwrite", STRICT);
    await tx.store.add(row);
    await tx.done;
  }

  async function entries() {
    const rows = await (await database()).getAll("entries");
    const found = await Promise.all(rows.map(async (row) => {
      const said = await unsealJson(row.said, row.id);
      return { id: row.id, has: row.has, why: row.why, file: Boolean(row.file), ...said, body: JSON.parse(said.text) };
    }));
    return found.sort((one, other) => one.body.made_at.localeCompare(other.body.made_at) || one.id.localeCompare(other.id));
  }

  async function file(id) {
    const row = await (await database()).get("entries", id);
    return row?.file ? unseal(row.file, `${id} file`) : null;
  }

  async function note(id, has, why = "") {
    const tx = (await database()).transaction("entries", "readwrite", STRICT);
    const row = await tx.store.get(id);
    if (row) await tx.store.put({ ...row, has, why });
    await tx.done;
  }

  const drop = async (id) => (await database()).delete("entries", id);

  async function erase() {
    close();
    await idb.deleteDB(NAME);
  }

  return { digest, held, begin, confirm, renew, open, add, entries, file, note, drop, erase };
})();
