import { verify } from "hono/jwt";
import type { Db, SqlQueryable } from "../db/client.ts";
import { createProofLedger } from "../identity/proof-ledger.ts";
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

/** The proofs of a batch. */
export interface BatchProofs {
  identify: Identify;
  /** Notes how many messages came with a proof, once they are stored. */
  record(): Promise<void>;
}

export interface IdentityVerifier {
  /**
   * Checks the proofs in a batch beforehand.
   *
   * @returns undefined where no proof is asked for
   */
  prepare(
    holder: KeyHolder,
    messages: unknown[],
    context: Record<string, unknown>,
  ): Promise<BatchProofs | undefined>;
}

interface VerifierDeps {
  database: { db: Db; sql: SqlQueryable };
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
  const ledger = createProofLedger(deps.database.sql, deps.clock);
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
      const accountIds = identity === "log" ? accountIdsOf(messages, context) : [];
      const tally = await ledger.open(holder.project.id, accountIds);
      return {
        identify(message, merged) {
          const accountId = message.groupId || String(merged.groupId ?? "");
          const isSigned = isProved(proofs.get(merged.token) ?? null, message.userId, accountId);
          if (accountId !== "") tally.count(accountId, isSigned ? "signed" : "unsigned");
          if (isSigned) return "trusted";
          if (identity !== "log") return "refused";
          return tally.isProtected(accountId) ? "uncounted" : "unverified";
        },
        record: () => tally.write(),
      };
    },
  };
}

function tokenOf(raw: unknown): unknown {
  return (raw as { context?: { token?: unknown } } | null)?.context?.token;
}

/** The accounts that the messages may name. */
function accountIdsOf(messages: unknown[], context: Record<string, unknown>): string[] {
  const named = messages.map((raw) => {
    const message = raw as { groupId?: unknown; context?: { groupId?: unknown } | null } | null;
    return message?.groupId || message?.context?.groupId || context.groupId;
  });
  return [...new Set(named)].filter((id) => typeof id === "string" && id !== "") as string[];
}

/** Nobody need prove to be nobody; a user must be the token's, an account one of the token's. */
function isProved(claims: Claims | null, userId: string, accountId: string): boolean {
  if (userId === "" && accountId === "") return true;
  if (!claims || (userId !== "" && claims.sub !== userId)) return false;
  return accountId === "" || [claims.account].flat().includes(accountId);
}
