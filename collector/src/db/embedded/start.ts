import { createHash, randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import postgres from "postgres";
import { copyBinaries, findBinaries } from "./binaries.ts";
import {
  type Cluster,
  clusterUrl,
  findOrphan,
  initialise,
  startPostmaster,
  stopPostmaster,
} from "./cluster.ts";
import { canEnter, findOwner } from "./owner.ts";

/** Where files go that the user `postgres` must reach, when the data folder is closed to it. */
const SHARED_HOME = "/var/lib/telltale";
const DATABASE = "telltale";

/** A Postgres of our own, running. */
export interface EmbeddedPostgres {
  /** Connection URL of the database `telltale`. */
  url: string;
  /** Where its files are. */
  folder: string;
  /** True when a killed predecessor had left it running. */
  isAdopted: boolean;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Folder of Telltale's files; made when absent. */
  dataDir: string;
  /** Further `name=value` settings of Postgres. */
  settings?: string[];
}

async function readPassword(dataDir: string): Promise<string> {
  const file = join(dataDir, "postgres.password");
  const known = await readFile(file, "utf8").catch(() => "");
  if (known) return known.trim();
  const password = randomBytes(24).toString("base64url");
  await writeFile(file, password, { mode: 0o600 });
  return password;
}

/**
 * Starts the embedded Postgres on a free port of 127.0.0.1, or adopts the one a killed predecessor
 * left running on the same files.
 *
 * @throws {Error} if there is no Postgres for this platform, or it does not start
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true });
  const owner = findOwner();
  // Postgres' own user must pass through; what is secret in here has a mode of its own.
  if (owner.uid !== undefined) await chmod(dataDir, 0o711);
  let binaries = await findBinaries();
  if (!(await canEnter(owner, binaries.postgres))) {
    await mkdir(SHARED_HOME, { recursive: true });
    binaries = await copyBinaries(binaries, join(SHARED_HOME, "postgres-binaries"));
  }
  let folder = join(dataDir, "postgres");
  if (!(await canEnter(owner, folder))) {
    const name = createHash("sha256").update(dataDir).digest("hex").slice(0, 12);
    await mkdir(SHARED_HOME, { recursive: true });
    folder = join(SHARED_HOME, name);
  }
  const cluster: Cluster = {
    folder,
    logFile: join(dataDir, "postgres.log"),
    postgres: binaries.postgres,
    initdb: binaries.initdb,
    owner,
    password: await readPassword(dataDir),
  };
  await initialise(cluster);
  const orphan = await findOrphan(cluster);
  const postmaster = orphan ?? (await startPostmaster(cluster, options.settings ?? []));
  const admin = postgres(clusterUrl(cluster, postmaster.port, "postgres"), { max: 1 });
  const found = await admin`SELECT 1 FROM pg_database WHERE datname = ${DATABASE}`;
  if (found.length === 0) await admin.unsafe(`CREATE DATABASE ${DATABASE}`);
  await admin.end();
  return {
    url: clusterUrl(cluster, postmaster.port, DATABASE),
    folder,
    isAdopted: orphan !== null,
    stop: () => stopPostmaster(postmaster.pid),
  };
}
