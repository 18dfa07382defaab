// Small conveniences of every page; each works without them too.

// A row of links that is wider than the screen begins with the page that is open.
for (const current of document.querySelectorAll(".nav [aria-current], .tabs [aria-current]")) {
  const row = current.closest(".nav") ?? current.closest("ul");
  const [link, frame] = [current.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += (link.left + link.right - frame.left - frame.right) / 2;
}

// A select that says so sends its form when it changes; not with the keyboard, where each arrow is a change.
for (const select of document.querySelectorAll("select[data-send]")) {
  let isTyping = false;
  select.addEventListener("keydown", () => {
    isTyping = true;
  });
  select.addEventListener("pointerdown", () => {
    isTyping = false;
  });
  select.addEventListener("change", () => {
    if (!isTyping) select.form?.requestSubmit();
  });
}

// Copies the text of the element that a button names.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy ?? "");
    await navigator.clipboard.writeText(source?.textContent ?? "");
    const word = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => {
      button.textContent = word;
    }, 1500);
  });
}

// Ctrl or Cmd with K leads to the search. A key alone would be in the way of those who dictate (WCAG 2.1.4).
document.addEventListener("keydown", (event) => {
  if (event.key !== "k" || !(event.ctrlKey || event.metaKey)) return;
  const search = document.querySelector("input[type=search]");
  if (search instanceof HTMLElement) {
    event.preventDefault();
    search.focus();
  }
});
