import type { BatchResponse } from "@telltale/protocol";
import type { AppDeps } from "../app.ts";
import { keyOfBody, keyOfHeader, requireScope } from "../auth.ts";
import { resolveAddress } from "../client-address.ts";
import type { WrongKeyLimit } from "../limit-wrong-keys.ts";
import type { Metrics } from "../operations/metrics.ts";
import { Problem, WrongKey } from "../problem.ts";
import type { KeyHolder } from "../projects/queries.ts";
import type { NoteRequest } from "../request-log.ts";
import { rememberWakeRules } from "../surveys/remember-wake-rules.ts";
import { createTimeOrderedId } from "../time-ordered-id.ts";
import { toProblem } from "../to-problem.ts";
import { createTokenBuckets } from "../token-buckets.ts";
import { createBotDetector } from "./bots.ts";
import { type Envelope, openEnvelope } from "./envelope.ts";
import { limitRate } from "./limit-rate.ts";
import { checkOrigin } from "./origin.ts";
import { parseInstant } from "./parse-instant.ts";
import { readIngestBody } from "./read-body.ts";
import { recordBatch } from "./record-batch.ts";
import { findOldest, findProofRefusal, isOptedOut, refuseOptedOut } from "./refusals.ts";
import { createIdentityVerifier } from "./verify-identity.ts";

/** A request that brings messages, however it was read from the network. */
export interface IngestRequest {
  /** One of `INGEST_PATHS`. */
  path: string;
  /** The other end of the socket; null where there is none. */
  peer: string | null;
  /** @param name - in lower case */
  header(name: string): string | undefined;
  query(name: string): string | undefined;
  /** @throws {Problem} too-large, or invalid-request where the body ends too soon */
  readBody(): Promise<Buffer>;
}

/** Its answer, with all headers but those of the transport. */
export interface IngestAnswer {
  status: number;
  headers: { [name: string]: string };
  body: string;
}

/** Ingestion as HTTP: a request in, an answer out, faults included; it never rejects. */
export type IngestEndpoint = (request: IngestRequest) => Promise<IngestAnswer>;

export interface EndpointDeps extends AppDeps {
  metrics: Metrics;
  noteRequest: NoteRequest;
  wrongKeys: WrongKeyLimit;
}

/** Of the backlog; what is left is for requests that are being read. */
const FULL_SHARE = 0.5;

/** The library that our browser SDK names in its batches. */
const SDK_NAME = "@telltale/sdk";

function isFromOurSdk({ library }: Envelope["context"]): boolean {
  return (library as { name?: unknown } | undefined)?.name === SDK_NAME;
}

/** @throws {Problem} unauthenticated */
function requireKeyOf(body: unknown): string {
  const key = keyOfBody(body);
  if (key) return key;
  throw new Problem(
    "unauthenticated",
    "Send the write key in Basic auth, as writeKey in the body, or as ?writeKey=.",
  );
}

/** A page on another origin must be able to read what went wrong, and when to come back. */
const OPEN_HEADERS = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "retry-after",
  "x-content-type-options": "nosniff",
};

/** Everything between the network and the event writer: keys, origins, limits, consent, proofs. */
export function createIngestEndpoint(deps: EndpointDeps): IngestEndpoint {
  const { clock, keyRing, metrics, noteRequest, wrongKeys, trustedProxyHops = 0 } = deps;
  const buckets = createTokenBuckets();
  const isBot = createBotDetector();
  const identity = createIdentityVerifier(deps);
  const store = { eventWriter: deps.eventWriter, sql: deps.database.sql };

  const findWakeRules = rememberWakeRules({ db: deps.database.db, clock });

  /** Before the body is read, so that refusing costs no memory. */
  function refuseWhenCrowded(): void {
    if (deps.eventWriter.fillShare < FULL_SHARE) return;
    const detail = "The backlog is full; try again soon.";
    throw new Problem("unavailable", detail, { retryAfterSeconds: 1 });
  }

  /** Lets the holder of a key pass, if it may send from there, now. */
  function admit(
    holder: KeyHolder | null,
    request: IngestRequest,
    address: string | null,
  ): KeyHolder {
    if (!holder) throw new WrongKey();
    requireScope(holder, "ingest");
    checkOrigin(holder, request.header("origin"));
    limitRate(buckets, holder, address);
    return holder;
  }

  async function record(
    request: IngestRequest,
    address: string | null,
    fields: Record<string, unknown>,
  ): Promise<BatchResponse> {
    refuseWhenCrowded();
    const receivedAtMs = clock();
    // Who may not send, or not so much, is told so before the body costs anything.
    const outerKey = keyOfHeader(request.header("authorization")) ?? request.query("writeKey");
    const known = outerKey ? admit(await keyRing.find(outerKey), request, address) : null;
    const { value, suspicion } = await readIngestBody(request);
    const holder = known ?? admit(await keyRing.find(requireKeyOf(value)), request, address);
    const envelope = openEnvelope(request.path, value);
    const { messages, context } = envelope;
    if (isOptedOut(holder, request.header("sec-gpc"))) return refuseOptedOut(messages);
    const proofs = await identity.prepare(holder, messages, context);
    const recorded = await recordBatch(store, messages, {
      projectId: holder.project.id,
      receivedAtMs,
      sentAtMs: parseInstant(envelope.sentAt ?? "") ?? undefined,
      isImport: holder.kind === "secret",
      isBot: holder.kind === "write" && isBot(request.header("user-agent")),
      context,
      suspicion,
      oldestMs: findOldest(holder.project, receivedAtMs),
      ...(proofs && { proofs }),
    });
    metrics.countEvents(recorded);
    const comesAgain = isFromOurSdk(context) && proofs?.claimsOf(null) === null;
    const refusal = findProofRefusal(recorded, { comesAgain });
    // What a refused batch tells of events given up, it tells again.
    deps.arrivals?.note(holder.project.id, recorded, refusal ? {} : envelope.dropped);
    if (refusal) throw refusal;
    fields.projectId = holder.project.id;
    fields.accepted = recorded.accepted;
    fields.duplicates = recorded.duplicates;
    fields.rejected = recorded.rejected.length;
    if (Object.keys(envelope.dropped).length > 0) fields.dropped = envelope.dropped;
    if (!isFromOurSdk(context)) return recorded;
    // Its events are stored; what it may show is not worth failing for.
    const wake = await findWakeRules(holder.project.id).catch(() => null);
    return wake ? { ...recorded, wake } : recorded;
  }

  function toRefusal(error: unknown, requestId: string): IngestAnswer & { problem: Problem } {
    const problem = toProblem(error);
    if (problem.status >= 500) {
      deps.logger.error({ requestId, err: error }, "request failed");
    }
    const { status, retryAfterSeconds } = problem;
    const headers = {
      "content-type": "application/problem+json",
      ...OPEN_HEADERS,
      "x-request-id": requestId,
      ...(retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
    };
    return { status, headers, body: JSON.stringify(problem.toDocument(requestId)), problem };
  }

  return async (request) => {
    const startedAt = performance.now();
    const requestId = createTimeOrderedId();
    const { path: route, peer } = request;
    const forwarded = request.header("x-forwarded-for");
    const address = resolveAddress({ peer, forwarded, trustedProxyHops });
    const fields: Record<string, unknown> = {};
    let answer: IngestAnswer;
    try {
      wrongKeys.check(address);
      const recorded = await record(request, address, fields);
      const headers = {
        "content-type": "application/json",
        ...OPEN_HEADERS,
        "x-request-id": requestId,
      };
      answer = { status: 200, headers, body: JSON.stringify(recorded) };
    } catch (error) {
      const { problem, ...refusal } = toRefusal(error, requestId);
      fields.problem = problem.kind;
      answer = refusal;
      wrongKeys.note(address, problem);
    }
    const { status } = answer;
    noteRequest({ requestId, method: "POST", route, status, startedAt, fields });
    return answer;
  };
}
