import type { FC } from "hono/jsx";
import type { Playbook } from "../../playbooks/default-playbooks.ts";
import { toCount } from "../format.ts";
import { PageHead, Panel, When } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { toRoleWords } from "./alert-view.ts";
import { PATTERN_WORDS } from "./parse-playbook.ts";
import type { BudgetRow } from "./queries.ts";
import { toSpan } from "./rules-page.tsx";
import { ALERT_TABS } from "./tabs.ts";

const PLAYBOOKS_PATH = "/dashboard/alerts/playbooks";

export const playbookHref = (key: string): string => `${PLAYBOOKS_PATH}/${encodeURIComponent(key)}`;

interface PlaybooksProps {
  playbooks: (Playbook & { isOwn: boolean })[];
  /** Points of contact an account a week; 0: no limit. */
  budget: number;
  spent: BudgetRow[];
  canChange: boolean;
}

/** What to do when an alert opens, and how often anybody may be asked. */
export const PlaybooksPage: FC<PlaybooksProps> = ({ playbooks, budget, spent, canChange }) => (
  <>
    <PageHead
      title="Playbooks"
      note="What to do when an alert opens: the steps, whose turn it is, and a message to start from."
    >
      {canChange && (
        <a class="button primary" href={`${PLAYBOOKS_PATH}/new`}>
          New playbook
        </a>
      )}
    </PageHead>
    <Tabs label="Alerts" tabs={ALERT_TABS} current={PLAYBOOKS_PATH} />
    <div class="stack">
      <div class="columns wide-cards">
        {playbooks.map((playbook) => (
          <PlaybookCard playbook={playbook} />
        ))}
      </div>
      <BudgetPanel budget={budget} spent={spent} />
    </div>
  </>
);

const PlaybookCard: FC<{ playbook: Playbook & { isOwn: boolean } }> = ({ playbook }) => (
  <section class="panel playbook" aria-label={playbook.name}>
    <header>
      <h2>
        <a href={playbookHref(playbook.key)}>{playbook.name}</a>
      </h2>
      <span class="tag">{playbook.isOwn ? "Yours" : "Built in"}</span>
    </header>
    <p class="soft small">
      {playbook.pattern
        ? `Chosen when ${PATTERN_WORDS[playbook.pattern]}`
        : "Chosen by rules that name it"}
      , for the {toRoleWords(playbook.ownerRole)}, first step within {toSpan(playbook.dueHours)}.
    </p>
    <ol class="steps">
      {playbook.steps.map((step) => (
        <li>
          <span>{step}</span>
        </li>
      ))}
    </ol>
  </section>
);

const BudgetPanel: FC<{ budget: number; spent: BudgetRow[] }> = ({ budget, spent }) => (
  <Panel
    title="Contact budget"
    id="budget"
    note={budget === 0 ? "no limit in this project" : `${budget} points an account a week`}
  >
    <p class="soft">
      {budget === 0
        ? "Nothing keeps prompts and calls from piling up on one account."
        : "A prompt in the product costs 1 point, a person who gets in touch 3. An account whose budget is used up is asked nothing, and a new alert about it says to wait. For 3 days after somebody got in touch, the product asks nothing."}{" "}
      Set <code>contactsPerAccountWeek</code> with <code>PATCH /v1/project</code>.
    </p>
    {spent.length === 0 ? (
      <p class="soft">Nobody was contacted in the last 7 days.</p>
    ) : (
      <>
        <p class="soft small">Asked most in the last 7 days</p>
        <Table
          label="Contacts of the last 7 days"
          rows={spent}
          columns={[
            {
              head: "Account",
              class: "name-cell",
              cell: ({ accountId, name }) => (
                <a href={`/dashboard/accounts/${encodeURIComponent(accountId)}`}>
                  {name ?? accountId}
                </a>
              ),
            },
            {
              head: "Used",
              kind: "number",
              cell: (row) =>
                budget === 0 ? toCount(row.spent, "point") : `${row.spent} of ${budget}`,
            },
            { head: "Last contact", cell: ({ lastAt }) => <When at={lastAt} /> },
          ]}
        />
      </>
    )}
  </Panel>
);
