import { v7 } from "uuid";
import type { Db } from "../db/client.ts";
import { lockFirstStart } from "../projects/queries.ts";
import { deleteOpenOwnerLinks, findOwnerId, insertLink, insertMember } from "./queries.ts";
import { createToken, hashToken } from "./token.ts";

const OWNER_LINK_MS = 24 * 3_600_000;

/**
 * A link that signs the owner in, once, within 24 hours. It ends those that were made before; the
 * first call makes the owner.
 *
 * @param clock - milliseconds since the epoch
 * @param publicUrl - where people reach the collector, without a slash at the end
 */
export async function createSignInLink(
  db: Db,
  clock: () => number,
  publicUrl: string,
): Promise<string> {
  const token = createToken();
  const now = clock();
  await db.transaction(async (tx) => {
    await lockFirstStart(tx);
    let ownerId = await findOwnerId(tx);
    if (!ownerId) {
      ownerId = v7();
      await insertMember(tx, {
        id: ownerId,
        name: "Owner",
        isOwner: true,
        createdAt: new Date(now),
      });
    }
    await deleteOpenOwnerLinks(tx);
    await insertLink(tx, {
      tokenHash: hashToken(token),
      kind: "owner",
      memberId: ownerId,
      createdAt: new Date(now),
      expiresAt: new Date(now + OWNER_LINK_MS),
    });
  });
  return `${publicUrl}/dashboard/sign-in?token=${token}`;
}
