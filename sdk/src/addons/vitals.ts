import { RESERVED_EVENTS } from "@telltale/protocol";
import { type MetricType, onCLS, onFCP, onINP, onLCP } from "web-vitals";
import type { AnyClient, Client } from "../options.ts";

/** Records the Core Web Vitals of each page load, as Google's `web-vitals` measures them. */
export function start(client: Pick<AnyClient, "track">): void {
  const report = ({ name, value, rating }: MetricType) =>
    (client as Pick<Client, "track">).track(RESERVED_EVENTS.webVital, {
      name,
      value: Math.round(value * 1_000) / 1_000,
      rating,
    });
  for (const watch of [onCLS, onFCP, onINP, onLCP]) watch(report);
}
