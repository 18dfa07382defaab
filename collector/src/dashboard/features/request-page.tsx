import type { FC } from "hono/jsx";
import type { FormFields } from "../form.ts";
import { AreaField, Faulty, type FieldFault, TextField } from "../ui/field.tsx";
import { PageHead, Panel } from "../ui/parts.tsx";

/** What an account asked for, as the form holds it. */
export interface RequestDraft {
  /** Id or name. */
  accountId: string;
  userId: string;
  text: string;
  source: string;
  /** With commas between. */
  tags: string;
  /** A calendar day; empty: today. */
  requestedAt: string;
}

/** The fields of the form as people read them. */
export const REQUEST_LABELS: Readonly<Record<string, string>> = {
  accountId: "The account",
  userId: "The user",
  text: "What they said",
  source: "Where it was said",
  tags: "A tag",
  requestedAt: "The day",
};

/** Reads the form. */
export const parseRequest = (field: FormFields): RequestDraft => ({
  accountId: field("accountId"),
  userId: field("userId"),
  text: field("text").replace(/\r\n?/g, "\n"),
  source: field("source"),
  tags: field("tags"),
  requestedAt: field("requestedAt"),
});

/** The tags of a text with commas between. */
export const toTags = (text: string): string[] =>
  text
    .split(",")
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");

/** What the form says; the schema has the last word on it. */
export const toRequestInput = (draft: RequestDraft): Record<string, unknown> => ({
  accountId: draft.accountId,
  text: draft.text,
  tags: toTags(draft.tags),
  ...(draft.userId !== "" && { userId: draft.userId }),
  ...(draft.source !== "" && { source: draft.source }),
  ...(draft.requestedAt !== "" && { requestedAt: draft.requestedAt }),
});

interface RequestPageProps {
  draft: RequestDraft;
  /** Tags that are used already. */
  tags: string[];
  faults: FieldFault[];
}

/** Writes down what somebody said in a call, a ticket or a corridor. */
export const RequestPage: FC<RequestPageProps> = ({ draft, tags, faults }) => (
  <Faulty faults={faults}>
    <p class="crumb">
      <a href="/dashboard/features/roadmap">What accounts ask for</a>
    </p>
    <PageHead
      title="Record a request"
      note="From a call, a ticket or a corridor: it counts on the roadmap by what the account is worth."
    />
    <Panel title="The request">
      <form method="post" action="/dashboard/features/roadmap/requests" class="form">
        <TextField
          name="accountId"
          label="Account"
          value={draft.accountId}
          hint="Its id or its whole name"
          input={{ required: true, maxlength: 500, autocomplete: "off" }}
        />
        <AreaField
          name="text"
          label="What they asked for, in their own words"
          value={draft.text}
          input={{ required: true, maxlength: 8_000 }}
        />
        <TextField
          name="tags"
          label="Tags, with commas between"
          value={draft.tags}
          hint={
            tags.length > 0
              ? `In use: ${tags.slice(0, 12).join(", ")}`
              : "In the words of your roadmap"
          }
          input={{ maxlength: 400, list: "known-tags", autocomplete: "off" }}
        />
        <div class="columns three">
          <TextField
            name="source"
            label="Where it was said"
            value={draft.source}
            input={{ maxlength: 100, placeholder: "call" }}
          />
          <TextField
            name="requestedAt"
            label="On"
            value={draft.requestedAt}
            hint="Empty: today"
            input={{ type: "date" }}
          />
          <TextField
            name="userId"
            label="By user (id)"
            value={draft.userId}
            hint="Optional"
            input={{ maxlength: 500, autocomplete: "off" }}
          />
        </div>
        <div class="row">
          <button type="submit" class="primary">
            Record it
          </button>
          <button type="submit" name="then" value="another">
            Record it, then another
          </button>
        </div>
        <datalist id="known-tags">
          {tags.map((tag) => (
            <option value={tag} />
          ))}
        </datalist>
      </form>
    </Panel>
  </Faulty>
);
