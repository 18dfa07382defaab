/**
 * Where a person's data lies. A test compares this list with the database, so that a new table
 * with a person in it can't be forgotten.
 */
export interface PersonalTable {
  table: string;
  /** Columns that name the person, as a user or as an anonymous visitor. */
  userColumn: string | null;
  visitorColumn: string | null;
  /** What erasing does: remove the rows, or take the name out where the row is about the account. */
  erasure: "delete" | "unname";
}

export const PERSONAL_TABLES: readonly PersonalTable[] = [
  { table: "events", userColumn: "user_id", visitorColumn: "anonymous_id", erasure: "delete" },
  { table: "daily_usage", userColumn: "user_id", visitorColumn: null, erasure: "delete" },
  { table: "sessions", userColumn: "user_id", visitorColumn: null, erasure: "delete" },
  { table: "milestones_reached", userColumn: "user_id", visitorColumn: null, erasure: "unname" },
  {
    table: "prompt_impressions",
    userColumn: "user_id",
    visitorColumn: "anonymous_id",
    erasure: "delete",
  },
  { table: "survey_responses", userColumn: "user_id", visitorColumn: null, erasure: "delete" },
  { table: "requests", userColumn: "user_id", visitorColumn: null, erasure: "delete" },
  { table: "contacts", userColumn: "user_id", visitorColumn: null, erasure: "unname" },
  {
    table: "user_aliases",
    userColumn: "user_id",
    visitorColumn: "anonymous_id",
    erasure: "delete",
  },
  { table: "users", userColumn: "user_id", visitorColumn: null, erasure: "delete" },
];

/** Tables whose columns of these names mean somebody else than a user of an account. */
export const NOT_PERSONAL: readonly string[] = [];
