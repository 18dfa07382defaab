import type { FC } from "hono/jsx";
import type { Playbook } from "../../playbooks/default-playbooks.ts";
import { Faulty, type FieldFault } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Empty, PageHead, Panel, When } from "../ui/parts.tsx";
import { toRoleWords } from "./alert-view.ts";
import type { Field } from "./parse-rule.ts";
import { PlaybookFields } from "./playbook-fields.tsx";
import { playbookHref } from "./playbooks-page.tsx";
import type { ExampleAccount } from "./queries.ts";
import type { PlaybookPreview } from "./read-playbook-preview.ts";

interface PlaybookProps {
  /** Null for a new one. */
  known: (Playbook & { isOwn: boolean }) | null;
  fields: Field;
  /** Of what is previewed. */
  faults: FieldFault[];
  /** Why it was not saved. */
  refused: FieldFault[];
  accounts: ExampleAccount[];
  preview: PlaybookPreview | null;
  canChange: boolean;
}

/** One playbook, beside what it would say about a real account. */
export const PlaybookPage: FC<PlaybookProps> = (props) => {
  const { known, fields, faults, refused, accounts, preview, canChange } = props;
  const path = known ? playbookHref(known.key) : "/dashboard/alerts/playbooks/new";
  return (
    <>
      <p class="crumb">
        <a href="/dashboard/alerts/playbooks">Playbooks</a>
      </p>
      <PageHead
        title={known?.name ?? "New playbook"}
        note={known && !known.isOwn ? "Built in; saving makes it yours." : ""}
      >
        {known?.isOwn && canChange && (
          <form method="post" action={`${path}/remove`}>
            <button type="submit" class="danger">
              Delete
            </button>
          </form>
        )}
      </PageHead>
      <div class="columns even">
        <Panel title="The playbook">
          <Faulty faults={refused}>
            <form method="get" action={path} class="stack" data-trial="#preview">
              <PlaybookFields fields={fields} />
              <div class="field">
                <label for="account">Show it for</label>
                <select id="account" name="account">
                  {accounts.map(({ accountId, name }) => (
                    <option value={accountId} selected={accountId === preview?.account.accountId}>
                      {name ?? accountId}
                    </option>
                  ))}
                </select>
              </div>
              <div class="row">
                <button type="submit" name="preview" value="1">
                  Preview
                </button>
                {canChange && (
                  <button
                    type="submit"
                    class="primary"
                    formmethod="post"
                    formaction={known ? path : "/dashboard/alerts/playbooks"}
                  >
                    Save
                  </button>
                )}
              </div>
            </form>
          </Faulty>
        </Panel>
        <div id="preview" class="stack" aria-live="polite">
          {faults.length > 0 && (
            <Notice kind="bad">
              {faults.map(({ message }) => (
                <p>{message}</p>
              ))}
            </Notice>
          )}
          <PreviewPanel preview={preview} />
        </div>
      </div>
    </>
  );
};

const PreviewPanel: FC<{ preview: PlaybookPreview | null }> = ({ preview }) => {
  if (!preview) {
    return (
      <Panel title="For a real account">
        <Empty title="No account to show it for" icon="people">
          As soon as an account has a score, its numbers are filled in here.
        </Empty>
      </Panel>
    );
  }
  const { account, filled, pause } = preview;
  return (
    <Panel
      title={`For ${account.name ?? account.accountId}`}
      note={
        <>
          due <When at={filled.dueAt} />, {toRoleWords(filled.ownerRole)}
        </>
      }
    >
      <div class="stack">
        <ol class="steps">
          {pause && (
            <li>
              <strong>{pause}</strong>
            </li>
          )}
          {filled.steps.map((step) => (
            <li>
              <span>{step}</span>
            </li>
          ))}
        </ol>
        <pre>{filled.message}</pre>
      </div>
    </Panel>
  );
};
