/** The bodies that the loader sends: like a browser SDK's, every id fresh. */

const EVENTS = ["Report Opened", "Export Done", "Invoice Sent", "Filter Changed", "User Invited"];
const hex = (value, length) => value.toString(16).padStart(length, "0");

/** @param {number} seed tells loaders apart */
export function createBodies(seed) {
  let made = 0;
  const salt = hex(Math.floor(Math.random() * 0xffff), 4) + hex(seed, 4);

  function message() {
    made += 1;
    const time = hex(Date.now(), 12);
    const count = hex(made, 8);
    const id = `${time.slice(0, 8)}-${time.slice(8)}-7${count.slice(0, 3)}-8${count.slice(3, 6)}-${salt}00${count.slice(6)}`;
    const user = made % 1_000;
    return (
      `{"type":"track","messageId":"${id}","timestamp":"${new Date().toISOString()}",` +
      `"userId":"user-${user}","event":"${EVENTS[made % EVENTS.length]}",` +
      `"properties":{"plan":"pro","rows":${made % 97},"path":"/reports/${made % 13}"},` +
      `"context":{"groupId":"account-${user % 100}","sessionId":"session-${user}",` +
      `"page":{"path":"/reports","title":"Reports"},"library":{"name":"bench","version":"1"}}}`
    );
  }

  return (eventsARequest) => {
    const messages = Array.from({ length: eventsARequest }, message);
    return `{"batch":[${messages.join(",")}],"sentAt":"${new Date().toISOString()}"}`;
  };
}
