import { describe, expect, it } from "vitest";
import { adviseCluster } from "./advise-cluster.ts";

const timeout = (setting: string) => ({ name: "citus.node_connection_timeout", setting });
const conninfo = (setting: string) => ({ name: "citus.node_conninfo", setting });

describe("adviseCluster", () => {
  it.each([
    ["both as they come", [timeout("30000"), conninfo("sslmode=require")], [true, true]],
    ["the first set", [timeout("300"), conninfo("sslmode=require")], [false, true]],
    ["the second set", [timeout("30000"), conninfo("tcp_user_timeout=500")], [true, false]],
    ["one that only a superuser sees", [timeout("30000")], [true, false]],
  ])("names what is left to set: %s", (_, settings, [timeoutIsNamed, conninfoIsNamed]) => {
    const advice = adviseCluster(settings) ?? "";
    expect(advice.includes("citus.node_connection_timeout")).toBe(timeoutIsNamed);
    expect(advice.includes("tcp_user_timeout in citus.node_conninfo")).toBe(conninfoIsNamed);
    expect(advice).toContain("docs/scaling.md");
  });

  it.each([
    ["both are set", [timeout("300"), conninfo("sslmode=require tcp_user_timeout=500")]],
    ["what it may not see could be set", [timeout("300")]],
  ])("says nothing where %s", (_, settings) => {
    expect(adviseCluster(settings)).toBeNull();
  });
});
