import { clientsPage } from "./clients.js";
import { invoicesPage } from "./invoices.js";
import { newInvoicePage } from "./new-invoice.js";
import { reportsPage } from "./reports.js";
import { ACCOUNT, PEOPLE } from "./sample.js";

const PAGES = {
  "": { title: "Invoices", render: invoicesPage },
  clients: { title: "Clients", render: clientsPage },
  reports: { title: "Reports", render: reportsPage },
  "new-invoice": { title: "New invoice", render: newInvoicePage },
};

const main = document.querySelector("main");
const base = new URL(".", location.href).pathname;
const query = new URLSearchParams(location.search);
let leave;

function show() {
  const route = location.pathname.slice(base.length);
  const page = PAGES[route] ?? PAGES[""];
  leave?.();
  const { content, onLeave } = page.render(goTo);
  leave = onLeave;
  main.replaceChildren(...content);
  document.title = `${page.title} · Ledgerline`;
  for (const link of document.querySelectorAll("nav a")) {
    const isHere = link.dataset.route === route || (route === "new-invoice" && !link.dataset.route);
    if (isHere) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

/** Switches the page without loading a document, as single-page apps do. */
function goTo(route) {
  history.pushState(null, "", `${base}${route}${location.search}`);
  show();
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
}

addEventListener("popstate", show);
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-route]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  goTo(link.dataset.route);
});

// After signing in, an app says who this is and which account they work in.
const person = PEOPLE[Number(query.get("person") ?? 0) % PEOPLE.length] ?? PEOPLE[0];
const session = query.get("session");
const userId = session ? `${person.id}-${session}` : person.id;
window.telltale.identify(userId, { name: person.name, role: person.role });
window.telltale.account(ACCOUNT.id, {
  name: ACCOUNT.name,
  plan: ACCOUNT.plan,
  seats: ACCOUNT.seats,
});

for (const [part, text] of Object.entries({
  name: person.name,
  account: ACCOUNT.name,
  initials: person.name.replace(/[^A-Z]/g, ""),
})) {
  document.querySelector(`[data-person="${part}"]`).textContent = text;
}
show();
