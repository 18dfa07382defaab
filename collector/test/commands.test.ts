import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAlive } from "../src/db/embedded/cluster.ts";
import type { Finding } from "../src/operations/examine.ts";
import { createTestDatabase } from "./database.ts";

const TELLTALE = fileURLToPath(new URL("../bin/telltale.js", import.meta.url));
const SECRET_KEY = "sk_commands_test_0123456789";

interface Run {
  child: ChildProcess;
  output: () => string;
  /** Resolves when the output holds a text; rejects when the process ends before. */
  says(text: string): Promise<void>;
  exitCode: Promise<number | null>;
}

// Each command is a process of its own, some with a Postgres: a busy machine takes its time.
describe("the command line", { timeout: 60_000 }, () => {
  let dataDir: string;
  let runs: Run[];

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "telltale-commands-"));
    await chmod(dataDir, 0o755);
    runs = [];
  });

  afterEach(async () => {
    for (const { child, exitCode } of runs) {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await exitCode;
    }
    const pid = await postmasterOf(dataDir);
    if (pid !== null && isAlive(pid)) process.kill(pid, "SIGINT");
    await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });

  function telltale(args: string[], env: { [name: string]: string } = {}): Run {
    const child = spawn(process.execPath, [TELLTALE, ...args], {
      cwd: dataDir,
      env: {
        ...process.env,
        DATA_DIR: join(dataDir, "data"),
        TELLTALE_DEMO: "0",
        TELLTALE_SECRET_KEY: SECRET_KEY,
        LOG_LEVEL: "warn",
        ...env,
      },
    });
    let text = "";
    const waiting = new Set<() => void>();
    const keep = (chunk: Buffer) => {
      text += chunk;
      for (const look of waiting) look();
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    const exitCode = once(child, "close").then(([code]) => code as number | null);
    const run: Run = {
      child,
      output: () => text,
      says: (wanted) =>
        new Promise((resolve, reject) => {
          const look = () => {
            if (!text.includes(wanted)) return;
            waiting.delete(look);
            resolve();
          };
          waiting.add(look);
          look();
          void exitCode.then((code) => reject(new Error(`ended with ${code}: ${text}`)));
        }),
      exitCode,
    };
    runs.push(run);
    return run;
  }

  async function postmasterOf(folder: string): Promise<number | null> {
    const file = join(folder, "data", "postgres", "postmaster.pid");
    const text = await readFile(file, "utf8").catch(() => "");
    return Number(text.split("\n")[0]) || null;
  }

  async function occupyPort(): Promise<{ server: Server; port: number }> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    return { server, port: typeof address === "object" && address ? address.port : 0 };
  }

  const freePort = async () => {
    const { server, port } = await occupyPort();
    server.close();
    await once(server, "close");
    return port;
  };

  it("lists every faulty setting, unknown ones too, and exits with 2", async () => {
    const run = telltale(["serve"], { PORT: "x", LOG_LEVEL: "loud", TELLTALE_ROEL: "ingest" });
    expect(await run.exitCode).toBe(2);
    expect(run.output()).toContain("PORT");
    expect(run.output()).toContain("LOG_LEVEL");
    expect(run.output()).toContain(
      "TELLTALE_ROEL is no setting and has no effect. Did you mean TELLTALE_ROLE?",
    );
  });

  it("says that a .env is there and can't be read, rather than to start without it", async () => {
    await mkdir(join(dataDir, ".env"));
    const run = telltale(["doctor"], { DATABASE_URL: "postgres://nobody@127.0.0.1:1/no" });
    expect(await run.exitCode).toBe(2);
    expect(run.output()).toMatch(/^\.env can't be read: /);
  });

  it("offers the next free port when its own is taken", async () => {
    const { server, port } = await occupyPort();
    const run = telltale(["serve", "--port", String(port)]);
    expect(await run.exitCode).toBe(1);
    expect(run.output()).toMatch(new RegExp(`Port ${port} .* is taken`));
    expect(run.output()).toMatch(/npm start -- --port \d+/);
    server.close();
  });

  it("names the setting of an address that it can't listen on", async () => {
    const run = telltale(["serve", "--host", "192.0.2.1"], {
      DATABASE_URL: "postgres://nobody@127.0.0.1:1/no",
    });
    expect(await run.exitCode).toBe(1);
    expect(run.output()).toMatch(
      /^It can't listen on 192\.0\.2\.1, port \d+: .*Check HOST and PORT/,
    );
  });

  it.each([["dance"], ["doctor", "--loud"], ["keys", "create", "--loud"], ["keys", "revoke"]])(
    "exits with 2 on a wrong call: %s %s %s",
    async (...args) => {
      expect(await telltale(args.filter((arg) => arg !== undefined)).exitCode).toBe(2);
    },
  );

  it("finds in a database that is not there what is wrong, for machines too", async () => {
    const run = telltale(["doctor", "--json"], {
      TELLTALE_DEMMO: "1",
      DATABASE_URL: "postgres://nobody@127.0.0.1:1/no",
    });
    expect(await run.exitCode).toBe(1);
    const { findings } = JSON.parse(run.output());
    expect(findings).toMatchObject([
      { check: "settings", isGood: false, detail: expect.stringContaining("TELLTALE_DEMO?") },
      { check: "database", isGood: false },
    ]);
  });

  it("serves, refuses a second start on its data, takes over after a kill, and stops cleanly", async () => {
    const port = await freePort();
    const first = telltale(["serve", "--port", String(port)]);
    await first.says("Ctrl-C");
    expect(first.output()).toContain(SECRET_KEY);

    const second = telltale(["serve", "--port", String(await freePort())]);
    expect(await second.exitCode).toBe(1);
    expect(second.output()).toContain(`http://127.0.0.1:${port}`);

    const ask = (method: string, path: string, body?: unknown) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: { authorization: `Bearer ${SECRET_KEY}`, "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    const event = { type: "track", event: "Kept", userId: "ann", context: { groupId: "acme" } };
    expect((await ask("POST", "/v1/batch", { batch: [event] })).status).toBe(200);

    const postmaster = await postmasterOf(dataDir);
    first.child.kill("SIGKILL");
    await first.exitCode;
    expect(postmaster !== null && isAlive(postmaster)).toBe(true);

    const third = telltale(["serve", "--port", String(port)]);
    await third.says("Ctrl-C");
    expect(third.output()).toContain("took over");
    expect((await ask("GET", "/v1/accounts/acme")).status).toBe(200);

    third.child.kill("SIGTERM");
    expect(await third.exitCode).toBe(0);
    expect(postmaster !== null && isAlive(postmaster)).toBe(false);
  });

  it("tells what to do on an empty database and when there is none, without a stack", async () => {
    const empty = telltale(["evaluate"]);
    expect(await empty.exitCode).toBe(2);
    expect(empty.output()).toContain("Run: telltale migrate");
    expect(empty.output()).not.toContain("    at ");
    const pid = await postmasterOf(dataDir);
    expect(pid !== null && isAlive(pid)).toBe(false);
    const away = telltale(["score"], { DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing" });
    expect(await away.exitCode).toBe(1);
    expect(away.output()).toContain("Check DATABASE_URL");
    expect(away.output()).not.toContain("    at ");
  });

  it("migrates to what the doctor finds good, lets the owner in again, and imports outcomes from CSV, naming the lines that are wrong", async () => {
    const file = join(dataDir, "outcomes.csv");
    const lines = [
      "accountId,kind,occurredOn,value",
      "a,renewed,2026-01-31,1200",
      "b,left,2026-02-01,",
    ];
    await writeFile(file, lines.join("\n"));
    const { url, drop } = await createTestDatabase();
    const env = { DATABASE_URL: url };
    expect(await telltale(["migrate"], env).exitCode).toBe(0);
    const looked = telltale(["doctor", "--json"], env);
    await looked.exitCode;
    // A Postgres of tests need not wait for the disk, and the doctor says so.
    const bad = JSON.parse(looked.output()).findings.filter((found: Finding) => !found.isGood);
    expect(bad.filter(({ check }: Finding) => check !== "durability")).toEqual([]);
    const made = telltale(["keys", "create-project", "Test", "--json"], env);
    expect(await made.exitCode).toBe(0);
    const asked = telltale(["sign-in-link", "--json"], { ...env, PUBLIC_URL: "https://t.example" });
    expect(await asked.exitCode).toBe(0);
    expect(JSON.parse(asked.output()).link).toMatch(
      /^https:\/\/t\.example\/dashboard\/sign-in\?token=[\w-]{20,}$/,
    );
    const sql = postgres(url, { max: 1 });
    const written =
      await sql`SELECT actor, target FROM audit_log WHERE action = 'member.link_made'`;
    expect(written).toEqual([{ actor: "command line", target: "owner" }]);
    await sql.end();
    const run = telltale(["import", "outcomes", file, "--json"], env);
    expect(await run.exitCode).toBe(1);
    const result = JSON.parse(run.output());
    expect(result.accepted).toBe(1);
    expect(result.rejected).toMatchObject([{ line: 3 }]);
    expect(result.warnings).toMatchObject([{ line: 2 }]);
    await drop();
  });
});
