import { verify } from "hono/jwt";
import type { Db, SqlQueryable } from "../db/client.ts";
import type { ProofCounts } from "../identity/proof-counts.ts";
import { createProofLedger } from "../identity/proof-ledger.ts";
import { findIdentitySecret } from "../projects/identity-secret.ts";
import type { KeyHolder } from "../projects/queries.ts";
import { readSettings } from "../projects/settings.ts";
import { createSecretBox } from "../webhooks/secret-box.ts";
import { findAccountId, findAccountIds } from "./account-id.ts";
import { type BatchProofs, type Claims, isProved } from "./batch-proofs.ts";

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
  /** The pools of ingestion: slow reports take none of their connections. */
  database: { keyDb: Db; ingestSql: SqlQueryable };
  appSecret: string;
  clock: () => number;
  proofCounts?: ProofCounts;
}

/** A proof lives for an hour at most, so that a stolen one is soon worth nothing. */
const MAX_LIFETIME_S = 3_600;
const LEEWAY_S = 60;
const SECRET_FRESH_MS = 10_000;
/** How old the secret may be that refuses a proof: it could be of a newer one. */
const REFUSING_FRESH_MS = 1_000;
const MAX_TOKEN_LENGTH = 4_096;

/** Verifies JWTs signed with a project's identity secret: HS256 and nothing else. */
export function createIdentityVerifier(deps: VerifierDeps): IdentityVerifier {
  const box = createSecretBox(deps.appSecret);
  const ledger = createProofLedger(deps.database.ingestSql, deps.clock);
  const { proofCounts } = deps;
  const secrets = new Map<string, { secret: string | null; readAt: number }>();

  async function getSecret(projectId: string, freshMs: number): Promise<string | null> {
    const known = secrets.get(projectId);
    if (known && known.readAt + freshMs > deps.clock()) return known.secret;
    const secret = await findIdentitySecret(deps.database.keyDb, box, projectId);
    secrets.set(projectId, { secret, readAt: deps.clock() });
    return secret;
  }

  async function readProof(token: string, projectId: string): Promise<Claims | null> {
    const secret = await getSecret(projectId, SECRET_FRESH_MS);
    const claims = secret ? await readClaims(token, secret) : null;
    if (claims) return claims;
    const newest = await getSecret(projectId, REFUSING_FRESH_MS);
    return newest && newest !== secret ? readClaims(token, newest) : null;
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
      const projectId = holder.project.id;
      const proofs = new Map<unknown, Claims | null>();
      const tokenOf = (raw: unknown) => findToken(raw, context);
      for (const token of new Set([context.token, ...messages.map(tokenOf)])) {
        const isText = typeof token === "string" && token.length <= MAX_TOKEN_LENGTH;
        proofs.set(token, isText ? await readProof(token, projectId) : null);
      }
      if (identity === "log") await ledger.load(projectId, findAccountIds(messages, context));
      return {
        identify(message, merged) {
          const accountId = findAccountId(message.groupId, merged);
          const isSigned = isProved(proofs.get(merged.token) ?? null, message.userId, accountId);
          if (isSigned && accountId !== "") ledger.protect(projectId, accountId);
          if (isSigned) return "trusted";
          if (identity !== "log") return "refused";
          return ledger.isProtected(projectId, accountId) ? "uncounted" : "unverified";
        },
        claimsOf: (raw) => proofs.get(tokenOf(raw)) ?? null,
        note({ accountId, proof }) {
          if (accountId !== "" && proof) proofCounts?.note(projectId, accountId, proof);
        },
      };
    },
  };
}

/** The proof that goes with a message, unchecked: its own, else the batch's. */
function findToken(raw: unknown, context: Record<string, unknown>): unknown {
  const own = (raw as { context?: unknown } | null)?.context;
  const isOwn = typeof own === "object" && own !== null && "token" in own;
  return isOwn ? own.token : context.token;
}
