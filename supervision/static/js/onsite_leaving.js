// Whoever signs out leaves no visit on the device. Where something was not sent yet, they are asked first.
(() => {
  "use strict";
  const NAME = "onsite", SENT = ["taken", "had", "late"];
  const { onsiteUnsent } = document.currentScript.dataset;

  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });

  async function unsent() {
    const database = await done(indexedDB.open(NAME));
    try {
      if (!database.objectStoreNames.contains("entries")) return 0;
      const rows = await done(database.transaction("entries").objectStore("entries").getAll());
      return rows.filter((row) => !SENT.includes(row.has)).length;
    } finally {
      database.close();
    }
  }

  async function leave(form) {
    const here = await indexedDB.databases?.() ?? [];
    if (here.some(({ name }) => name === NAME)) {
      if (await unsent() && !window.confirm(onsiteUnsent)) return;
      await done(indexedDB.deleteDatabase(NAME));
    }
    form.submit();
  }

  for (const form of document.querySelectorAll("form[action='/sign-out/']")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      leave(form).catch(() => form.submit());
    });
  }
})();
