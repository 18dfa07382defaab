import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { projects } from "../db/schema/projects.ts";
import type { SecretBox } from "../webhooks/secret-box.ts";

/** The secret that a customer's server signs proofs of identity with; null: none was made. */
export async function findIdentitySecret(
  db: Db,
  box: SecretBox,
  projectId: string,
): Promise<string | null> {
  const [row] = await db
    .select({ sealed: projects.identitySecretEncrypted })
    .from(projects)
    .where(eq(projects.id, projectId));
  return row?.sealed ? box.open(row.sealed, projectId) : null;
}

/** Makes a new secret in the place of the old one, whose proofs end within ten seconds. */
export async function rotateIdentitySecret(
  db: Db,
  box: SecretBox,
  projectId: string,
): Promise<string> {
  const secret = `ids_${randomBytes(32).toString("base64url")}`;
  await db
    .update(projects)
    .set({ identitySecretEncrypted: box.seal(secret, projectId) })
    .where(eq(projects.id, projectId));
  return secret;
}
