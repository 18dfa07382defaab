import { type Logger, pino } from "pino";

export type { Logger };

/** JSON lines on standard output. Keys, secrets and people's addresses never reach it. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    redact: {
      paths: [
        "authorization",
        "cookie",
        "secret",
        "email",
        "*.authorization",
        "*.secret",
        "*.email",
      ],
      censor: "[redacted]",
    },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}
