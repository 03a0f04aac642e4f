// The public pages work without this. With it, the browser's back button keeps every answer, no receipt stays behind in
// its history, a draft can be kept on this phone, and leaving quickly empties the page.
(() => {
  "use strict";
  const DRAFT = "draft";
  const PRIVATE = new Set(["csrfmiddlewaretoken", "name", "phone", "address", "proof", "file", "ticket"]);
  const WRITTEN = "form[data-here] :is(textarea, #holder, #bank, #account)";
  const ANSWERS = ["kind", "facts", "search", "target", "named_as", "when", "amount", "who", "name", "phone", "address", "file"];
  const PATIENCE = 60_000; // milliseconds until a line counts as broken
  const SLOW = 400; // milliseconds after which it is said that something is under way

  const form = () => document.querySelector("form[data-answers]");
  let left = false; // quickly: what is still on its way is not shown any more

  // --- Pages without a reload: what a page was sent with lies in the browser's history, and is sent again by going back ---

  async function post(sent, data, remember) {
    const main = document.querySelector("main");
    const says = sent.querySelector("[data-unsent]");
    main.setAttribute("aria-busy", "true");
    const slow = setTimeout(() => (says.textContent = says.dataset.sending), SLOW);
    const line = new AbortController();
    const broken = setTimeout(() => line.abort(), PATIENCE);
    try {
      const body = new URLSearchParams(data);
      const answer = await fetch(sent.getAttribute("action"), { method: "POST", body, signal: line.signal });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!left) show(page, remember);
    } catch {
      main.removeAttribute("aria-busy");
      says.textContent = says.dataset.unsent; // every answer is still in the page
    } finally {
      clearTimeout(slow);
      clearTimeout(broken);
    }
  }

  function show(page, remember) {
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    for (const part of ["header", "main", "footer"]) {
      const come = page.querySelector(part);
      if (come) document.querySelector(part).replaceWith(document.adoptNode(come));
    }
    const step = form()?.dataset.step ?? "";
    if (remember && step !== history.state?.step) history.pushState({ step }, ""); // a search is no step of its own
    ready();
    scrollTo(0, 0);
    (document.querySelector("main [autofocus]") ?? document.querySelector("main")).focus();
  }

  function submitted(event) {
    const sent = event.target;
    if (!sent.matches("form:is([data-answers], [data-here])") || sent.querySelector("input[type=file][name]")?.files.length) {
      going = true;
      setTimeout(() => (going = false), 3000); // what was sent may be saved as a file: then the page stays
      return;
    }
    event.preventDefault();
    const data = new FormData(sent);
    if (event.submitter?.name) data.set(event.submitter.name, event.submitter.value);
    if (sent === form()) keepDraft(data);
    for (const [name, value] of [...data]) if (typeof value !== "string") data.delete(name);
    if (sent.dataset.sending) return; // sent twice by an impatient finger
    sent.dataset.sending = "1";
    post(sent, data, true).finally(() => delete sent.dataset.sending);
  }

  // Answers lie in this page alone, and a receipt is shown once: who reloads it is asked first, but never who leaves quickly.
  const shown = () => document.querySelector("[data-sent]");
  let going = false;
  addEventListener("beforeunload", (event) => {
    if (going) return;
    const data = form() && !wanted ? new FormData(form()) : new FormData();
    const answered = ANSWERS.some((name) => data.getAll(name).some((value) => typeof value === "string" && value));
    const written = [...document.querySelectorAll(WRITTEN)].some((one) => one.value);
    if (answered || written || shown()) event.preventDefault();
  });

  addEventListener("submit", submitted);
  addEventListener("popstate", (event) => {
    const here = form();
    const step = event.state?.step;
    if (shown()) return history.pushState({ step: "" }, ""); // a receipt stays until it was typed back
    if (!here || !step) return location.reload();
    const data = new FormData(here);
    for (const [name, value] of [...data]) if (typeof value !== "string") data.delete(name);
    data.set("to", step);
    data.set("step", "check"); // any page may be gone back to
    post(here, data, false);
  });

  // A page that was opened with a receipt is not shown again to whoever goes back to it later: they come to its door.
  addEventListener("pageshow", (event) => {
    if (event.persisted && document.querySelector("main input[type=hidden][name=receipt]")) location.reload();
  });

  // Links within the page give the focus to their field and make no history: going back goes to the page before.
  addEventListener("click", (event) => {
    const there = document.getElementById(event.target.closest?.("a[href^='#']")?.hash.slice(1) || " ");
    if (!there) return;
    event.preventDefault();
    (there.matches("fieldset, div") && there.querySelector("input") || there).focus();
    there.scrollIntoView();
  });

  // --- A draft on this phone, if somebody wants one ---

  const store = (() => {
    try {
      return window.localStorage;
    } catch {
      return null;
    }
  })();
  let wanted = false;

  function keepDraft(data) {
    if (!wanted || !store) return;
    const answers = [...data].filter(([name, value]) => !PRIVATE.has(name) && typeof value === "string" && value);
    store.setItem(DRAFT, JSON.stringify(answers));
  }

  function eraseDraft() {
    wanted = false;
    store?.removeItem(DRAFT);
  }

  function goOn() {
    const data = new FormData(form());
    for (const [name, value] of JSON.parse(store.getItem(DRAFT) ?? "[]")) if (name !== "to") data.set(name, value);
    data.set("to", data.get("step"));
    wanted = true;
    post(form(), data, true);
  }

  // --- Every page that comes ---

  function ready() {
    const draft = document.querySelector("[data-draft]");
    if (draft && store) {
      const box = draft.querySelector("input");
      draft.hidden = false;
      box.checked = wanted;
      box.addEventListener("change", () => {
        wanted = box.checked;
        if (wanted) keepDraft(new FormData(form()));
        else eraseDraft();
      });
    }
    const kept = document.getElementById("draft-found");
    if (kept && store?.getItem(DRAFT) && !wanted) {
      kept.classList.add("shown");
      document.getElementById("draft-go-on").addEventListener("click", goOn);
      document.getElementById("draft-erase").addEventListener("click", () => {
        eraseDraft();
        kept.classList.remove("shown");
        document.querySelector("main").focus();
      });
    }
    if (shown()) eraseDraft();
    for (const offered of document.querySelectorAll("[data-offered]")) offered.hidden = false;
    document.getElementById("print")?.addEventListener("click", () => print());
    document.getElementById("copy")?.addEventListener("click", async (event) => {
      await navigator.clipboard.writeText(event.target.dataset.text);
      event.target.textContent = event.target.dataset.done;
    });
    document.getElementById("leave")?.addEventListener("click", (event) => {
      event.preventDefault();
      going = left = true;
      eraseDraft();
      document.title = event.currentTarget.host;
      document.body.replaceChildren();
      location.replace(event.currentTarget.href);
    });
    document.dispatchEvent(new CustomEvent("portal:page"));
  }

  addEventListener("input", (event) => {
    if (event.target.form?.matches?.("[data-answers]")) keepDraft(new FormData(event.target.form));
  });
  if (form()) history.replaceState({ step: form().dataset.step }, "");
  ready();
})();
