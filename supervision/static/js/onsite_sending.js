// Sends what the device holds. Whatever breaks, it is sent again with the same ids: the server keeps each entry once and
// says what it has. An entry counts as sent only where the server names the digest that was worked out here.
(() => {
  "use strict";
  const AT_ONCE = 20; // entries without a file in one message
  const KEPT = ["taken", "had", "late"];

  class Unsent extends Error {} // its name says why: signed_out, another_officer, gone, no_network, failed

  async function ask(address, how = {}) {
    let answer;
    try {
      answer = await fetch(address, { redirect: "manual", ...how });
    } catch {
      throw new Unsent("no_network");
    }
    if (answer.type === "opaqueredirect") throw new Unsent("signed_out");
    if (answer.status === 404) throw new Unsent("gone");
    if (!answer.ok) throw new Unsent("failed");
    return answer;
  }

  // A way to the server for one visit: the token of the form, and what is known there now.
  async function line(visits, number) {
    const base = `${visits}${encodeURIComponent(number)}/device/`;
    const page = new DOMParser().parseFromString(await (await ask(`${base}package/`)).text(), "text/html");
    const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
    const known = page.getElementById("package");
    if (!token || !known) throw new Unsent("failed");
    return {
      known: JSON.parse(known.textContent),
      async post(what, fields) {
        const body = new FormData();
        for (const [name, value] of Object.entries(fields)) body.append(name, value);
        const answer = await ask(`${base}${what}/`, { method: "POST", body, headers: { "X-CSRFToken": token } });
        try {
          return await answer.json();
        } catch {
          throw new Unsent("failed");
        }
      },
    };
  }

  async function takeAlong(visits, held) {
    const way = await line(visits, held.number);
    return way.post("take-along", { device: held.device });
  }

  async function sendSome(way, held, some) {
    const said = some.map(({ id, text, digest }) => ({ id, text, digest }));
    const fields = { device: held.device, entries: new Blob([JSON.stringify(said)], { type: "application/json" }) };
    for (const one of some) {
      if (one.file) fields[one.body.file] = new Blob([await onsite.file(one.id)]);
    }
    const { answers } = await way.post("entries", fields);
    for (const one of some) {
      const answer = answers.find((other) => other.id === one.id);
      if (answer && KEPT.includes(answer.has) && answer.digest === one.digest) await onsite.note(one.id, answer.has);
      else if (answer?.has === "refused") await onsite.note(one.id, "refused", answer.why);
    }
  }

  const waits = (entry) => !KEPT.includes(entry.has) && entry.has !== "refused";

  // Sends what waits and brings back what is known now; throws Unsent where the line breaks.
  async function sync(visits, held, officer) {
    let way = await line(visits, held.number);
    if (way.known.officer !== officer) throw new Unsent("another_officer");
    const waiting = (await onsite.entries()).filter(waits);
    const bare = waiting.filter((entry) => !entry.file);
    for (let from = 0; from < bare.length; from += AT_ONCE) await sendSome(way, held, bare.slice(from, from + AT_ONCE));
    for (const entry of waiting.filter((one) => one.file)) await sendSome(way, held, [entry]);
    if (waiting.length) way = await line(visits, held.number);
    await onsite.renew(way.known);
    return way;
  }

  // Whether the server has confirmed that it holds everything; then the device forgets it.
  async function handBack(visits, held, officer) {
    const way = await sync(visits, held, officer);
    const all = await onsite.entries();
    if (all.some((entry) => !KEPT.includes(entry.has))) return false;
    const lines = all.map(({ id, digest }) => `${id} ${digest}\n`).sort();
    const told = { device: held.device, entries: String(all.length), digest: await onsite.digest(lines.join("")) };
    const { done } = await way.post("hand-back", told);
    if (!done) { // something is missing there: all of it is sent again
      for (const entry of all) await onsite.note(entry.id, "");
      return false;
    }
    await onsite.erase();
    return true;
  }

  Object.assign(onsite, { line, takeAlong, sync, handBack, waits, Unsent });
})();
