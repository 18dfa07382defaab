import { loadEnvFile } from "node:process";
import { type Config, ConfigError, parseConfig } from "../config.ts";

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

/**
 * Settings from `.env` and the environment, which wins.
 *
 * @throws {CommandFailure} when they are faulty
 */
export function readConfig(overrides: { [name: string]: string | undefined } = {}): Config {
  try {
    loadEnvFile();
  } catch {
    // There need not be a .env file.
  }
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined);
  try {
    // biome-ignore lint/style/noProcessEnv: the one place where the environment is read.
    return parseConfig({ ...process.env, ...Object.fromEntries(given) });
  } catch (error) {
    if (error instanceof ConfigError) fail(error.message, 2);
    throw error;
  }
}
