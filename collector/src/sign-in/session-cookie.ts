import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { SESSION_MS } from "./use-sign-in-link.ts";

/** The cookie's name and protection follow from the address that people use. */
export interface SessionCookie {
  read(c: Context): string | null;
  write(c: Context, sessionToken: string): void;
  clear(c: Context): void;
}

/**
 * On https the name starts with `__Host-`, so that no other host or path can set it. Cookies know no
 * ports: without https the port is part of the name, for two collectors on one machine.
 *
 * @param publicUrl - where people reach the collector
 */
export function createSessionCookie(publicUrl: string): SessionCookie {
  const { protocol, port } = new URL(publicUrl);
  const isHttps = protocol === "https:";
  const name = isHttps ? "__Host-telltale" : `telltale_${port || "80"}`;
  const options = { path: "/", secure: isHttps, httpOnly: true, sameSite: "Lax" } as const;
  return {
    read: (c) => getCookie(c, name) ?? null,
    write: (c, token) => setCookie(c, name, token, { ...options, maxAge: SESSION_MS / 1_000 }),
    clear: (c) => {
      deleteCookie(c, name, options);
    },
  };
}
