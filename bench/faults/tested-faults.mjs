/**
 * Faults that have their home in a test: what happens in a browser, and the sweep over all routes.
 * The tests run here as they do in `npm test`; each prints its figure in a line that begins with
 * the fault's id.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));

const DOORS = ["collector/test/closed-doors.test.ts"];
const DELIVERY = ["sdk/test/delivery.e2e.ts"];
const HOSTILE_BROWSER = ["sdk/test/hostile-browser.e2e.ts"];
const HOST_PAGE = ["sdk/test/host-page.e2e.ts"];

/** The files of each fault's tests, whose titles name the id. */
export const testedFaults = {
  "F07 poison event": ["collector/test/fuzz.test.ts"],
  "F13 BOLA sweep": DOORS,
  "F14 public key reads": DOORS,
  "F20 stored XSS": ["collector/test/dashboard-hostile.e2e.ts"],
  "F38 offline browser": DELIVERY,
  "F39 tab killed": DELIVERY,
  "F40 unload overflow": DELIVERY,
  "F41 two tabs": DELIVERY,
  "F42 storage hostile": HOSTILE_BROWSER,
  "F43 blocked collector": HOSTILE_BROWSER,
  "F44 strict host page": [...HOST_PAGE, "widget/test/hostile.e2e.ts"],
  "F45 clock skew": HOST_PAGE,
  "F46 event flood": HOST_PAGE,
  "F48 privacy": ["sdk/test/privacy.e2e.ts"],
};

const idOf = (text) => /\bF\d\d\b/.exec(text)?.[0];

/** Runs Vitest on the files and tests of some faults. @returns its output and its results */
async function runVitest(files, ids) {
  const folder = await mkdtemp(join(tmpdir(), "telltale-faults-"));
  const results = join(folder, "results.json");
  const child = spawn(
    process.execPath,
    [
      join(root, "node_modules/vitest/vitest.mjs"),
      "run",
      ...files,
      ...["--testNamePattern", ids.join("|")],
      ...["--reporter", "verbose", "--reporter", "json", "--outputFile.json", results],
      // One after the other: other tests would take the processor from what is measured.
      ...["--no-file-parallelism"],
    ],
    {
      cwd: root,
      env: { ...process.env, FUZZ_BODIES: "10000" },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  await once(child, "close");
  const report = await readFile(results, "utf8").catch(() => '{"testResults":[]}');
  await rm(folder, { recursive: true, force: true });
  return { lines: stripVTControlCharacters(output).split("\n"), ...JSON.parse(report) };
}

/**
 * @param faults titles and files
 * @param note called with the title, whether all its tests passed, and the figures they printed
 */
export async function runTests(faults, note) {
  if (faults.length === 0) return;
  const files = [...new Set(faults.flatMap(([, some]) => some))];
  const ids = faults.map(([title]) => idOf(title));
  const { lines, testResults } = await runVitest(files, ids);
  const tests = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "passed" || status === "failed");
  for (const [title] of faults) {
    const id = idOf(title);
    const own = tests.filter((test) => idOf(test.title) === id);
    const failed = own.filter(({ status }) => status === "failed");
    const figures = lines
      .filter((line) => line.startsWith(`${id} `))
      .map((line) => line.slice(line.indexOf(": ") + 2));
    const reasons = failed.map((test) => `${test.title}: ${test.failureMessages[0]}`.slice(0, 300));
    if (own.length === 0) reasons.push(lines.slice(-15).join(" ").slice(0, 600));
    const isGood = own.length > 0 && failed.length === 0 && figures.length > 0;
    note(title, isGood, [...figures, ...reasons].join("; "));
  }
}
