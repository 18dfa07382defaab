import type { FC } from "hono/jsx";
import { Panel, When } from "../ui/parts.tsx";
import { toPlan, toRoleWords } from "./alert-view.ts";
import type { AlertRow } from "./queries.ts";

/** What to do about an alert, step by step, and a message to start from. */
export const PlaybookPanel: FC<{ alert: AlertRow; canAct: boolean }> = ({ alert, canAct }) => {
  const { playbook, done, dueAt } = toPlan(alert);
  if (!playbook) {
    return (
      <Panel title="Playbook">
        <p class="soft">This alert has no playbook; look at the account's drivers.</p>
      </Panel>
    );
  }
  return (
    <Panel
      title={playbook.name}
      note={
        <>
          for the {toRoleWords(playbook.ownerRole)}
          {dueAt !== null && (
            <>
              , due <When at={dueAt} />
            </>
          )}
        </>
      }
    >
      <form method="post" action={`/dashboard/alerts/${alert.id}/steps`} class="stack">
        <fieldset disabled={!canAct}>
          <legend class="hidden-text">Steps that are done</legend>
          <ul class="list">
            {playbook.steps.map((step, at) => (
              <li>
                <label class="check">
                  <input type="checkbox" name={`step-${at}`} value="done" checked={done.has(at)} />
                  <span>{step}</span>
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        {canAct && (
          <div>
            <button type="submit">Save progress</button>
          </div>
        )}
      </form>
      <details>
        <summary>A message to start from</summary>
        <pre>{playbook.message}</pre>
      </details>
    </Panel>
  );
};
