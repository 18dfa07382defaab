import type { Config } from "./config.ts";

/** Where the collector of these settings is reached on its own machine, without a slash at the end. */
export function toLocalUrl({ host, port }: Pick<Config, "host" | "port">): string {
  if (host === "0.0.0.0" || host === "::") return `http://127.0.0.1:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
