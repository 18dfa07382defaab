import { h, pageHead, say, toDay, toEuros, toWholeEuros } from "./dom.js";
import { clientOf, invoices } from "./sample.js";

const FILTERS = ["all", "draft", "sent", "overdue", "paid"];
const sum = (rows) => rows.reduce((total, invoice) => total + invoice.amount, 0);
const withStatus = (...states) => invoices.filter((invoice) => states.includes(invoice.status));
const capital = (word) => word[0].toUpperCase() + word.slice(1);

function figure(label, value, note) {
  return h(
    "div",
    { class: "figure" },
    h("dt", {}, label),
    h("dd", {}, value),
    h("dd", { class: "note" }, note),
  );
}

function summary() {
  const late = withStatus("overdue");
  const open = withStatus("sent", "overdue");
  return h(
    "dl",
    { class: "figures" },
    figure("Outstanding", toWholeEuros(sum(open)), `${open.length} invoices`),
    figure("Overdue", toWholeEuros(sum(late)), `${late.length} invoices, oldest 11 days`),
    figure("Paid", toWholeEuros(sum(withStatus("paid"))), "in the last 60 days"),
  );
}

/** What can be done with an invoice depends on where it stands. */
function rowButton(invoice) {
  const label = `invoice ${invoice.number}`;
  if (invoice.status === "draft") {
    return h(
      "button",
      {
        class: "quiet",
        "data-telltale-feature": "schedule",
        "aria-label": `Schedule ${label}`,
        onclick: () => say(`Invoice ${invoice.number} leaves on Monday at 09:00.`),
      },
      "Schedule",
    );
  }
  if (invoice.status === "paid") return h("span", { class: "soft" }, "—");
  return h(
    "button",
    {
      class: "quiet",
      "data-telltale-feature": "remind",
      "aria-label": `Remind ${clientOf(invoice).name} of ${label}`,
      onclick: () => say(`A friendly reminder is on its way to ${clientOf(invoice).name}`),
    },
    "Remind",
  );
}

function toRow(invoice) {
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, `${invoice.number}`),
    h("td", { class: "client" }, clientOf(invoice).name),
    h("td", { class: "date issued" }, toDay(invoice.issuedAt)),
    h("td", { class: "date" }, toDay(invoice.dueAt)),
    h("td", { class: "amount" }, toEuros(invoice.amount)),
    h("td", {}, h("span", { class: `status ${invoice.status}` }, capital(invoice.status))),
    h("td", { class: "row-buttons" }, rowButton(invoice)),
  );
}

function table(filter, words) {
  const rows = invoices.filter(
    (invoice) =>
      (filter === "all" || invoice.status === filter) &&
      `${invoice.number} ${clientOf(invoice).name}`.toLowerCase().includes(words.toLowerCase()),
  );
  if (rows.length === 0) return h("p", { class: "empty" }, "No invoice fits. Try another filter.");
  const heads = ["No.", "Client", "Issued", "Due", "Amount", "Status", ""];
  const kinds = ["", "", "date issued", "date", "amount", "", "row-buttons"];
  return h(
    "table",
    {},
    h("caption", { class: "hidden" }, "Invoices"),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        heads.map((head, index) =>
          h(
            "th",
            { scope: "col", class: kinds[index] },
            head || h("span", { class: "hidden" }, "Next step"),
          ),
        ),
      ),
    ),
    h("tbody", {}, rows.map(toRow)),
  );
}

/** The list of invoices with its filters. */
export function invoicesPage(goTo) {
  const list = h("div", { class: "list" });
  const filters = h("div", { class: "segments", role: "group", "aria-label": "Status" });
  const search = h("input", {
    type: "search",
    placeholder: "Search",
    "aria-label": "Search invoices",
    oninput: () => update(),
  });
  let chosen = "all";
  const update = () => {
    for (const button of filters.children) {
      button.setAttribute("aria-pressed", String(button.value === chosen));
    }
    list.replaceChildren(table(chosen, search.value));
  };
  const choose = (filter) => () => {
    chosen = filter;
    update();
  };
  filters.append(
    ...FILTERS.map((filter) =>
      h(
        "button",
        { value: filter, "data-telltale-feature": "filter", onclick: choose(filter) },
        capital(filter),
      ),
    ),
  );
  update();
  const exporting = h(
    "button",
    {
      "data-telltale-feature": "export",
      onclick: () => say(`${invoices.length} invoices exported to invoices.csv`),
    },
    "Export",
  );
  const create = h(
    "button",
    { class: "primary", onclick: () => goTo("new-invoice") },
    "Create invoice",
  );
  return {
    content: [
      pageHead("Invoices", "What you billed, and what is still on its way.", exporting, create),
      summary(),
      h("section", { class: "card" }, h("div", { class: "tools" }, filters, search), list),
    ],
  };
}
