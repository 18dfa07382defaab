/** One fault of a request, in the terms of RFC 9457 and RFC 6901. */
export interface ProblemError {
  /** JSON pointer to the faulty place, for instance `/batch/3/event`. */
  pointer: string;
  /** What is wrong there and what would be right. */
  detail: string;
}

/** `application/problem+json` (RFC 9457). */
export interface ProblemDocument {
  /** Stable URI of the kind of problem, documented under `/docs`. */
  type: string;
  title: string;
  status: number;
  detail?: string;
  /** The id of the request, also in the log. */
  instance?: string;
  errors?: ProblemError[];
}
