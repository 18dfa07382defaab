import { expect, it } from "vitest";
import type { DemoState } from "./demo-state.ts";
import { createProductFiles } from "./product-files.ts";
import { demoRoutes } from "./routes.tsx";

const state: DemoState = {
  account: { id: "northwind-studio", name: "Northwind Studio" },
  health: null,
  events: [],
  webhooks: [],
  filledShare: 0.5,
};
const app = demoRoutes({
  product: createProductFiles("wk_of_this_test"),
  readState: async () => state,
});

it("serves the shell without a word of script or style inside it", async () => {
  const response = await app.request("/demo");
  const page = await response.text();
  expect(response.status).toBe(200);
  expect(page).toContain('<iframe id="product" src="/demo/app/"');
  expect(page).not.toMatch(/<style|style=|<script[^>]*>[^<]/);
  expect(response.headers.get("content-security-policy")).toContain("script-src 'self'");
  expect(response.headers.get("content-security-policy")).not.toContain("unsafe");
});

it.each(["panel.css", "panel-views.css", "panel.js", "panel-views.js", "mark.svg"])(
  "serves %s",
  async (name) => {
    const response = await app.request(`/demo/${name}`);
    expect(response.status).toBe(200);
    expect((await response.text()).length).toBeGreaterThan(100);
  },
);

it.each(["", "clients", "new-invoice"])(
  "answers the product's path %j with its page",
  async (path) => {
    const page = await (await app.request(`/demo/app/${path}`)).text();
    expect(page).toContain('src="/telltale.js" data-write-key="wk_of_this_test"');
    expect(page).not.toContain("%");
  },
);

it.each(["serve.mjs", "README.md", "../package.json", ".env"])(
  "keeps %s to itself",
  async (name) => {
    expect(await createProductFiles("wk_of_this_test").find(name)).toBeNull();
  },
);

it("tells the panel the state, and lets nobody keep it", async () => {
  const response = await app.request("/demo/live");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await response.json()).toEqual(state);
});
