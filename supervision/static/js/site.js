// What every page needs beyond HTML: the small screen's menu, and menus that close on Escape.
(() => {
  "use strict";
  document.documentElement.classList.add("scripted");

  for (const button of document.querySelectorAll(".menu-button")) {
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-expanded") === "true";
      button.setAttribute("aria-expanded", String(!open));
    });
  }

  const menus = [...document.querySelectorAll("details.account-menu")];
  document.addEventListener("click", (event) => {
    for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus.filter((menu) => menu.open)) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // A form that searches as one chooses: <form data-submit-on-change>; without scripts its button does it.
  for (const form of document.querySelectorAll("form[data-submit-on-change]")) {
    form.addEventListener("change", () => form.requestSubmit());
  }
})();
