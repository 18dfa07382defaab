import { loadEnvFile } from "node:process";
import { type Config, ConfigError, parseConfig } from "../config.ts";

/** Prints a line to standard output. */
export function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a line to standard error and ends the process: 1 it failed, 2 the call is wrong. */
export function fail(message: string, exitCode: 1 | 2 = 1): never {
  process.stderr.write(`${message}\n`);
  process.exit(exitCode);
}

/** Settings from `.env` and the environment, which wins; ends the process when they are faulty. */
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
