import { randomBytes } from "node:crypto";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrate } from "../src/db/migrate.ts";

const TEMPLATE = "telltale_template";

/**
 * The Citus cluster whose coordinator `CITUS_URL` names, any database of it that knows its nodes.
 * Gets a migrated template on every node, that each test file copies node by node.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env.CITUS_URL as string;
  const coordinator = postgres(url, { max: 1, onnotice: () => {} });
  const nodes = await coordinator<{ host: string; port: number; groupid: number }[]>`
    SELECT nodename AS host, nodeport AS port, groupid FROM pg_dist_node
    WHERE noderole = 'primary' ORDER BY groupid`;
  await coordinator.end();
  const template = `${TEMPLATE}_${randomBytes(4).toString("hex")}`;
  const workerUrls = nodes.filter(({ groupid }) => groupid > 0).map((node) => at(url, node));
  const urls = [url, ...workerUrls];
  for (const node of urls) {
    await onServer(node, `CREATE DATABASE ${template}`);
    await onServer(inDatabase(node, template), "CREATE EXTENSION citus");
  }
  const admin = postgres(inDatabase(url, template), { max: 1, onnotice: () => {} });
  for (const { host, port, groupid } of nodes) {
    if (groupid === 0) await admin`SELECT citus_set_coordinator_host(${host}, ${port})`;
    else await admin`SELECT citus_add_node(${host}, ${port})`;
  }
  await admin.end();
  await migrate(inDatabase(url, template));
  // A database is copied only while nobody is in it, Citus' own maintenance included.
  for (const node of urls) {
    await onServer(node, `ALTER DATABASE ${template} ALLOW_CONNECTIONS false`);
    await onServer(
      node,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${template}'`,
    );
  }
  project.provide("postgresUrl", url);
  project.provide("workerUrls", workerUrls);
  project.provide("templateName", template);
  return async () => {
    for (const node of urls) await onServer(node, `DROP DATABASE ${template} WITH (FORCE)`);
  };
}

function at(url: string, node: { host: string; port: number }): string {
  const there = new URL(url);
  there.hostname = node.host;
  there.port = String(node.port);
  return there.href;
}

function inDatabase(url: string, name: string): string {
  const there = new URL(url);
  there.pathname = `/${name}`;
  return there.href;
}

async function onServer(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
