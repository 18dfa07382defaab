// Optional: keeps the calls that this page makes before telltale.js has arrived.
const METHODS = "identify account track page feature milestone survey feedback reset";

window.telltale ??= [];
for (const method of METHODS.split(" ")) {
  window.telltale[method] ??= (...input) => window.telltale.push([method, ...input]);
}
window.telltale.task ??= (key) => {
  let task;
  window.telltale.push((client) => {
    task = client.task(key);
  });
  return {
    complete: () => window.telltale.push(() => task.complete()),
    fail: () => window.telltale.push(() => task.fail()),
  };
};

// For this demo only: what an automated browser does counts here as well, so that a script can show it.
window.telltale.options = {
  beforeSend: (message) => ({ ...message, context: { ...message.context, isAutomated: false } }),
};
