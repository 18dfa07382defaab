import type { FC } from "hono/jsx";
import type { KeyKind } from "../../projects/key.ts";
import { Choice, Faulty, type FieldFault, TextField } from "../ui/field.tsx";
import { Result } from "../ui/notice.tsx";
import { PageHead, Panel, When } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { DATA_TABS } from "./tabs.ts";

/** A key as it may be shown. */
export interface KeyRow {
  id: string;
  kind: KeyKind;
  name: string;
  prefix: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

const WORDS: Record<KeyKind, string> = { write: "Write (public)", secret: "Secret" };

/** The keys that open the project. */
export const KeysPage: FC<{
  keys: KeyRow[];
  canChange: boolean;
  created: string | null;
  /** The key that the new one stands in for. */
  replaced: string | null;
  draft: { kind: KeyKind; name: string };
  faults: FieldFault[];
}> = ({ keys, canChange, created, replaced, draft, faults }) => (
  <Faulty faults={faults}>
    <PageHead
      title="Keys"
      note="A write key may only send events and stands in your pages; a secret key reads and changes everything here."
    />
    <Tabs label="Data" tabs={DATA_TABS} current="/dashboard/data/keys" />
    {created && (
      <Result kind="good">
        <p>The new key, shown this once:</p>
        <pre id="key">{created}</pre>
        {replaced && (
          <p>
            <code>{replaced}</code> works on beside it: put the new one everywhere, then revoke the
            old one.
          </p>
        )}
      </Result>
    )}
    <div class="stack">
      <section class="panel" aria-label="Keys">
        <Table
          label="Keys"
          rows={keys}
          columns={[
            { head: "Key", cell: ({ prefix }) => <code>{prefix}…</code> },
            { head: "Kind", cell: ({ kind }) => WORDS[kind] },
            { head: "Name", cell: ({ name }) => name },
            { head: "Made", cell: ({ createdAt }) => <When at={createdAt} /> },
            {
              head: "Last used",
              cell: ({ lastUsedAt }) => (lastUsedAt ? <When at={lastUsedAt} /> : "never"),
            },
            { head: "State", cell: (row) => <KeyState row={row} canChange={canChange} /> },
          ]}
        />
      </section>
      {canChange && (
        <Panel title="New key">
          <form method="post" action="/dashboard/data/keys" class="inline-form">
            <Choice name="kind" label="Kind" value={draft.kind} words={WORDS} />
            <TextField
              name="name"
              label="What it is for"
              value={draft.name}
              input={{ required: true, maxlength: 80 }}
            />
            <button type="submit" class="primary">
              Make a key
            </button>
          </form>
        </Panel>
      )}
    </div>
  </Faulty>
);

const KeyState: FC<{ row: KeyRow; canChange: boolean }> = ({ row, canChange }) => {
  const { id, prefix, revokedAt } = row;
  if (revokedAt) {
    return (
      <span class="soft">
        revoked <When at={revokedAt} />
      </span>
    );
  }
  if (!canChange) return "active";
  return (
    <span class="row tight">
      <form method="post" action={`/dashboard/data/keys/${id}/rotate`}>
        <button type="submit" aria-label={`Replace ${prefix}…`}>
          Replace
        </button>
      </form>
      <form method="post" action={`/dashboard/data/keys/${id}/revoke`}>
        <button type="submit" class="danger" aria-label={`Revoke ${prefix}…`}>
          Revoke
        </button>
      </form>
    </span>
  );
};
