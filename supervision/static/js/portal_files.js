// Files beside a report, piece by piece: each with its own progress, and with a way to pause, go on and remove.
// A line that breaks loses nothing. Without this script files go with the form.
(() => {
  "use strict";
  const PIECE = 512 * 1024; // small enough for a slow line to send within a server's patience
  const RETRIES = [0, 1000, 3000, 5000, 10_000, 20_000];
  const AT_ONCE = 2;

  function start(box) {
    const words = box.dataset;
    const list = box.querySelector("[data-files-list]");
    const error = box.querySelector("[data-files-error]");
    const input = box.querySelector("input[type=file]");
    const going = new Set(); // uploads that are neither kept nor given up
    const queue = [];
    let library, ticket;
    box.going = going;
    input.removeAttribute("name"); // it is not sent with the form: its files go by themselves
    box.querySelector("[data-without]")?.remove();
    for (const tick of list.querySelectorAll("input[type=checkbox]")) adopt(tick);

    // --- What lets files begin ---

    function tus() {
      library ??= new Promise((resolve, reject) => {
        const script = Object.assign(document.createElement("script"), { src: words.tus, onload: resolve, onerror: reject });
        document.head.append(script);
      });
      return library;
    }

    async function draw() {
      const answer = await fetch(words.challengeFrom);
      if (!answer.ok) throw new Error();
      return window.proofOfWork(await answer.json(), words.worker);
    }

    const allowed = () => (ticket ??= draw().catch((problem) => {
      ticket = undefined;
      throw problem;
    }));

    // --- One line of the list ---

    function button(text, label, act) {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: text });
      made.setAttribute("aria-label", `${text}: ${label}`);
      made.addEventListener("click", act);
      return made;
    }

    function line(name) {
      const item = document.createElement("li");
      const heading = Object.assign(document.createElement("span"), { className: "given-name", textContent: name });
      const says = Object.assign(document.createElement("span"), { className: "soft" });
      item.append(heading, says);
      list.append(item);
      return { item, says, name };
    }

    function tell(text) {
      box.querySelector("[data-files-says]").textContent = text; // read out: what has changed for good, not each piece
    }

    function remove(item, { address, upload } = {}) {
      const next = item.nextElementSibling ?? item.previousElementSibling;
      if (upload) {
        going.delete(upload);
        upload.abort(true).catch(() => {});
      } else if (address) {
        fetch(address, { method: "DELETE", headers: { "Tus-Resumable": "1.0.0" } }).catch(() => {});
      }
      item.remove();
      (next?.querySelector("button") ?? input).focus();
      begin();
    }

    // A file that came with the page: its tick becomes a button.
    function adopt(tick) {
      const item = tick.closest("li");
      const name = item.querySelector(".given-name").textContent.trim();
      tick.type = "hidden";
      item.append(button(words.remove, name, () => remove(item, { address: `${words.to}${tick.value}/` })));
    }

    // --- One file on its way ---

    function add(file) {
      const shown = line(file.name);
      const bar = Object.assign(document.createElement("progress"), { max: file.size, value: 0 });
      bar.setAttribute("aria-label", file.name);
      const pause = button(words.pause, file.name, () => turn());
      const one = { file, ...shown, bar, pause, size: (file.size / 1048576).toFixed(1) };
      one.removing = button(words.remove, file.name, () => {
        queue.splice(0, queue.length, ...queue.filter((other) => other !== one));
        remove(one.item, one.upload ? { upload: one.upload } : {});
      });
      shown.item.append(bar, pause, one.removing);
      shown.says.textContent = words.waiting;
      pause.hidden = true;
      queue.push(one);

      function turn() {
        one.paused = !one.paused;
        pause.textContent = one.paused ? words.continue : words.pause;
        pause.setAttribute("aria-label", `${pause.textContent}: ${file.name}`);
        if (one.paused) {
          one.upload?.abort();
          one.says.textContent = how(words.paused, one);
        } else {
          one.upload?.start();
        }
      }
    }

    const how = (text, one) => text.replace("{done}", (one.bar.value / 1048576).toFixed(1)).replace("{all}", one.size);

    async function begin() {
      if (going.size >= AT_ONCE || !queue.length) return;
      const one = queue.shift();
      const waiting = { abort: async () => {} };
      going.add(waiting);
      try {
        await tus();
        const pass = await allowed();
        if (one.item.isConnected) upload(one, pass);
      } catch (problem) {
        refuse(one, problem.message || words.broken);
      } finally {
        going.delete(waiting);
      }
      begin();
    }

    function upload(one, pass) {
      one.upload = new window.tus.Upload(one.file, {
        endpoint: words.to, chunkSize: PIECE, uploadDataDuringCreation: true, retryDelays: RETRIES, storeFingerprintForResuming: false, removeFingerprintOnSuccess: true,
        headers: { "Upload-Ticket": pass }, metadata: { filename: one.file.name },
        onProgress: (sent, all) => {
          one.bar.value = sent;
          one.says.textContent = sent < all ? how(words.coming, one) : words.checking;
        },
        onSuccess: () => keep(one),
        onError: (problem) => {
          const status = problem.originalResponse?.getStatus() ?? 0;
          if (status === 403 && !one.again) return anew(one); // its ticket has served, or the page was open for too long
          if (status >= 400 && status < 500) return refuse(one, problem.originalResponse.getBody());
          one.paused = true;
          one.pause.textContent = words.continue;
          one.says.textContent = words.broken;
          tell(`${one.name}: ${words.broken}`);
        },
      });
      going.add(one.upload);
      one.pause.hidden = false;
      one.upload.start();
    }

    function anew(one) {
      going.delete(one.upload);
      ticket = undefined;
      one.again = true;
      queue.unshift(one);
      begin();
    }

    function keep(one) {
      const token = new URL(one.upload.url, location.href).pathname.replace(/\/$/, "").split("/").pop();
      going.delete(one.upload);
      one.bar.remove();
      one.pause.remove();
      one.says.textContent = words.kept;
      one.item.append(Object.assign(document.createElement("input"), { type: "hidden", name: "file", value: token }));
      const gone = button(words.remove, one.name, () => remove(one.item, { address: one.upload.url }));
      one.removing.replaceWith(gone);
      tell(`${one.name}: ${words.kept}`);
      begin();
    }

    // The words stand beside the file, and are read out.
    function refuse(one, why) {
      if (one.upload) going.delete(one.upload);
      one.bar.remove();
      one.pause.remove();
      one.says.className = "errorlist";
      one.says.textContent = `${words.error} ${why}`;
      tell(`${one.name}: ${why}`);
      const gone = button(words.remove, one.name, () => remove(one.item));
      one.removing.replaceWith(gone);
      begin();
    }

    input.addEventListener("change", () => {
      error.textContent = "";
      const kept = [...list.children].filter((item) => !item.querySelector(".errorlist")).length;
      const room = Math.max(0, Number(words.most) - kept);
      const chosen = [...input.files];
      if (chosen.length > room) error.textContent = `${words.error} ${words.many}`;
      for (const file of chosen.slice(0, room)) add(file);
      input.value = "";
      for (let turn = 0; turn < AT_ONCE; turn += 1) begin();
    });
    box.refuseToLeave = () => {
      error.textContent = `${words.error} ${words.going}`;
      input.focus();
    };
    box.onTheirWay = () => going.size + queue.length > 0;
  }

  // Nothing that is still on its way is left behind unsaid.
  addEventListener("submit", (event) => {
    const box = event.target.querySelector("[data-files]");
    if (!box?.onTheirWay?.() || event.submitter?.formNoValidate) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    box.refuseToLeave();
  }, true);

  function look() {
    const able = window.isSecureContext && window.Worker && window.proofOfWork;
    for (const box of document.querySelectorAll("[data-files]")) {
      if (able && !box.onTheirWay) start(box);
    }
  }
  document.addEventListener("portal:page", look);
  look();
})();
