import { h, pageHead, say, toDay, toEuros } from "./dom.js";
import { addInvoice, CLIENTS } from "./sample.js";

const VAT_SHARE = 0.21;
const TERM_DAYS = [14, 30, 60];
const dueIn = (days) => new Date(Date.now() + days * 86_400_000);

function field(label, control) {
  return h("label", { class: "field" }, h("span", {}, label), control);
}

/** The form of a new invoice, with the paper beside it. From opening to sending it is one task. */
export function newInvoicePage(goTo) {
  const task = window.telltale.task("create-invoice");
  let isSent = false;

  const client = h(
    "select",
    { name: "client" },
    CLIENTS.map(({ id, name }) => h("option", { value: id }, name)),
  );
  const work = h("input", { name: "work", value: "Brand workshop, two days", maxlength: "60" });
  const days = h("input", { name: "days", type: "number", min: "1", max: "99", value: "2" });
  const rate = h("input", { name: "rate", type: "number", min: "1", max: "9999", value: "850" });
  const terms = h(
    "select",
    { name: "terms" },
    TERM_DAYS.map((term) => h("option", { value: term, selected: term === 30 }, `${term} days`)),
  );
  const paper = h("div", { class: "paper", "aria-live": "polite" });
  const net = () => Number(days.value) * Number(rate.value);

  const update = () => {
    const { name, place } = CLIENTS.find(({ id }) => id === client.value);
    const line = (label, amount, kind = "") =>
      h("div", { class: `line ${kind}` }, h("span", {}, label), h("span", {}, toEuros(amount)));
    paper.replaceChildren(
      h("p", { class: "paper-from" }, "Northwind Studio"),
      h("p", { class: "paper-title" }, "Invoice"),
      h("p", {}, h("strong", {}, name), h("br"), place),
      h("p", { class: "soft" }, `Due ${toDay(dueIn(Number(terms.value)))}`),
      line(work.value || "Work", net(), "work"),
      line("VAT 21 %", net() * VAT_SHARE),
      line("Total", net() * (1 + VAT_SHARE), "total"),
    );
  };

  const send = (event) => {
    event.preventDefault();
    const amount = Math.round(net() * (1 + VAT_SHARE) * 100) / 100;
    const dueAt = dueIn(Number(terms.value));
    const number = addInvoice({ clientId: client.value, amount, dueAt });
    isSent = true;
    task.complete();
    goTo("");
    say(`Invoice ${number} is on its way.`);
  };

  const form = h(
    "form",
    { class: "card form", onsubmit: send, oninput: update },
    field("Client", client),
    field("Work", work),
    h("div", { class: "pair" }, field("Days", days), field("Day rate, €", rate)),
    field("Payment term", terms),
    h(
      "div",
      { class: "buttons" },
      h("button", { class: "primary", type: "submit" }, "Send invoice"),
      h("button", { type: "button", onclick: () => goTo("") }, "Cancel"),
    ),
  );
  update();
  return {
    content: [
      pageHead("New invoice", "One minute, and it is in their inbox."),
      h("div", { class: "split" }, form, paper),
    ],
    onLeave: () => {
      if (!isSent) task.fail();
    },
  };
}
