/**
 * The bare prototype: the least that loses nothing. Each event is in the store before the task
 * ends, leaves in batches and with the page, and stays until the collector has it. No sessions,
 * no identity, no consent, no limits, one tab.
 */
(() => {
  const { dataset, src } = document.currentScript;
  const url = `${new URL(src).origin}/v1/batch`;
  const prefix = "proto:";
  let timer;
  let tries = 0;
  const take = () => {
    const keys = Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .sort()
      .slice(0, 100);
    return { keys, texts: keys.map((key) => localStorage[key]) };
  };
  const send = async () => {
    clearTimeout(timer);
    timer = 0;
    const { keys, texts } = take();
    if (!keys[0]) return;
    const body = `{"writeKey":"${dataset.writeKey}","batch":[${texts}]}`;
    const isSent = await fetch(url, { method: "POST", body, keepalive: true }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isSent) {
      tries = 0;
      for (const key of keys) localStorage.removeItem(key);
    } else timer = setTimeout(send, 1_000 * 2 ** tries++);
  };
  const track = (event, properties = {}) => {
    const timestamp = new Date().toISOString();
    const messageId = crypto.randomUUID();
    localStorage[prefix + timestamp + messageId] = JSON.stringify({
      type: "track",
      messageId,
      timestamp,
      event,
      properties,
    });
    timer ||= setTimeout(send, 3_000);
  };
  addEventListener("pagehide", send);
  timer = setTimeout(send, 3_000);
  window.prototype_ = { track };
  track("$page", { path: location.pathname });
})();
