// The work that keeps machines out: a worker of ALTCHA's looks for the number behind a challenge while the page is read.
// Without this script the page waits instead.
(() => {
  "use strict";
  const MOST = 4; // workers: a telephone has other things to do
  const PATIENCE = 90_000; // milliseconds

  // The answer to a challenge, as the server reads it.
  function solve(challenge, address) {
    const count = Math.max(1, Math.min(MOST, (navigator.hardwareConcurrency ?? 2) - 1));
    const workers = Array.from({ length: count }, () => new Worker(address));
    const found = workers.map((worker, place) => new Promise((resolve, reject) => {
      worker.onerror = reject;
      worker.onmessage = ({ data }) => (data?.derivedKey ? resolve(data) : reject(new Error("not found")));
      worker.postMessage({ type: "work", challenge, counterMode: "uint32", counterStart: place, counterStep: count, timeout: PATIENCE });
    }));
    return Promise.any(found)
      .then((solution) => btoa(JSON.stringify({ challenge, solution })))
      .finally(() => workers.forEach((worker) => worker.terminate()));
  }

  function prove(box) {
    const { challenge, worker, failed } = box.dataset;
    const says = box.querySelector("[data-proof-says]");
    const work = window.isSecureContext && window.Worker ? solve(JSON.parse(challenge), worker) : Promise.reject(new Error("not here"));
    box.proved = work.then((proof) => {
      box.querySelector("[data-without]")?.remove();
      box.querySelector("input[name=proof]").value = proof;
      says.textContent = "";
    }, () => {
      says.textContent = failed; // the ticket that came with the page is sent: it has waited meanwhile
    }).then(() => {
      box.ready = true;
    });
  }

  // Sent before the work is done: it goes as soon as it is. Going back or mending an answer waits for nothing.
  addEventListener("submit", (event) => {
    const box = event.target.querySelector("[data-proof]");
    if (!box || !box.proved || box.ready || event.submitter?.formNoValidate) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    box.querySelector("[data-proof-says]").textContent = box.dataset.working;
    const { submitter } = event;
    box.proved.then(() => event.target.isConnected && event.target.requestSubmit(submitter));
  }, true);

  const look = () => document.querySelectorAll("[data-proof]").forEach((box) => box.proved || prove(box));
  document.addEventListener("portal:page", look);
  look();
  window.proofOfWork = solve;
})();
