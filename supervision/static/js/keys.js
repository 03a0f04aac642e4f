// j and k walk a list (<table data-keys>), and turn the pages of one record; Enter follows the focused link by itself.
// Whoever needs these letters otherwise switches them off; the browser remembers it.
(() => {
  "use strict";
  const links = [...document.querySelectorAll("[data-keys] [data-open]")];
  const turns = { j: document.querySelector("[data-next]"), k: document.querySelector("[data-previous]") };
  const off = () => localStorage.getItem("keys") === "off";

  for (const box of document.querySelectorAll("[data-keys-switch]")) {
    box.checked = !off();
    box.addEventListener("change", () => localStorage.setItem("keys", box.checked ? "on" : "off"));
  }

  document.addEventListener("keydown", (event) => {
    if (off() || event.ctrlKey || event.metaKey || event.altKey || !["j", "k"].includes(event.key)) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    if (turns[event.key]) return location.assign(turns[event.key].href);
    if (!links.length) return;
    const row = document.activeElement?.closest("tr");
    const here = links.findIndex((link) => link.closest("tr") === row);
    const there = event.key === "j" ? Math.min(here + 1, links.length - 1) : Math.max(here - 1, 0);
    links[there].focus();
    links[there].scrollIntoView({ block: "nearest" });
  });
})();
