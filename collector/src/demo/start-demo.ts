import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Database } from "../db/client.ts";
import type { AppEnv } from "../http.ts";
import type { EventWriter } from "../ingest/event-writer.ts";
import type { Logger } from "../logger.ts";
import { ensureKey } from "../projects/ensure-key.ts";
import type { Project } from "../projects/queries.ts";
import { ensureDemoSurvey } from "../surveys/ensure-demo-survey.ts";
import { demoWebhookSecret, demoWriteKey } from "./demo-secrets.ts";
import { ensureDemoEndpoint, moveDemoEndpoint } from "./ensure-endpoint.ts";
import { fillBook } from "./fill-book.ts";
import { keepFilled } from "./keep-filled.ts";
import { createProductFiles } from "./product-files.ts";
import { mergeProjectSettings } from "./queries.ts";
import { readState } from "./read-state.ts";
import { demoRoutes } from "./routes.tsx";
import { startReceiver } from "./start-receiver.ts";

const DAY_MS = 86_400_000;
/** The survey has been live for longer than the oldest simulated answer. */
const SURVEY_LIVE_DAYS = 200;
/** All visitors of the demo are one account: its budgets of prompts and contacts would be used up. */
const PROMPTS_PER_ACCOUNT_DAY = 1_000;

export interface DemoDeps {
  database: Database;
  eventWriter: EventWriter;
  logger: Logger;
  clock: () => number;
  publicUrl: string;
  appSecret: string;
}

/** A running demo. */
export interface Demo {
  /** To be mounted at the root. */
  routes: OpenAPIHono<AppEnv>;
  /** `host:port` of the receiver, which webhooks may reach although it is private. */
  receiverHost: string;
  /** Settles when the simulated book is stored and scored, or the demo stops; never rejects. */
  filled: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the demo of a project: its write key, its survey, its webhook receiver; and, in the
 * background, a simulated book of accounts.
 */
export async function startDemo(deps: DemoDeps, project: Project): Promise<Demo> {
  const { database, clock, appSecret, logger } = deps;
  const { sql, db } = database;
  const writeKey = demoWriteKey(appSecret);
  await ensureKey(db, { projectId: project.id, kind: "write", name: "demo", key: writeKey, clock });
  await ensureDemoSurvey(db, project.id, () => clock() - SURVEY_LIVE_DAYS * DAY_MS);
  const settings = { promptsPerAccountDay: PROMPTS_PER_ACCOUNT_DAY, contactsPerAccountWeek: 0 };
  await mergeProjectSettings(sql, project.id, settings);
  const receiver = await startReceiver(demoWebhookSecret(appSecret));

  let share = 0;
  const endpointDeps = { db, clock, appSecret };
  // What still waits of an earlier start would be sent to where its receiver was, and be refused.
  let endpointId = await moveDemoEndpoint(endpointDeps, project.id, receiver).catch(
    async (error: unknown) => {
      await receiver.stop();
      throw error;
    },
  );
  const stopping = new AbortController();
  const stored = { ...project, settings: { ...project.settings, ...settings } };
  const { filled, ended } = keepFilled({
    async fill() {
      const onProgress = (done: number) => {
        share = done;
      };
      await fillBook({ ...deps, sql }, stored, { onProgress, signal: stopping.signal });
      // Only now: what follows from the simulated past is no news to anybody.
      endpointId ??= await ensureDemoEndpoint(endpointDeps, project.id, receiver);
    },
    logger,
    signal: stopping.signal,
  });

  return {
    routes: demoRoutes({
      product: createProductFiles(writeKey),
      readState: () =>
        readState({
          sql,
          clock,
          projectId: project.id,
          endpointId,
          findVerified: receiver.findVerified,
          filledShare: () => share,
        }),
    }),
    receiverHost: receiver.host,
    filled,
    async stop() {
      stopping.abort();
      await ended;
      await receiver.stop();
    },
  };
}
