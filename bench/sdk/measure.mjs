/** What is measured of a tracker, each in a page of its own. */

/** Long enough for what a tracker puts off, its first batch included. */
const SETTLE_MS = 4_500;
/**
 * Until a fresh page is at rest: a second after it came, Chromium takes down what showed the empty page
 * before it, which costs a tracker's load several times over.
 */
const REST_MS = 2_000;
/**
 * A phone is about 4 times slower. Chromium's own slowdown burns CPU while it waits, which would be
 * measured as well; so the CPU time of full speed is multiplied.
 */
const SLOWDOWN = 4;

/** Opens a host page, and reads how long its main thread has been busy, in CPU milliseconds. */
async function openPage(browser, server) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable");
  await page.goto(server.page);
  await page.waitForTimeout(REST_MS);
  const readBusyMs = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "ThreadTime").value * 1_000;
  };
  return { context, page, readBusyMs };
}

/** Puts the script on the page and starts the tracker, in the task in which it arrives. */
function install({ page }, tracker, origin) {
  return page.evaluate(
    ([src, attributes, start]) =>
      new Promise((resolve, reject) => {
        const holder = document.createElement("div");
        holder.innerHTML = `<script ${attributes}></script>`;
        const script = document.createElement("script");
        for (const { name, value } of holder.firstChild.attributes) {
          script.setAttribute(name, value);
        }
        script.onload = () => {
          try {
            new Function(start)();
            resolve();
          } catch (error) {
            reject(error);
          }
        };
        script.onerror = reject;
        script.src = src;
        document.head.append(script);
      }),
    [origin + tracker.path, tracker.attributes ?? "", tracker.start],
  );
}

/** CPU of loading and starting: until it is there, and until it has come to rest. */
export async function measureLoad(browser, server, tracker) {
  const opened = await openPage(browser, server);
  const before = await opened.readBusyMs();
  await install(opened, tracker, server.origin);
  const syncMs = ((await opened.readBusyMs()) - before) * SLOWDOWN;
  await opened.page.waitForTimeout(SETTLE_MS);
  const totalMs = ((await opened.readBusyMs()) - before) * SLOWDOWN;
  await opened.context.close();
  return { syncMs, totalMs };
}

/** Requests and bytes of one page view and 20 events, without the tracker's own files. */
export async function measureTraffic(browser, server, tracker) {
  const opened = await openPage(browser, server);
  server.takeRequests();
  await install(opened, tracker, server.origin);
  await opened.page.evaluate((body) => {
    const track = new Function("name", "props", body);
    for (let index = 0; index < 20; index++) track("Report Exported", { format: "pdf", index });
  }, tracker.track);
  await opened.page.waitForTimeout(5_500);
  await opened.page.goto("about:blank");
  await opened.page.waitForTimeout(500);
  await opened.context.close();
  const requests = server.takeRequests();
  return {
    requests: requests.length,
    preflights: requests.filter(({ method }) => method === "OPTIONS").length,
    bytes: requests.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

const EVENTS = 90;

/** Microseconds of the main thread per event: the call alone, and all that follows from it. */
export async function measureTrack(browser, server, tracker) {
  const opened = await openPage(browser, server);
  await install(opened, tracker, server.origin);
  await opened.page.waitForTimeout(SETTLE_MS);
  const before = await opened.readBusyMs();
  const callUs = await opened.page.evaluate(
    async ([body, events]) => {
      const track = new Function("name", "props", body);
      let spentMs = 0;
      for (let index = 0; index < events; index += 10) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        const startedAt = performance.now();
        for (let call = 0; call < 10; call++) track("Report Exported", { format: "pdf", call });
        spentMs += performance.now() - startedAt;
      }
      return (spentMs / events) * 1_000;
    },
    [tracker.track, EVENTS],
  );
  await opened.page.waitForTimeout(6_500);
  const allInUs = (((await opened.readBusyMs()) - before) / EVENTS) * 1_000;
  await opened.context.close();
  return { callUs, allInUs };
}

/** Our writes to storage while 1,000 events wait and more come, in milliseconds each. */
export async function measureWrites(browser, server, tracker) {
  const opened = await openPage(browser, server);
  const { page, context } = opened;
  await install(opened, tracker, server.origin);
  await context.setOffline(true);
  const writes = await page.evaluate(async (body) => {
    const track = new Function("name", "props", body);
    const { now } = Date;
    let aheadMs = -1_000_000;
    Date.now = () => now() + aheadMs;
    const spend = async () => {
      aheadMs += 500;
      track("Report Exported", { format: "pdf" });
      await null;
    };
    for (let index = 0; index < 1_000; index++) await spend();
    const { setItem } = Storage.prototype;
    const writes = [];
    Storage.prototype.setItem = function (...input) {
      const startedAt = performance.now();
      setItem.apply(this, input);
      writes.push(performance.now() - startedAt);
    };
    for (let index = 0; index < 200; index++) {
      await spend();
      await new Promise((resolve) => setTimeout(resolve));
    }
    return writes;
  }, tracker.track);
  await context.close();
  return writes;
}
