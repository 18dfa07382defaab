import type { BatchResponse } from "@telltale/protocol";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { EventWriter } from "../ingest/event-writer.ts";
import type { Ping } from "./ping.ts";

/** What a process tells Prometheus. */
export interface Metrics {
  /** One finished request. */
  countRequest(request: { method: string; route: string; status: number; seconds: number }): void;
  /** One answered batch. */
  countEvents(answer: BatchResponse): void;
  /** The text that Prometheus reads. */
  render(): Promise<{ text: string; contentType: string }>;
}

interface MetricsOptions {
  eventWriter: EventWriter;
  ping: Ping;
  /** Lengths of the queues in the database, by name. */
  readQueues: () => Promise<{ queue: string; waiting: number; oldestSeconds: number }[]>;
}

/** A registry of its own, so that two apps in one process do not meet. */
export function createMetrics({ eventWriter, ping, readQueues }: MetricsOptions): Metrics {
  const registry = new Registry();
  let hasProcess = false;
  const registers = [registry];
  const requests = new Histogram({
    name: "telltale_http_request_seconds",
    help: "Requests by route, method and status",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const events = new Counter({
    name: "telltale_events_total",
    help: "Messages by what became of them",
    labelNames: ["outcome"],
    registers,
  });
  new Gauge({
    name: "telltale_ingest_backlog_events",
    help: "Events that wait for a commit",
    registers,
    collect() {
      this.set(eventWriter.backlog);
    },
  });
  const waiting = new Gauge({
    name: "telltale_queue_waiting",
    help: "Rows of a queue in the database",
    labelNames: ["queue"],
    registers,
  });
  const oldest = new Gauge({
    name: "telltale_queue_oldest_seconds",
    help: "Age of the oldest row of a queue that is due",
    labelNames: ["queue"],
    registers,
  });
  const isUp = new Gauge({
    name: "telltale_database_up",
    help: "1 when the database, and every node of a cluster, answers",
    registers,
  });

  return {
    countRequest({ method, route, status, seconds }) {
      requests.observe({ method, route, status }, seconds);
    },
    countEvents({ accepted, duplicates, rejected }) {
      events.inc({ outcome: "accepted" }, accepted);
      events.inc({ outcome: "duplicate" }, duplicates);
      for (const { code } of rejected) events.inc({ outcome: code });
    },
    async render() {
      // Its observers cost a little, so a process that nobody asks has none.
      if (!hasProcess) collectDefaultMetrics({ register: registry, prefix: "telltale_" });
      hasProcess = true;
      const database = await ping();
      isUp.set(database === "ok" ? 1 : 0);
      // No figure rather than an old one.
      waiting.reset();
      oldest.reset();
      const queues = database === "timed out" ? [] : await readQueues().catch(() => []);
      for (const { queue, waiting: count, oldestSeconds } of queues) {
        waiting.set({ queue }, count);
        oldest.set({ queue }, oldestSeconds);
      }
      return { text: await registry.metrics(), contentType: registry.contentType };
    },
  };
}
