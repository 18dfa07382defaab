import type { SurveyStep } from "@telltale/protocol";
import type { CDPSession, Page } from "playwright-core";
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

/** What has the focus inside the prompt: its name, or its text. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const inside = document.querySelector("telltale-prompt")?.shadowRoot?.activeElement;
    return inside && (inside.ariaLabel ?? inside.textContent);
  });

it("somebody inside hears the words at the ends of a scale and what a link is for, and F8 leads out to nowhere", async () => {
  const { nps, link } = questionSteps as { [name: string]: SurveyStep };
  const steps = [csatSteps[0], { ...nps, id: "nps" }, { ...link, id: "link" }] as SurveyStep[];
  steps.push({ id: "thanks", kind: "thanks", prompt: "That was it." });
  const { page, notify } = await stage.play({ survey: surveyOf(steps) });
  await notify("Task Completed");
  const status = page.getByRole("status");
  await status.getByText("Press F8").waitFor();
  await page.keyboard.press("F8");
  await expect.poll(() => focused(page)).toBe("Very bad");
  await page.keyboard.press("F8");
  expect(await focused(page)).toBe(null);
  await page.keyboard.press("F8");
  await expect.poll(() => focused(page)).toBe("Very bad");
  await page.keyboard.press("Space");
  await expect.poll(() => focused(page)).toBe("0");
  const ends =
    "How likely are you to recommend us to a colleague? (Not at all likely, Extremely likely)";
  expect(await page.getByRole("radiogroup").getAttribute("aria-label")).toBe(ends);
  await page.keyboard.press("Space");
  await expect.poll(() => focused(page)).toBe("Pick a time");
  expect(await page.getByRole("link").getAttribute("aria-description")).toContain("talk");
  await page
    .getByRole("link")
    .evaluate((node) => node.addEventListener("click", (event) => event.preventDefault()));
  await page.keyboard.press("Enter");
  await status.getByText("That was it.").waitFor();
  await page.context().close();
});

it("a survey that somebody opened is not announced: the focus is in it", async () => {
  const { page } = await stage.play({ survey: surveyOf(csatSteps) });
  await page.evaluate(() => window.prompts.feedback());
  await expect.poll(() => focused(page)).toBe("Very bad");
  await page.waitForTimeout(300);
  expect(await page.getByRole("status").textContent()).toBe("");
  await page.context().close();
});
