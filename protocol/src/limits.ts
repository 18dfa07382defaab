/** The bounds of the wire: the SDK stays inside them, the collector enforces them. */

/** Largest request body in bytes, on the wire and again after inflation. */
export const MAX_BODY_BYTES = 512_000;
/** Most messages in one batch. */
export const MAX_BATCH_MESSAGES = 1_000;
/** Largest single message in bytes of its JSON text. */
export const MAX_MESSAGE_BYTES = 32_768;
/** Deepest nesting of properties, traits or context; the object itself is level 1. */
export const MAX_DEPTH = 8;
/** Most keys in one properties or traits object. */
export const MAX_PROPERTIES = 100;
/** Longest event name, feature key, task or milestone, in UTF-16 code units. */
export const MAX_NAME_LENGTH = 200;
/** Longest user, anonymous, account or message id, in UTF-16 code units. */
export const MAX_ID_LENGTH = 200;
/** Largest body that a browser lets leave a closing page, with room for headers, in bytes. */
export const MAX_BEACON_BYTES = 60_000;
/** A session ends after this long without an event, in milliseconds. */
export const SESSION_IDLE_MS = 30 * 60_000;
/** A session never lasts longer than this, in milliseconds. */
export const SESSION_MAX_MS = 24 * 60 * 60_000;
/** Largest webhook body in bytes. */
export const MAX_WEBHOOK_BYTES = 20_000;
