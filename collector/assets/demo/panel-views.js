const TIERS = {
  healthy: "Healthy",
  at_risk: "At risk",
  critical: "Critical",
  unknown: "Not scored yet",
};
/** A driver this strong fills its half of the bar, in points. */
const FULL_BAR_POINTS = 15;

const find = (id) => document.getElementById(id);
const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const signed = (number) =>
  `${number > 0 ? "+" : number < 0 ? "−" : "±"}${Math.abs(number).toFixed(1)}`;

let firstScore;
let newestEvent = "";

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function timeOf(at) {
  const time = make("time", "", clock.format(new Date(at)));
  time.dateTime = at;
  return time;
}

/** Restarts the highlight of something that has just changed. */
function freshen(element) {
  element.classList.remove("fresh");
  void element.offsetWidth;
  element.classList.add("fresh");
}

/** The number, its tier, and how far it has moved since this page was opened. */
export function showScore({ health }) {
  const score = health?.score ?? null;
  const output = find("score");
  const text = score === null ? "–" : score.toFixed(1);
  if (output.textContent !== text) {
    output.textContent = text;
    freshen(output);
  }
  const tier = health?.tier ?? "unknown";
  const pending = health?.pendingTier;
  find("tier").dataset.tier = tier;
  find("tier").textContent = pending
    ? `${TIERS[tier]} → ${TIERS[pending].toLowerCase()} if it holds`
    : TIERS[tier];
  if (score === null) return;
  firstScore ??= score;
  const moved = Math.round((score - firstScore) * 10) / 10;
  find("moved").hidden = moved === 0;
  find("moved").className = `moved ${moved > 0 ? "up" : "down"}`;
  find("moved").textContent = `${signed(moved)} since you came`;
  find("needle").hidden = false;
  find("needle").style.left = `${score}%`;
  find("evidence").textContent =
    `Confidence ${Math.round(health.confidence * 100)} %, ` +
    `${Math.round(health.coverage * 100)} % of the model measured. Model ${health.modelVersion}.`;
}

/** What a sentence says beyond the label and the points, which stand above it. */
function afterColon(sentence) {
  const words = sentence.slice(sentence.indexOf(": ") + 1).trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function toDriver(driver) {
  const direction = driver.contribution >= 0 ? "up" : "down";
  const item = make("li", `driver ${direction}`);
  item.dataset.key = driver.key;
  const bar = make("span", "driver-bar");
  const fill = make("span");
  fill.style.width = `${Math.min(50, (50 * Math.abs(driver.contribution)) / FULL_BAR_POINTS)}%`;
  bar.append(fill);
  item.append(
    make("span", "driver-label", driver.label),
    bar,
    make("span", "driver-value", signed(driver.contribution)),
    make("p", "small", afterColon(driver.sentence)),
  );
  return item;
}

/** The drivers, each renewed only when its words or number changed. */
export function showDrivers({ health }) {
  const list = find("drivers");
  const known = new Map([...list.children].map((item) => [item.dataset.key, item]));
  const items = (health?.drivers ?? []).map((driver) => {
    const item = toDriver(driver);
    const before = known.get(driver.key);
    if (before?.textContent === item.textContent) return before;
    if (before) freshen(item);
    return item;
  });
  const isSame =
    items.length === list.children.length && items.every((item, i) => item === list.children[i]);
  if (!isSame) list.replaceChildren(...items);
}

/** The events, newest first. */
export function showEvents({ events }) {
  if (events.length === 0 || events[0].id === newestEvent) return;
  const seenUntil = events.findIndex((event) => event.id === newestEvent);
  const isFirstLook = newestEvent === "";
  newestEvent = events[0].id;
  find("event-count").textContent = events.length < 50 ? `${events.length}` : "latest 50";
  find("events").replaceChildren(
    ...events.map((event, index) => {
      const item = make("li");
      if (!isFirstLook && (seenUntil === -1 || index < seenUntil)) freshen(item);
      item.append(
        make("span", "event-name", event.name),
        make("span", "event-detail", event.detail),
        timeOf(event.at),
      );
      return item;
    }),
  );
}

function deliveryOf(webhook) {
  if (webhook.signature === "invalid") return ["invalid", "signature does not match ✗"];
  if (webhook.status === "succeeded") {
    const isVerified = webhook.signature === "verified";
    const answer = `delivered, ${webhook.responseStatus ?? "answered"}`;
    return isVerified ? ["verified", `${answer} · signature verified ✓`] : ["", answer];
  }
  if (webhook.status === "pending") {
    return ["", webhook.attempts === 0 ? "on its way" : `tried ${webhook.attempts}×, goes again`];
  }
  return ["failed", webhook.status];
}

/** The webhook messages about the account, newest first. */
export function showWebhooks({ webhooks }) {
  if (webhooks.length === 0) return;
  const items = webhooks.map((webhook) => {
    const item = make("li");
    item.dataset.id = webhook.id;
    const [className, text] = deliveryOf(webhook);
    item.append(
      make("span", "webhook-type", webhook.type),
      timeOf(webhook.at),
      make("span", "webhook-summary", webhook.summary),
      make("span", `delivery ${className}`, text),
    );
    return item;
  });
  const list = find("webhooks");
  const wanted = items.map((item) => item.textContent).join();
  const shown = [...list.children].map((item) => item.textContent).join();
  if (wanted === shown) return;
  const known = new Set([...list.children].map((item) => item.dataset.id));
  list.replaceChildren(...items);
  for (const item of items) if (!known.has(item.dataset.id)) freshen(item);
}
