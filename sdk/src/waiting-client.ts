import type { Client, Task } from "./options.ts";

/**
 * A client for a page that is only prepared, as by prerendering: there is no visitor yet, and may never
 * be one. It starts the real client, and makes the calls of the page, once the page is shown.
 */
export function createWaitingClient(start: () => Client): Client {
  const calls: ((client: Client) => void)[] = [];
  let client: Client | undefined;
  const later = (call: (client: Client) => void) => {
    if (client) call(client);
    else calls.push(call);
  };
  const onShown = () => {
    // Before its calls are made: what a listener calls then comes at once, as on a page that was shown from the start.
    client = start();
    for (const call of calls) call(client);
  };
  document.addEventListener("prerenderingchange", onShown, { once: true });
  const account: Client["account"] = (...input) => later((shown) => shown.account(...input));
  return {
    identify: (...input) => later((shown) => shown.identify(...input)),
    account,
    group: account,
    track: (...input) => later((shown) => shown.track(...input)),
    page: (...input) => later((shown) => shown.page(...input)),
    feature: (...input) => later((shown) => shown.feature(...input)),
    task(key) {
      let task: Task;
      later((shown) => {
        task = shown.task(key);
      });
      return {
        complete: (...input) => later(() => task.complete(...input)),
        fail: (...input) => later(() => task.fail(...input)),
      };
    },
    milestone: (...input) => later((shown) => shown.milestone(...input)),
    survey: (...input) => later((shown) => shown.survey(...input)),
    feedback: () => later((shown) => shown.feedback()),
    consent: (...input) => later((shown) => shown.consent(...input)),
    reset: () => later((shown) => shown.reset()),
    flush: async () => client?.flush(),
    on(...input) {
      let stop = () => {};
      let isOver = false;
      later((shown) => {
        if (!isOver) stop = shown.on(...input);
      });
      return () => {
        isOver = true;
        stop();
      };
    },
    debug: { prompts: () => client?.debug.prompts() ?? [] },
  };
}
