import { verify } from "hono/jwt";
import type { Db } from "../db/client.ts";
import { findIdentitySecret } from "../projects/identity-secret.ts";
import type { KeyHolder } from "../projects/queries.ts";
import { readSettings } from "../projects/settings.ts";
import { createSecretBox } from "../webhooks/secret-box.ts";
import type { CheckedMessage } from "./check-message.ts";
import type { IdentityVerdict } from "./parse-message.ts";

/** What a proof of identity says. */
interface Claims {
  sub: string;
  /** The account or accounts of the user. */
  account?: string | string[];
}

/** Whether a message may speak for the people it names. */
export type Identify = (
  message: Pick<CheckedMessage, "userId" | "groupId">,
  context: Record<string, unknown>,
) => IdentityVerdict;

export interface IdentityVerifier {
  /**
   * Checks the proofs in a batch beforehand.
   *
   * @returns how each message is to be judged; undefined where no proof is asked for
   */
  prepare(
    holder: KeyHolder,
    messages: unknown[],
    context: Record<string, unknown>,
  ): Promise<Identify | undefined>;
}

interface VerifierDeps {
  database: { db: Db };
  appSecret: string;
  clock: () => number;
}

/** A proof lives for an hour at most, so that a stolen one is soon worth nothing. */
const MAX_LIFETIME_S = 3_600;
const LEEWAY_S = 60;
const SECRET_FRESH_MS = 10_000;
const MAX_TOKEN_LENGTH = 4_096;

/** Verifies JWTs signed with a project's identity secret: HS256 and nothing else. */
export function createIdentityVerifier(deps: VerifierDeps): IdentityVerifier {
  const box = createSecretBox(deps.appSecret);
  const secrets = new Map<string, { secret: string | null; until: number }>();

  async function getSecret(projectId: string): Promise<string | null> {
    const known = secrets.get(projectId);
    if (known && known.until > deps.clock()) return known.secret;
    const secret = await findIdentitySecret(deps.database.db, box, projectId);
    secrets.set(projectId, { secret, until: deps.clock() + SECRET_FRESH_MS });
    return secret;
  }

  async function readClaims(token: string, secret: string): Promise<Claims | null> {
    try {
      // The times are judged below, by the collector's own clock.
      const claims = await verify(token, secret, {
        alg: "HS256",
        exp: false,
        iat: false,
        nbf: false,
      });
      const nowS = deps.clock() / 1_000;
      const { sub, account, exp, iat, nbf } = claims as Record<string, unknown>;
      const isInTime =
        typeof exp === "number" &&
        typeof iat === "number" &&
        exp > nowS - LEEWAY_S &&
        iat < nowS + LEEWAY_S &&
        exp - iat <= MAX_LIFETIME_S &&
        (nbf === undefined || (typeof nbf === "number" && nbf < nowS + LEEWAY_S));
      if (!isInTime || typeof sub !== "string") return null;
      return { sub, ...(account !== undefined && { account: account as string | string[] }) };
    } catch {
      return null;
    }
  }

  return {
    async prepare(holder, messages, context) {
      const { identity } = readSettings(holder.project.settings);
      if (identity === "off" || holder.kind === "secret") return undefined;
      const secret = await getSecret(holder.project.id);
      const proofs = new Map<unknown, Claims | null>();
      for (const token of new Set([context.token, ...messages.map(tokenOf)])) {
        const isText = typeof token === "string" && token.length <= MAX_TOKEN_LENGTH;
        proofs.set(token, isText && secret ? await readClaims(token, secret) : null);
      }
      return (message, merged) => {
        const accountId = message.groupId || String(merged.groupId ?? "");
        if (isProved(proofs.get(merged.token) ?? null, message.userId, accountId)) return "trusted";
        return identity === "log" ? "unverified" : "refused";
      };
    },
  };
}

function tokenOf(raw: unknown): unknown {
  return (raw as { context?: { token?: unknown } } | null)?.context?.token;
}

/** Nobody need prove to be nobody; a user must be the token's, an account one of the token's. */
function isProved(claims: Claims | null, userId: string, accountId: string): boolean {
  if (userId === "" && accountId === "") return true;
  if (!claims || (userId !== "" && claims.sub !== userId)) return false;
  return accountId === "" || [claims.account].flat().includes(accountId);
}
