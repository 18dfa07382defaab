// Looks at a part of the page again every few seconds, as long as somebody looks at the page.

const EVERY_MS = 4000;

const pause = document.querySelector("[data-live-pause]");
if (pause) {
  pause.hidden = false;
  pause.addEventListener("click", () => {
    pause.ariaPressed = String(pause.ariaPressed !== "true");
  });
}

/** Brings a part up to date. Rows that stay are the same elements: a screen reader keeps its place among them. */
function refresh(part, next) {
  const known = new Map(
    [...part.querySelectorAll("[data-id]")].map((row) => [row.dataset.id, row]),
  );
  const list = part.querySelector("[data-id]")?.parentNode;
  const rows = [...next.querySelectorAll("[data-id]")];
  if (!list || rows.length === 0) return part.replaceChildren(...next.childNodes);
  let place = list.firstChild;
  for (const row of rows) {
    const old = known.get(row.dataset.id);
    if (old) {
      for (const [at, cell] of [...old.children].entries()) {
        const now = row.children[at];
        if (now && now.innerHTML !== cell.innerHTML) cell.replaceChildren(...now.childNodes);
      }
      known.delete(row.dataset.id);
      place = old.nextSibling;
    } else {
      row.classList.add("live-new");
      list.insertBefore(row, place);
    }
  }
  for (const row of known.values()) row.remove();
}

for (const part of document.querySelectorAll("[data-live]")) {
  const address = part.dataset.live;
  setInterval(async () => {
    const hasFocus = part.contains(document.activeElement);
    if (document.hidden || hasFocus || !address || pause?.ariaPressed === "true") return;
    const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-live]");
    if (!next || next.innerHTML === part.innerHTML) return;
    refresh(part, next);
  }, EVERY_MS);
}
