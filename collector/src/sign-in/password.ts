import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { createTurns } from "./turns.ts";

/** One of OWASP's choices: 32 MiB and about 0.7 s on a small machine. */
const COST = { logN: 15, r: 8, p: 3 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** Shortest and longest password that is taken, in characters. */
export const PASSWORD_LENGTH = { least: 12, most: 200 } as const;

/** 64 MiB at most, whoever knocks. */
const inTurn = createTurns({ atOnce: 2, waiting: 20 });

function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  const { logN, r, p } = cost;
  const options = { N: 2 ** logN, r, p, maxmem: 256 * 2 ** logN * r };
  return new Promise((resolve, reject) =>
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
}

/** @returns `scrypt$15$8$3$salt$key`, so that the cost can grow later */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await inTurn(() => derive(password, salt, COST));
  const { logN, r, p } = COST;
  return ["scrypt", logN, r, p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** What is compared with where there is nothing: it takes as long, and never fits. */
const NOBODY = `scrypt$${COST.logN}$${COST.r}$${COST.p}$${"A".repeat(22)}$${"A".repeat(43)}`;

/**
 * Whether a password is the stored one. Without a stored one the answer is no, after the same time.
 *
 * @throws {Problem} unavailable, when too many wait already
 */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [, logN, r, p, salt = "", key = ""] = (stored ?? NOBODY).split("$");
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  const expected = Buffer.from(key, "base64url");
  const found = await inTurn(() => derive(password, Buffer.from(salt, "base64url"), cost));
  return expected.length === found.length && timingSafeEqual(expected, found) && stored !== null;
}
