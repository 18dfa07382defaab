import type { RejectionCode } from "@telltale/protocol";

/** What a code of the quarantine means, and what to do about it. */
export interface Reason {
  words: string;
  remedy: string;
}

const FIELD = "Each message says which field it is; correct it where the message is made.";

const REASONS: Record<RejectionCode, Reason> = {
  invalid_type: {
    words: "Unknown type of message",
    remedy: "A message is a track, identify, group, page, screen or alias.",
  },
  missing_field: { words: "A field is missing", remedy: FIELD },
  invalid_field: { words: "A field has a value that can't be stored", remedy: FIELD },
  too_large: {
    words: "The message is too large",
    remedy: "At most 32 KB a message: leave out what no score needs.",
  },
  too_deep: {
    words: "Values are nested too deep",
    remedy: "Flatten the properties before you send them.",
  },
  invalid_timestamp: {
    words: "The time makes no sense",
    remedy: "Send ISO 8601, such as 2026-01-31T12:00:00Z, and look at the sender's clock.",
  },
  invalid_text: {
    words: "A text that no database can hold",
    remedy: "It has half a character or a zero byte: look at the sender's encoding.",
  },
  identity_unverified: {
    words: "Nobody proved who it is",
    remedy: "Your server signs a token, and the page hands it to identify(); or ask for none.",
  },
  user_erased: { words: "The person was erased", remedy: "It stays away, as was asked." },
  opted_out: { words: "The person opted out", remedy: "Nothing to do." },
  cardinality: {
    words: "Too many different names or accounts",
    remedy:
      "Put what differs into a property, not into the name; raise maxAccounts if the accounts are real.",
  },
};

/** A reason in words; a code that we have none for stays readable. */
export const toReason = (code: string): Reason =>
  Object.hasOwn(REASONS, code)
    ? REASONS[code as RejectionCode]
    : { words: code.replaceAll("_", " "), remedy: "" };
