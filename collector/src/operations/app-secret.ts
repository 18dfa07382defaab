import { hkdfSync, randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../config.ts";
import type { Sql } from "../db/client.ts";

type SecretPlace = Pick<Config, "appSecret" | "dataDir">;

/** The application secret of the settings, else that of the data folder; null when there is none. */
export async function findAppSecret({ appSecret, dataDir }: SecretPlace): Promise<string | null> {
  if (appSecret) return appSecret;
  const known = await readFile(join(dataDir, "app.secret"), "utf8").catch(() => "");
  return known.trim() || null;
}

/** The same, but one is made in the data folder when there is none. */
export async function getAppSecret(place: SecretPlace): Promise<string> {
  const known = await findAppSecret(place);
  if (known) return known;
  await mkdir(place.dataDir, { recursive: true });
  const secret = randomBytes(32).toString("base64url");
  await writeFile(join(place.dataDir, "app.secret"), secret, { mode: 0o600 });
  return secret;
}

/** Tells two secrets apart, and helps nobody to find one out. */
function fingerprintOf(appSecret: string): string {
  const purpose = "telltale fingerprint of the application secret";
  return Buffer.from(hkdfSync("sha256", appSecret, "", purpose, 16)).toString("hex");
}

/**
 * Whether this is the secret under which the database's own secrets are sealed. The first process
 * notes which it is; another one takes its place once nothing is sealed any more.
 */
export async function compareAppSecret(
  sql: Sql,
  appSecret: string,
  now: string,
): Promise<"same" | "different"> {
  const fingerprint = fingerprintOf(appSecret);
  await sql`
    INSERT INTO app_secret_fingerprint (id, fingerprint, noted_at)
    VALUES (1, ${fingerprint}, ${now}::timestamptz) ON CONFLICT DO NOTHING`;
  const [noted] = await sql<{ fingerprint: string }[]>`
    SELECT fingerprint FROM app_secret_fingerprint WHERE id = 1`;
  if (noted?.fingerprint === fingerprint) return "same";
  const [sealed] = await sql<{ any: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM webhook_endpoints) OR EXISTS (SELECT 1 FROM sources)
      OR EXISTS (SELECT 1 FROM projects WHERE identity_secret_encrypted IS NOT NULL) AS any`;
  if (sealed?.any) return "different";
  await sql`
    UPDATE app_secret_fingerprint
    SET fingerprint = ${fingerprint}, noted_at = ${now}::timestamptz WHERE id = 1`;
  return "same";
}
