import type { FC } from "hono/jsx";
import type { KeyKind } from "../../projects/key.ts";
import { Choice, Faulty, type FieldFault, TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { PageHead, Panel, Scroll, When } from "../ui/parts.tsx";
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
      <Notice kind="good">
        <p>The new key, shown this once:</p>
        <pre id="key">{created}</pre>
        {replaced && (
          <p>
            <code>{replaced}</code> works on beside it: put the new one everywhere, then revoke the
            old one.
          </p>
        )}
      </Notice>
    )}
    <div class="stack">
      <section class="panel" aria-label="Keys">
        <Scroll label="Keys">
          <table>
            <thead>
              <tr>
                <th scope="col">Key</th>
                <th scope="col">Kind</th>
                <th scope="col">Name</th>
                <th scope="col">Made</th>
                <th scope="col">Last used</th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              {keys.map((key) => (
                <tr>
                  <th scope="row">
                    <code>{key.prefix}…</code>
                  </th>
                  <td>{WORDS[key.kind]}</td>
                  <td>{key.name}</td>
                  <td>
                    <When at={key.createdAt} />
                  </td>
                  <td>{key.lastUsedAt ? <When at={key.lastUsedAt} /> : "never"}</td>
                  <td>
                    {key.revokedAt ? (
                      <span class="soft">
                        revoked <When at={key.revokedAt} />
                      </span>
                    ) : canChange ? (
                      <span class="row tight">
                        <form method="post" action={`/dashboard/data/keys/${key.id}/rotate`}>
                          <button type="submit" aria-label={`Replace ${key.prefix}…`}>
                            Replace
                          </button>
                        </form>
                        <form method="post" action={`/dashboard/data/keys/${key.id}/revoke`}>
                          <button type="submit" class="danger" aria-label={`Revoke ${key.prefix}…`}>
                            Revoke
                          </button>
                        </form>
                      </span>
                    ) : (
                      "active"
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
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
