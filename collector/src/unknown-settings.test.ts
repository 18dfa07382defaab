import { describe, expect, it } from "vitest";
import { findUnknownSettings } from "./unknown-settings.ts";

describe("findUnknownSettings", () => {
  it("finds a misspelt name and the setting that it must have meant", () => {
    const nearest = (name: string) => findUnknownSettings({ [name]: "x" })[0]?.nearest;
    expect(nearest("TELLTALE_ROEL")).toBe("TELLTALE_ROLE");
    expect(nearest("telltale_role")).toBe("TELLTALE_ROLE");
    expect(nearest("TELLTALE_LOGLEVEL")).toBe("LOG_LEVEL");
    expect(nearest("TELLTALE_PORT")).toBe("PORT");
    expect(nearest("TRUSTED_PROXY_HOP")).toBe("TRUSTED_PROXY_HOPS");
    expect(nearest("DATABASE_URI")).toBe("DATABASE_URL");
  });

  it("finds a name of ours that is near to no setting", () => {
    expect(findUnknownSettings({ TELLTALE_COLOUR: "red" })).toEqual([
      { name: "TELLTALE_COLOUR", nearest: null },
    ]);
  });

  it("leaves out settings, names of other programs, blank ones, and a second one beside the setting", () => {
    const env = {
      TELLTALE_ROLE: "all",
      DATABASE_URL: "postgres://h/d",
      DATABASE_URL_2: "postgres://other/d",
      HOSTS: "of another program",
      PATH: "/bin",
      TELLTALE_ROEL: " ",
    };
    expect(findUnknownSettings(env)).toEqual([]);
  });

  it("leaves out what Kubernetes adds for a service called telltale", () => {
    const env = {
      TELLTALE_SERVICE_HOST: "10.0.0.1",
      TELLTALE_SERVICE_PORT: "4700",
      TELLTALE_SERVICE_PORT_HTTP: "4700",
      TELLTALE_PORT: "tcp://10.0.0.1:4700",
      TELLTALE_PORT_4700_TCP: "tcp://10.0.0.1:4700",
      TELLTALE_PORT_4700_TCP_PROTO: "tcp",
      TELLTALE_INGEST_PORT_4700_TCP_ADDR: "10.0.0.1",
    };
    expect(findUnknownSettings(env)).toEqual([]);
  });
});
