// Shows what a form would do while somebody drags or types: asks the server, which knows, and puts
// its answer where the form says.

const QUIET_MS = 200;

for (const form of document.querySelectorAll("form[data-trial]")) {
  const place = form.dataset.trial;
  let timer;
  let asked = 0;

  for (const slider of form.querySelectorAll("input[data-pair]")) {
    const number = document.getElementById(slider.dataset.pair);
    slider.hidden = false;
    slider.addEventListener("input", () => {
      number.value = slider.value;
    });
    number.addEventListener("input", () => {
      slider.value = number.value;
    });
  }

  const show = async () => {
    const turn = ++asked;
    const address = new URL(form.dataset.trialAction ?? form.action, location.href);
    const fields = new URLSearchParams([...new FormData(form), ["preview", "1"], ["then", "show"]]);
    // What outgrows an address is posted; the button of the same name does so without scripts.
    const isPosted = form.dataset.trialMethod === "post";
    if (!isPosted) address.search = fields.toString();
    const answer = await fetch(address, {
      credentials: "same-origin",
      ...(isPosted && { method: "POST", body: fields }),
    }).catch(() => null);
    if (!answer?.ok || turn !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector(place);
    if (next) document.querySelector(place)?.replaceChildren(...next.childNodes);
  };

  // A field may belong to the form and stand beside it.
  document.addEventListener("input", ({ target }) => {
    if (target.form !== form) return;
    clearTimeout(timer);
    timer = setTimeout(show, QUIET_MS);
  });
}
