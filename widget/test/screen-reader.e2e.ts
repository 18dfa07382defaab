import type { CDPSession } from "playwright-core";
import { expect, it } from "vitest";
import { csatSteps, english, surveyOf } from "../src/testing/fixtures.ts";
import { questionSteps } from "../src/testing/questions.ts";
import { useStage } from "./stage.ts";

/** What assistive technology is told, read from the browser's own accessibility tree. */
interface AccessibilityNode {
  nodeId: string;
  ignored: boolean;
  role?: { value: string };
  name?: { value: string };
  childIds?: string[];
  properties?: { name: string; value: { value?: unknown } }[];
}

/** Properties that a screen reader speaks. */
const SPOKEN = ["live", "atomic", "checked", "expanded", "required", "multiline"];

const stage = useStage();

/** Role, name and state of all that is inside the prompt's region, in reading order. */
async function readRegion(cdp: CDPSession): Promise<string[]> {
  const tree = (await cdp.send("Accessibility.getFullAXTree")) as { nodes: AccessibilityNode[] };
  const byId = new Map(tree.nodes.map((node) => [node.nodeId, node]));
  const lines: string[] = [];
  const read = (node: AccessibilityNode | undefined): void => {
    const role = node?.role?.value ?? "";
    const isSaid = node && !node.ignored && !/^(generic|none|StaticText|InlineTextBox)$/.test(role);
    if (isSaid) {
      const states = (node.properties ?? [])
        .filter(({ name, value }) => SPOKEN.includes(name) && value.value !== undefined)
        .map(({ name, value }) => `${name}=${value.value}`);
      lines.push([role, node.name?.value, ...states].filter(Boolean).join(" | "));
    }
    for (const id of node?.childIds ?? []) read(byId.get(id));
  };
  read(
    tree.nodes.find(({ role, name }) => role?.value === "region" && name?.value === english.region),
  );
  return lines;
}

it("a screen reader meets the question, its answers and the ways out, in this order", async () => {
  const { page, notify } = await stage.play({ survey: surveyOf(csatSteps) });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Accessibility.enable");
  await notify("Task Completed");
  await page.getByRole("status").getByText("Press F8").waitFor();
  const radios = english.faces.map((face) => `radio | ${face} | checked=false`);
  const footer = [
    "sectionfooter",
    `button | ${english.later}`,
    `button | ${english.never}`,
    `button | ${english.why} | expanded=false`,
  ];
  const question = "How satisfied are you with the export?";
  expect(await readRegion(cdp)).toEqual([
    `region | ${english.region}`,
    "paragraph",
    `button | ${english.close}`,
    `radiogroup | ${question} | required=false`,
    ...radios,
    ...footer,
    "status | live=polite | atomic=true",
  ]);

  await page.getByRole("radio", { name: "Bad", exact: true }).click();
  await page.getByRole("textbox", { name: "What went wrong?" }).waitFor();
  expect(await readRegion(cdp)).toEqual([
    `region | ${english.region}`,
    "paragraph",
    `button | ${english.close}`,
    "textbox | What went wrong? | multiline=true | required=false",
    `button | ${english.back}`,
    `button | ${english.send}`,
    "status | live=polite | atomic=true",
  ]);
  expect(await page.getByRole("status").textContent()).toBe("What went wrong?");
  await page.context().close();
});

it("every control of every kind of question has a role and a name", async () => {
  const { page, show } = await stage.play({ survey: surveyOf(csatSteps) });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Accessibility.enable");
  for (const [kind, step] of Object.entries(questionSteps)) {
    await show(surveyOf([step]));
    const lines = await readRegion(cdp);
    const nameless = lines.filter((line) => /^(button|radio|checkbox|textbox|link)$/.test(line));
    expect({ kind, nameless, isRegion: lines[0] }).toEqual({
      kind,
      nameless: [],
      isRegion: `region | ${english.region}`,
    });
    expect(lines.length).toBeGreaterThan(6);
    await page.getByRole("button", { name: english.close, exact: true }).click();
  }
  await page.context().close();
});
