import type { FC } from "hono/jsx";
import type { Playbook } from "../../playbooks/default-playbooks.ts";
import { TEMPLATE_NAMES } from "../../playbooks/fill-playbook.ts";
import { Notice } from "../ui/notice.tsx";
import { Empty, PageHead, Panel, When } from "../ui/parts.tsx";
import { toRoleWords } from "./alert-view.ts";
import { PATTERN_WORDS } from "./parse-playbook.ts";
import type { Field } from "./parse-rule.ts";
import { playbookHref } from "./playbooks-page.tsx";
import type { ExampleAccount } from "./queries.ts";
import type { PlaybookPreview } from "./read-playbook-preview.ts";

const ROLES = ["cs_lead", "product_manager", "support_lead", "account_manager"];

interface PlaybookProps {
  /** Null for a new one. */
  known: (Playbook & { isOwn: boolean }) | null;
  fields: Field;
  faults: string[];
  accounts: ExampleAccount[];
  preview: PlaybookPreview | null;
  canChange: boolean;
}

/** One playbook, beside what it would say about a real account. */
export const PlaybookPage: FC<PlaybookProps> = (props) => {
  const { known, fields, faults, accounts, preview, canChange } = props;
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
        </Panel>
        <div id="preview" class="stack" aria-live="polite">
          {faults.length > 0 && (
            <Notice kind="bad">
              {faults.map((fault) => (
                <p>{fault}</p>
              ))}
            </Notice>
          )}
          <PreviewPanel preview={preview} />
        </div>
      </div>
    </>
  );
};

const PlaybookFields: FC<{ fields: Field }> = ({ fields }) => (
  <>
    <div class="field">
      <label for="name">Name</label>
      <input id="name" name="name" required maxlength={200} value={fields("name")} />
    </div>
    <div class="fields">
      <div class="field">
        <label for="ownerRole">Whose turn it is</label>
        <input
          id="ownerRole"
          name="ownerRole"
          list="roles"
          required
          maxlength={100}
          value={fields("ownerRole")}
        />
        <datalist id="roles">
          {ROLES.map((role) => (
            <option value={role}>{toRoleWords(role)}</option>
          ))}
        </datalist>
      </div>
      <div class="field">
        <label for="dueHours">First step within</label>
        <span class="with-unit">
          <input
            id="dueHours"
            name="dueHours"
            type="number"
            min="0"
            max={8_760}
            step="any"
            required
            value={fields("dueHours")}
          />
          <span>hours</span>
        </span>
      </div>
    </div>
    <div class="field">
      <label for="steps">Steps</label>
      <textarea id="steps" name="steps" class="tall" required>
        {fields("steps")}
      </textarea>
      <span class="hint">One a line, at most 20; they are ticked off in the alert.</span>
    </div>
    <div class="field">
      <label for="message">A message to start from</label>
      <textarea id="message" name="message" class="tall" maxlength={4_000}>
        {fields("message")}
      </textarea>
      <span class="hint">
        Filled in:{" "}
        {TEMPLATE_NAMES.map((name) => (
          <>
            <code>{`{{ ${name} }}`}</code>{" "}
          </>
        ))}
      </span>
    </div>
    <div class="fields">
      <div class="field">
        <label for="pattern">Chosen when</label>
        <select id="pattern" name="pattern">
          <option value="">a rule names it</option>
          {Object.entries(PATTERN_WORDS).map(([pattern, words]) => (
            <option value={pattern} selected={fields("pattern") === pattern}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="exit">Ends by itself when</label>
        <select id="exit" name="exit">
          <option value="">the rule's condition is over</option>
          <option value="tier" selected={fields("exit") === "tier"}>
            … and the account is healthy
          </option>
          <option value="score" selected={fields("exit") === "score"}>
            … and the score is at least
          </option>
        </select>
      </div>
      <div class="field">
        <label for="exitScore">Score to end at</label>
        <input
          id="exitScore"
          name="exitScore"
          type="number"
          min="0"
          max="100"
          value={fields("exitScore")}
        />
        <span class="hint">only for “at least”</span>
      </div>
    </div>
  </>
);

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
