import { h, pageHead, say, toWholeEuros } from "./dom.js";
import { CLIENTS, invoices } from "./sample.js";

function card(client) {
  const theirs = invoices.filter((invoice) => invoice.clientId === client.id);
  const open = theirs.filter(({ status }) => status === "sent" || status === "overdue");
  const total = open.reduce((sum, invoice) => sum + invoice.amount, 0);
  return h(
    "li",
    { class: "card client-card" },
    h("span", { class: "avatar", "aria-hidden": "true" }, client.name[0]),
    h("div", {}, h("h2", {}, client.name), h("p", { class: "soft" }, client.place)),
    h(
      "p",
      { class: "balance" },
      total > 0 ? toWholeEuros(total) : "Settled",
      h("small", {}, total > 0 ? "open" : `${theirs.length} invoices`),
    ),
    h(
      "button",
      {
        class: "quiet",
        "data-telltale-feature": "statement",
        "aria-label": `Send a statement to ${client.name}`,
        onclick: () => say(`Statement sent to ${client.name}`),
      },
      "Statement",
    ),
  );
}

/** The studio's clients and what each still owes. */
export function clientsPage() {
  return {
    content: [
      pageHead("Clients", "Six studios, shops and clinics you work for."),
      h("ul", { class: "cards" }, CLIENTS.map(card)),
    ],
  };
}
