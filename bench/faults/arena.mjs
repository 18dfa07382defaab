/** What an injection gets: a database of its own, and collectors that it may harm. */

import { fork } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { createDatabase } from "../../collector/dist/db/client.js";
import { migrate } from "../../collector/dist/db/migrate.js";
import { createSignInLink } from "../../collector/dist/sign-in/create-sign-in-link.js";
import { SECRET_KEY } from "./client.mjs";

const COLLECTOR = fileURLToPath(new URL("collector-process.mjs", import.meta.url));

/** Three times what a collector takes at most to drain. */
const LONGEST_STOP_MS = 30_000;

/** A port of 127.0.0.1 that nobody uses. */
export function findFreePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Starts a collector of its own process and waits until it listens. */
async function startCollector(env) {
  const child = fork(COLLECTOR, [], {
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const logs = [];
  let rest = "";
  child.stdout.on("data", (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop();
    logs.push(...lines);
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const answers = new Map();
  const { port } = await new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`the collector ended with ${code}`)));
  });
  child.on("message", (answer) => answers.get(answer.id)?.(answer));
  const url = `http://127.0.0.1:${port}`;
  let asked = 0;

  /** A request with the secret key. */
  async function ask(method, path, body) {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${SECRET_KEY}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text.startsWith("{") ? JSON.parse(text) : text };
  }

  return {
    port,
    url,
    child,
    /** Lines of its log so far. */
    logs,
    /** Makes a link for the owner; a collector of this role shows none. */
    async makeSignInLink() {
      const database = createDatabase(env.DATABASE_URL, 1);
      try {
        return await createSignInLink(database.db, Date.now, url);
      } finally {
        await database.close();
      }
    },
    ask,
    /** Memory, and what it read at most from one connection. */
    look() {
      asked += 1;
      child.send(asked);
      return new Promise((resolve) => answers.set(asked, resolve));
    },
    lift: () =>
      ask("PATCH", "/v1/project", {
        rateLimits: { requestsPerSecond: 1e6, perAddressPerSecond: 1e6 },
      }),
    /** @returns its exit code; null when it was killed, or had to be since it hung */
    stop(signal = "SIGTERM") {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        const killing = setTimeout(() => child.kill("SIGKILL"), LONGEST_STOP_MS);
        ended.then(() => clearTimeout(killing));
      }
      return ended;
    },
  };
}

/** Opens arenas on a machine; their databases are copies of one that is migrated once. */
export async function createArenas(machine) {
  const templateUrl = await machine.createDatabase();
  await migrate(templateUrl);
  const template = new URL(templateUrl).pathname.slice(1);
  const admin = machine.connect(new URL("/postgres", templateUrl).href);
  let made = 0;

  async function copyTemplate(options = "") {
    made += 1;
    await admin.unsafe(`CREATE DATABASE faults_${made} TEMPLATE ${template} ${options}`);
    return new URL(`/faults_${made}`, templateUrl).href;
  }

  return {
    async open() {
      const databaseUrl = await copyTemplate();
      const opened = [];
      const sql = machine.connect(databaseUrl);
      opened.push(() => sql.end({ timeout: 2 }));
      return {
        machine,
        databaseUrl,
        sql,
        /** Runs a statement as the owner of all databases. */
        admin: (statement) => admin.unsafe(statement),
        copyTemplate,
        /** The pools of a collector, for parts of it that an injection runs itself. */
        openDatabase(url = databaseUrl) {
          const database = createDatabase(url, 4);
          opened.push(() => database.close());
          return database;
        },
        /** A collector, stopped at the end; without request limits unless told otherwise. */
        async startCollector({ limits = "lifted", ...env } = {}) {
          const collector = await startCollector({
            DATABASE_URL: databaseUrl,
            DATA_DIR: `${machine.folder}/data`,
            ...env,
          });
          opened.push(() => collector.stop());
          if (limits === "lifted") await collector.lift();
          return collector;
        },
        /** Does something at the end, last first. */
        defer: (undo) => opened.push(undo),
        async close() {
          for (let undo = opened.pop(); undo; undo = opened.pop()) {
            await Promise.resolve(undo()).catch((error) => console.error(error));
          }
        },
      };
    },
    close: () => admin.end({ timeout: 2 }),
  };
}
