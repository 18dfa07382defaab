import { createServer, type Server } from "node:http";
import { capAccounts } from "./accounts/account-cap.ts";
import { type AppDeps, createHttp } from "./app.ts";
import { findAssets } from "./assets/find-assets.ts";
import { closeServer } from "./close-server.ts";
import type { Config } from "./config.ts";
import { createDatabase } from "./db/client.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./db/embedded/start.ts";
import { migrate } from "./db/migrate.ts";
import { type Demo, type DemoDeps, startDemo } from "./demo/start-demo.ts";
import { createProofCounts } from "./identity/proof-counts.ts";
import { createIngestion } from "./ingest/create-ingestion.ts";
import { createRequestListener, type HttpInterface } from "./listen.ts";
import { toLocalUrl } from "./local-url.ts";
import { createLogger } from "./logger.ts";
import { compareAppSecret, getAppSecret } from "./operations/app-secret.ts";
import { createArrivalCounts } from "./operations/arrival-counts.ts";
import { ensurePartitions } from "./operations/partitions.ts";
import { bootstrapProject, type NewProject } from "./projects/create-project.ts";
import { findDeadKeys } from "./projects/find-dead-keys.ts";
import { createKeyRing } from "./projects/key-ring.ts";
import { listProjects } from "./projects/queries.ts";
import { createSignInLink } from "./sign-in/create-sign-in-link.ts";
import { createWorker } from "./worker.ts";

/** A running collector. */
export interface RunningCollector {
  /** Where it listens, without a slash at the end. */
  url: string;
  publicUrl: string;
  /** The first project's keys, when it was created now. */
  created: NewProject | null;
  /** Names of settings whose key does not work; see {@link findDeadKeys}. */
  deadKeys: string[];
  /** Signs the owner in to the dashboard, once; null of a process that only takes events. */
  signInLink: string | null;
  database: { isEmbedded: boolean; isAdopted: boolean; appliedMigrations: string[] };
  /** Finishes what was accepted, then stops everything that was started. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts a collector: database, migrations, first project, HTTP, background work.
 *
 * @throws {Error} with `code` EADDRINUSE if the port is taken; if the database can't be reached
 */
export async function serve(config: Config): Promise<RunningCollector> {
  const logger = createLogger(config.logLevel);
  const clock = () => Date.now();
  const bundles = findAssets();
  let embedded: EmbeddedPostgres | null = null;
  if (!config.databaseUrl) embedded = await startEmbeddedPostgres({ dataDir: config.dataDir });
  const databaseUrl = config.databaseUrl ?? (embedded as EmbeddedPostgres).url;
  const undo: (() => Promise<unknown>)[] = [async () => embedded?.stop()];

  async function undoAll(): Promise<void> {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  }

  try {
    const appliedMigrations = await migrate(databaseUrl, {
      onSilence: (address) =>
        logger.warn(`waiting for the database at ${address}, which has not answered yet`),
    });
    const database = createDatabase(databaseUrl);
    undo.push(() => database.close());
    await ensurePartitions(database.sql, clock());
    let isDraining = false;
    const created = await bootstrapProject(database.db, clock, {
      name: config.isDemo ? "Demo" : "First project",
      settings: config.isDemo ? { currency: "EUR" } : {},
      writeKey: config.writeKey,
      secretKey: config.secretKey,
    });
    const deadKeys = await findDeadKeys(database.db, config);
    const appSecret = await getAppSecret(config);
    if (
      (await compareAppSecret(database.sql, appSecret, new Date(clock()).toISOString())) ===
      "different"
    ) {
      logger.error(
        "APP_SECRET differs from the one that this database's secrets are sealed with: webhooks and proofs of identity will fail; run telltale doctor",
      );
    }
    const ingestion = createIngestion(database.ingestSql, clock, {
      bulk: database.bulk,
      onCapped: (projectId, kind) =>
        logger.warn({ projectId, kind }, "too many distinct names: new ones are refused"),
    });
    const eventWriter = capAccounts(ingestion, database.ingestSql, {
      clock,
      onCapped: (projectId) =>
        logger.warn({ projectId }, "too many accounts: new ones are refused; see maxAccounts"),
    });
    const keyRing = createKeyRing(database.keyDb, clock);
    const publicUrl = config.publicUrl ?? toLocalUrl(config);
    const base = { database, keyRing, eventWriter, logger, clock, publicUrl, appSecret, bundles };
    const demo = config.isDemo ? await openDemo(base) : undefined;
    if (demo) undo.push(() => demo.stop());
    const arrivals = createArrivalCounts(database.sql, clock, (error) =>
      logger.warn({ err: error }, "counts of what arrived could not be written"),
    );
    undo.push(() => arrivals.stop());
    const proofCounts = createProofCounts(database.sql, clock, (error) =>
      logger.warn({ err: error }, "counts of proofs of identity could not be written"),
    );
    undo.push(() => proofCounts.stop());
    const deps: AppDeps = {
      ...base,
      arrivals,
      proofCounts,
      isDraining: () => isDraining,
      trustedProxyHops: config.trustedProxyHops,
      webhookPolicy: {
        isPrivateAllowed: config.isPrivateWebhookAllowed,
        allowedHosts: demo ? [demo.receiverHost] : [],
      },
      ...(demo && { demoRoutes: demo.routes }),
    };
    const server = await listen(createHttp(deps), config);
    const worker = config.role === "ingest" ? null : createWorker({ ...deps, config });
    undo.push(async () => {
      await Promise.all([closeServer(server), worker?.stop()]);
      await eventWriter.drain();
    });
    worker?.start();
    // A new link ends the one before: a fleet of these would leave nobody a working one.
    const signInLink =
      config.role === "ingest" ? null : await createSignInLink(database.db, clock, publicUrl);
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : config.port;
    let stopping: Promise<void> | undefined;
    return {
      url: toLocalUrl({ host: config.host, port }),
      publicUrl,
      created,
      deadKeys,
      signInLink,
      database: {
        isEmbedded: embedded !== null,
        isAdopted: embedded?.isAdopted ?? false,
        appliedMigrations,
      },
      stop() {
        isDraining = true;
        stopping ??= undoAll();
        return stopping;
      },
    };
  } catch (error) {
    await undoAll();
    throw error;
  }
}

/** The demo lives in the first project. */
async function openDemo(deps: DemoDeps): Promise<Demo | undefined> {
  const [project] = await listProjects(deps.database.db);
  return project && startDemo(deps, project);
}

/** Who sends a header a second keeps no socket: Node looks every 30 s only, unless told. */
const SERVER_OPTIONS = {
  headersTimeout: 8_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
};

function listen(http: HttpInterface, { port, host }: Config): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(SERVER_OPTIONS, createRequestListener(http));
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve(server);
    });
  });
}
