import { accessSync, constants, existsSync } from "node:fs";
import { loadEnvFile } from "node:process";
import { type Config, ConfigError, parseConfig } from "../config.ts";
import { describeUnknown, findUnknownSettings, type UnknownSetting } from "../unknown-settings.ts";

/** Prints a line to standard output. */
export function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** A command that can't go on: what to tell the person, and the exit code. */
export class CommandFailure extends Error {
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Ends a command; what it opened is closed on the way out.
 *
 * @throws {CommandFailure} with exit code 1 when it failed, 2 when the call is wrong
 */
export function fail(message: string, exitCode: 1 | 2 = 1): never {
  throw new CommandFailure(message, exitCode);
}

/** The settings of a command, and what looks like one but is none. */
interface Environment {
  config: Config;
  unknown: UnknownSetting[];
}

/** Who wrote a `.env` must not get the defaults because it can't be read. */
function loadEnv(): void {
  if (!existsSync(".env")) return;
  try {
    // Of a file that it may not read, Node 20 says that there is none.
    accessSync(".env", constants.R_OK);
    loadEnvFile();
  } catch (error) {
    fail(`.env can't be read: ${(error as Error).message}`, 2);
  }
}

/**
 * Settings from `.env` and the environment, which wins. In a terminal `LOG_LEVEL` is `warn`, unless set:
 * a line a request would push the addresses and keys out of sight.
 *
 * @throws {CommandFailure} when they are faulty
 */
export function readEnvironment(
  overrides: { [name: string]: string | undefined } = {},
): Environment {
  loadEnv();
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined);
  // biome-ignore lint/style/noProcessEnv: the one place where the environment is read.
  const env = { ...process.env, ...Object.fromEntries(given) };
  if (process.stdout.isTTY && !env.LOG_LEVEL?.trim()) env.LOG_LEVEL = "warn";
  const unknown = findUnknownSettings(env);
  try {
    return { config: parseConfig(env), unknown };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    fail([error.message, ...unknown.map(describeUnknown)].join("\n"), 2);
  }
}

/**
 * The same for a command that goes on all the same: what has no effect is said on standard error.
 *
 * @throws {CommandFailure} when they are faulty
 */
export function readConfig(overrides: { [name: string]: string | undefined } = {}): Config {
  const { config, unknown } = readEnvironment(overrides);
  for (const one of unknown) process.stderr.write(`Warning: ${describeUnknown(one)}\n`);
  return config;
}
