// Looks at a part of the page again every few seconds, as long as somebody looks at the page.

const EVERY_MS = 4000;

for (const part of document.querySelectorAll("[data-live]")) {
  const address = part.dataset.live;
  setInterval(async () => {
    const hasFocus = part.contains(document.activeElement);
    if (document.hidden || hasFocus || !address) return;
    const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-live]");
    if (!next || next.innerHTML === part.innerHTML) return;
    const known = new Set([...part.querySelectorAll("[data-id]")].map((row) => row.dataset.id));
    for (const row of next.querySelectorAll("[data-id]")) {
      if (known.size > 0 && !known.has(row.dataset.id)) row.classList.add("live-new");
    }
    part.replaceChildren(...next.childNodes);
  }, EVERY_MS);
}
