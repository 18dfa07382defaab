import { h, pageHead, say, toWholeEuros } from "./dom.js";
import { REVENUE } from "./sample.js";

const month = new Intl.DateTimeFormat("en-GB", { month: "short" });

function bars(count) {
  const values = REVENUE.slice(-count);
  const highest = Math.max(...values);
  const now = new Date();
  return h(
    "ol",
    { class: "bars" },
    values.map((value, index) => {
      const monthsAgo = values.length - 1 - index;
      const name = month.format(new Date(now.getFullYear(), now.getMonth() - monthsAgo, 1));
      const bar = h("span", { class: "bar" });
      bar.style.height = `${(100 * value) / highest}%`;
      return h(
        "li",
        { "aria-label": `${name}: ${toWholeEuros(value)}` },
        h("span", { class: "bar-value" }, `${Math.round(value / 1000)}k`),
        h("span", { class: "bar-space" }, bar),
        h("span", { class: "soft" }, name),
      );
    }),
  );
}

/** Revenue over the last months. */
export function reportsPage() {
  const chart = h("div");
  const range = h("div", { class: "segments", role: "group", "aria-label": "Range" });
  const choose = (count) => {
    chart.replaceChildren(bars(count));
    for (const button of range.children) {
      button.setAttribute("aria-pressed", String(Number(button.value) === count));
    }
  };
  range.append(
    ...[4, 8].map((count) =>
      h(
        "button",
        { value: count, "data-telltale-feature": "report-range", onclick: () => choose(count) },
        `${count} months`,
      ),
    ),
  );
  choose(8);
  const share = h(
    "button",
    {
      "data-telltale-feature": "share-report",
      onclick: () => say("The report is on its way to your accountant."),
    },
    "Share with accountant",
  );
  return {
    content: [
      pageHead("Reports", "Revenue by month, before VAT.", share),
      h("section", { class: "card chart" }, range, chart),
    ],
  };
}
