// Warns some minutes before a sign-in ends. What is left is asked of the server, since other tabs may have stayed.
(() => {
  "use strict";
  const FIRST = 240, WARNED = 300, AGAIN = 20; // seconds: first look, how early to warn, how often to look while warning
  const dialog = document.querySelector("dialog[data-staying]");
  const address = dialog.dataset.staying;
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai",
  });
  let timer = 0, due = 0, understood = false;

  function look(seconds) {
    clearTimeout(timer);
    due = Date.now() + seconds * 1000;
    timer = setTimeout(ask, seconds * 1000);
  }

  async function ask(how = {}) {
    clearTimeout(timer);
    let answer;
    try {
      answer = await fetch(address, { ...how, redirect: "manual", headers: { Accept: "application/json" } });
    } catch {
      return look(AGAIN); // the line is down: that says nothing about the sign-in
    }
    if (answer.type === "opaqueredirect") return leave();
    if (!answer.ok) return look(AGAIN);
    const { left, final } = await answer.json();
    if (left > WARNED) {
      dialog.close();
      return look(left - WARNED);
    }
    if (!(final && understood)) warn(left, final);
    look(Math.min(AGAIN, Math.max(1, left + 1)));
  }

  function warn(left, final) {
    for (const part of dialog.querySelectorAll("[data-idle]")) part.hidden = final;
    for (const part of dialog.querySelectorAll("[data-final]")) part.hidden = !final;
    const end = clock.format(Date.now() + left * 1000);
    for (const time of dialog.querySelectorAll("time")) if (time.textContent !== end) time.textContent = end;
    if (!dialog.open) dialog.showModal();
  }

  // The page may hold what only somebody signed in may see, so it does not stay on the screen.
  function leave() {
    location.replace(location.pathname + location.search);
  }

  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    understood = true;
    dialog.close();
    ask({ method: "POST", body: new FormData(event.target) });
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault(); // Escape means to go on working
    dialog.querySelector("form").requestSubmit();
  });
  // Clocks stand still while a machine sleeps.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() > due) ask();
  });

  look(FIRST);
})();
