// The page of a visit that works without a network: what is written is saved on this device first and sent when it can be.
(() => {
  "use strict";
  const AGAIN = [1000, 3000, 10_000, 30_000, 60_000]; // milliseconds until what waits is tried again, longer and longer
  const KINDS = ["image/jpeg", "image/png", "image/webp"];
  const ANSWERS = ["kept", "broken", "open", "none"];
  const page = document.querySelector("[data-onsite]");
  const { visits, worker } = page.dataset, most = Number(page.dataset.most);
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const words = read("words"), invisible = unseen(read("invisible"));
  const one = (name) => page.querySelector(`[data-${name}]`);
  const views = [...page.querySelectorAll("[data-view]")];
  let held, known, pad, timer, tried = 0, queued = false, last = Promise.resolve();

  function unseen({ ranges, breaks }) {
    const escape = (code) => `\\u{${code.toString(16)}}`;
    const found = new RegExp(`[${ranges.map(([first, last]) => `${escape(first)}-${escape(last)}`).join("")}]`, "gu");
    return (text) => text.replace(found, (letter) => (breaks.includes(letter) ? letter : "")).toWellFormed?.() ?? text;
  }

  const made = (name, values = {}, ...inside) => {
    const element = Object.assign(document.createElement(name), values);
    element.append(...inside);
    return element;
  };

  function show(view) {
    for (const element of views) element.hidden = element.dataset.view !== view;
  }

  function wrong(sentence = "") {
    const box = one("error");
    box.textContent = sentence;
    box.hidden = !sentence;
    if (sentence) box.scrollIntoView({ block: "nearest" });
  }

  function state(sentence, waits = false) {
    one("state").textContent = sentence;
    one("state").classList.toggle("waits", waits);
  }

  // --- What is written ---

  async function save(kind, fields, file) {
    const body = { kind, id: crypto.randomUUID(), visit: held.number, made_at: new Date().toISOString(), follows: [], item: "", ...fields };
    const text = JSON.stringify(body);
    await onsite.add({ id: body.id, text, digest: await onsite.digest(text) }, file);
    wrong();
    await draw();
    send();
  }

  // The answers that stand to a line: what the server told, and what this device has written since.
  function standing(line, entries) {
    const here = entries.filter((entry) => entry.body.kind === "answer" && entry.body.item === line.code);
    const ids = new Set(here.map((entry) => entry.id));
    const told = line.answers.filter((answer) => !ids.has(answer.id));
    const own = here.map((entry) => ({ ...entry, answer: entry.body.answer, remark: entry.body.remark, by: "" }));
    const followed = new Set(here.flatMap((entry) => entry.body.follows));
    return [...told, ...own].filter((answer) => !followed.has(answer.id));
  }

  function choices(form, code) {
    for (const answer of ANSWERS) {
      const input = made("input", { type: "radio", name: "answer", value: answer, className: "form-check-input" });
      form.querySelector("[data-choices]").append(made("label", {}, input, words[answer]));
    }
    const label = form.querySelector("[data-remark-label]"), remark = form.elements.remark;
    label.htmlFor = remark.id = `remark-${code}`;
  }

  function lines() {
    one("list-title").textContent = known.checklist;
    for (const line of known.lines) {
      const form = page.querySelector("template[data-line]").content.firstElementChild.cloneNode(true);
      form.dataset.item = line.code;
      form.querySelector("[data-code]").textContent = line.code;
      form.querySelector("[data-words]").textContent = line.words;
      form.querySelector("[data-basis]").textContent = line.basis;
      choices(form, line.code);
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const answer = form.elements.answer.value;
        if (!answer) return wrong(words.choose);
        const follows = standing(known.lines.find((other) => other.code === line.code), await onsite.entries()).map(({ id }) => id);
        await save("answer", { item: line.code, answer, remark: invisible(form.elements.remark.value.trim()), follows });
        form.reset();
      });
      one("lines").append(form);
      one("items").append(made("option", { value: line.code, textContent: `${line.code} ${line.words}` }));
    }
    for (const officer of known.officers) one("officers").append(made("option", { value: officer.username, textContent: officer.name }));
  }

  // --- What is shown ---

  function stands(entry) {
    const said = made("span", { className: "badge badge-info", textContent: words[entry.has || "waits"] });
    if (entry.has !== "refused") return [said];
    const drop = made("button", { type: "button", className: "btn", textContent: words.drop });
    drop.addEventListener("click", async () => {
      await onsite.drop(entry.id);
      await draw();
    });
    return [said, entry.why, drop];
  }

  async function thumbnail(entry) {
    const canvas = made("canvas", { width: 160, height: 120 });
    const bytes = await onsite.file(entry.id);
    if (!bytes) return canvas;
    try {
      const picture = await createImageBitmap(new Blob([bytes]));
      canvas.height = Math.max(1, Math.round(160 * picture.height / picture.width));
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    } catch {
      // a picture that this browser cannot show is sent all the same
    }
    return canvas;
  }

  async function kept(kind, entries) {
    const rows = [];
    for (const entry of entries.filter(({ body }) => body.kind === kind)) {
      const row = made("li", {}, ...(entry.file ? [await thumbnail(entry)] : []));
      row.append(made("span", { textContent: entry.body.words ?? entry.body.who }), ...stands(entry));
      if (entry.body.file) row.append(made("code", { textContent: entry.body.file }));
      rows.push(row);
    }
    page.querySelector(`[data-kept=${kind}]`).replaceChildren(...rows);
  }

  async function draw() {
    const entries = await onsite.entries();
    for (const line of known.lines) {
      const form = page.querySelector(`form[data-item="${CSS.escape(line.code)}"]`);
      const answers = standing(line, entries);
      form.querySelector("[data-answers]").replaceChildren(...answers.map((answer) =>
        made("li", {}, made("strong", { textContent: words[answer.answer] }), made("span", { textContent: answer.remark }),
          ...("has" in answer ? stands(answer) : [made("span", { className: "text-secondary", textContent: answer.by })]))));
      const disputed = form.querySelector("[data-disputed]");
      disputed.hidden = answers.length < 2;
      disputed.textContent = words.disputed;
    }
    for (const kind of ["photo", "statement", "signature"]) await kept(kind, entries);
    const waiting = entries.filter(onsite.waits).length;
    page.dataset.waiting = waiting;
    if (waiting) state(`${navigator.onLine ? "" : words.offline} ${words.waiting.replace("%n", waiting)}`, true);
    else state(navigator.onLine ? words.all_sent : words.offline);
    return waiting;
  }

  // --- Sending ---

  const said = (problem) => words[problem.message] ?? words.failed;

  // What waits is tried again by itself, also where the browser wrongly believes that there is a network.
  function later(waiting) {
    clearTimeout(timer);
    if (waiting) timer = setTimeout(send, AGAIN[Math.min(tried++, AGAIN.length - 1)]);
    else tried = 0;
  }

  // One after the other: what is sent and what is handed back speak of the same entries.
  function inTurn(act) {
    last = last.then(act, act);
    return last;
  }

  function send() {
    if (queued || !held?.confirmed || !known) return;
    queued = true;
    void inTurn(sendNow);
  }

  async function sendNow() {
    queued = false;
    if (!known) return;
    try {
      known = (await onsite.sync(visits, held, known.officer)).known;
      later(await draw());
    } catch (problem) {
      if (!(problem instanceof onsite.Unsent)) throw problem;
      const waiting = await draw();
      state(`${said(problem)} ${waiting ? words.waiting.replace("%n", waiting) : ""}`, waiting > 0);
      if (problem.message === "no_network" || problem.message === "failed") later(waiting);
    }
  }

  async function handBack() {
    if (!known) return;
    try {
      if ((await onsite.entries()).some((entry) => entry.has === "refused")) return wrong(words.refused_left);
      if (!await onsite.handBack(visits, held, known.officer)) {
        await draw();
        return wrong(words.not_back);
      }
      held = known = undefined;
      show("");
      wrong();
      state(words.handed_back);
    } catch (problem) {
      if (!(problem instanceof onsite.Unsent)) throw problem;
      wrong(said(problem));
    }
  }

  // --- Beginning ---

  async function confirmed() {
    const { done, why } = await onsite.takeAlong(visits, held);
    if (!done) {
      await onsite.erase();
      held = undefined;
      wrong(why);
      return false;
    }
    await onsite.confirm();
    held = await onsite.held();
    return true;
  }

  async function work() {
    try {
      if (!held.confirmed && !await confirmed()) return begin();
    } catch (problem) {
      if (!(problem instanceof onsite.Unsent)) throw problem;
      return wrong(said(problem)); // nothing was written yet: it is tried again when it is opened again
    }
    one("title").textContent = known.institution.name;
    one("about").textContent = known.number;
    lines();
    pad = onsite.pad(one("pad"));
    show("work");
    await draw();
    send();
  }

  async function take(password) {
    const wanted = decodeURIComponent(location.hash.slice(1));
    try {
      known = (await onsite.line(visits, wanted)).known;
    } catch (problem) {
      if (!(problem instanceof onsite.Unsent)) throw problem;
      return wrong(said(problem));
    }
    await navigator.storage?.persist?.();
    held = await onsite.begin(wanted, password, known);
    await work();
  }

  async function begin() {
    held = await onsite.held();
    const wanted = decodeURIComponent(location.hash.slice(1));
    if (held) {
      if (wanted && wanted !== held.number) wrong(words.another_visit);
      one("about").textContent = held.number;
      return show("open");
    }
    return show(wanted ? "take" : "none");
  }

  one("take").addEventListener("submit", async (event) => {
    event.preventDefault();
    const password = event.target.elements.password.value;
    if (password.length < 8) return wrong(words.no_password);
    wrong();
    event.target.reset();
    await take(password);
  });
  one("open").addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      known = await onsite.open(event.target.elements.password.value);
    } catch {
      return wrong(words.wrong_password);
    }
    wrong();
    event.target.reset();
    await work();
  });
  one("erase").addEventListener("click", async () => {
    if (!window.confirm(words.erase_unsent)) return;
    await onsite.erase();
    await begin();
  });
  one("photo").addEventListener("submit", (event) => event.preventDefault());
  one("photo").elements.file.addEventListener("change", async (event) => {
    const form = one("photo"), [file] = event.target.files;
    if (!file) return;
    if (!KINDS.includes(file.type)) return wrong(words.no_photo);
    if (file.size > most) return wrong(words.too_big);
    const bytes = await file.arrayBuffer();
    const said = { words: invisible(form.elements.words.value.trim()), item: form.elements.line.value, file: await onsite.digest(bytes) };
    await save("photo", said, bytes);
    form.reset();
  });
  one("statement").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { who, post, words: field } = event.target.elements;
    const said = { who: invisible(who.value.trim()), post: invisible(post.value.trim()), words: invisible(field.value.trim()) };
    if (!said.who || !said.words) return wrong(words.write);
    await save("statement", said);
    event.target.reset();
  });
  one("signature").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { side, who: name, why: reason } = event.target.elements;
    const who = side.value || invisible(name.value.trim()), why = side.value ? "" : invisible(reason.value.trim());
    if (!who) return wrong(words.who);
    if (pad.isEmpty() && !why) return wrong(words.draw);
    const bytes = pad.isEmpty() ? null : await pad.png();
    const over = (await onsite.entries()).map(({ id, digest }) => [id, digest]);
    const said = { side: side.value ? "officer" : "institution", who, why, over, file: bytes ? await onsite.digest(bytes) : "" };
    await save("signature", said, bytes);
    pad.clear();
    event.target.reset();
  });
  one("clear").addEventListener("click", () => pad.clear());
  one("send").addEventListener("click", () => {
    wrong();
    state(words.sending);
    send();
  });
  one("back").addEventListener("click", () => void inTurn(handBack));
  window.addEventListener("online", () => {
    tried = 0;
    send();
  });
  window.addEventListener("offline", () => known && void draw());

  if ("serviceWorker" in navigator) void navigator.serviceWorker.register(worker).catch(() => {}); // signed out: what is kept stays
  void begin();
})();
