import { execFileSync } from "node:child_process";
import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** The system user that Postgres runs as; empty where it is the one we run as. */
export interface Owner {
  uid?: number;
  gid?: number;
}

const USER = "postgres";

function idOf(flag: "-u" | "-g"): number {
  return Number(execFileSync("id", [flag, USER], { encoding: "utf8", stdio: "pipe" }).trim());
}

/**
 * Postgres refuses to run as root. Where we are root it runs as the user `postgres`, which is
 * created when it does not exist.
 *
 * @throws {Error} if the user can be neither found nor created
 */
export function findOwner(): Owner {
  if (process.getuid?.() !== 0) return {};
  try {
    return { uid: idOf("-u"), gid: idOf("-g") };
  } catch {
    try {
      execFileSync("useradd", ["--system", "--user-group", USER], { stdio: "pipe" });
    } catch {
      execFileSync("adduser", ["-S", "-D", USER], { stdio: "pipe" });
    }
    return { uid: idOf("-u"), gid: idOf("-g") };
  }
}

/** Whether the owner may pass through every folder above a path. */
export async function canEnter(owner: Owner, path: string): Promise<boolean> {
  if (owner.uid === undefined) return true;
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const entry = await stat(folder).catch(() => null);
    if (entry) {
      const bit = entry.uid === owner.uid ? 0o100 : entry.gid === owner.gid ? 0o010 : 0o001;
      if ((entry.mode & bit) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}
