const euros = new Intl.NumberFormat("en-IE", { style: "currency", currency: "EUR" });
const wholeEuros = new Intl.NumberFormat("en-IE", {
  style: "currency",
  currency: "EUR",
  maximumFractionDigits: 0,
});
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

export const toEuros = (amount) => euros.format(amount);
export const toWholeEuros = (amount) => wholeEuros.format(amount);
export const toDay = (date) => day.format(date);

/**
 * Makes an element. Properties that start with `on` are listeners; `data-…`, `aria-…` and the like
 * are attributes; children are nodes or texts.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

let hideToast;

/** Says what was done, in the corner and to screen readers. */
export function say(text) {
  const toast = document.querySelector(".toast");
  clearTimeout(hideToast);
  toast.hidden = false;
  toast.textContent = text;
  hideToast = setTimeout(() => {
    toast.hidden = true;
  }, 3_500);
}

/** A page's head: title, a line below it, buttons on the right. */
export function pageHead(title, line, ...buttons) {
  return h(
    "div",
    { class: "head" },
    h("div", {}, h("h1", {}, title), h("p", { class: "soft" }, line)),
    h("div", { class: "buttons" }, ...buttons),
  );
}
