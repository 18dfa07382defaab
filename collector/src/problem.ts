import type { ProblemDocument, ProblemError } from "@telltale/protocol";

/** Kinds of problem: the end of the stable `type` URI, its status and title. */
const KINDS = {
  "invalid-request": { status: 400, title: "The request is not valid" },
  unauthenticated: { status: 401, title: "A valid key is needed" },
  forbidden: { status: 403, title: "This key may not do that" },
  "not-found": { status: 404, title: "There is no such thing here" },
  "method-not-allowed": { status: 405, title: "This path does not take that method" },
  conflict: { status: 409, title: "The request conflicts with the present state" },
  "too-large": { status: 413, title: "The request is too large" },
  "unsupported-media-type": { status: 415, title: "This encoding or media type is not taken" },
  "too-many-requests": { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "Something went wrong on our side" },
  unavailable: { status: 503, title: "Not available at the moment" },
} as const;

export type ProblemKind = keyof typeof KINDS;
export type ProblemStatus = (typeof KINDS)[ProblemKind]["status"];

interface ProblemOptions {
  errors?: ProblemError[];
  /** Seconds after which a retry makes sense; sent as `Retry-After`. */
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** What a verb throws when a request can't be served. `app.onError` alone turns it into HTTP. */
export class Problem extends Error {
  override name = "Problem";
  readonly kind: ProblemKind;
  readonly status: ProblemStatus;
  readonly errors: ProblemError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(kind: ProblemKind, detail: string, options: ProblemOptions = {}) {
    super(detail, { cause: options.cause });
    this.kind = kind;
    this.status = KINDS[kind].status;
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  /** @param instance - the id of the request */
  toDocument(instance: string): ProblemDocument {
    return {
      type: `/docs/problems#${this.kind}`,
      title: KINDS[this.kind].title,
      status: this.status,
      detail: this.message,
      instance,
      ...(this.errors.length > 0 && { errors: this.errors }),
    };
  }
}

/** A key that nobody holds, or a signature that fits nothing: it may have been a guess. */
export class WrongKey extends Problem {
  constructor(detail = "This key is unknown or was revoked.") {
    super("unauthenticated", detail);
  }
}

/** All kinds, for the documentation. */
export const PROBLEM_KINDS = Object.entries(KINDS).map(([kind, { status, title }]) => ({
  kind,
  status,
  title,
}));
