import type { FC } from "hono/jsx";
import type { DryRun, WouldHaveFired } from "../../alerts/dry-run.ts";
import { estimateShare } from "../../surveys/intervals.ts";
import { toCount, toTenth, toWhole } from "../format.ts";
import { Day, Empty, Panel } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";

const SHOWN = 25;

interface DryRunProps {
  run: DryRun;
  /** What turning it on is sent to; null for who may not, and for a rule that is on already. */
  enablePath: string | null;
  mark: string;
}

/** What a rule would have done in the past, before it does anything. */
export const DryRunPanel: FC<DryRunProps> = ({ run, enablePath, mark }) => (
  <Panel
    title={
      run.fired === 0 ? "It would have told nobody" : `${toCount(run.fired, "alert")} in the past`
    }
    id="dry-run"
    note={
      <>
        <Day at={run.from} /> to <Day at={run.to} />, nothing was written
      </>
    }
  >
    <div class="stack">
      {run.fired === 0 ? (
        <Empty title="No account met it" icon="bell">
          Ask for less, or for a longer time. Scores have to exist for the days that are looked at.
        </Empty>
      ) : (
        <DryRunFigures run={run} />
      )}
      {enablePath && (
        <div class="row">
          <input type="hidden" name="tried" value={mark} form="rule" />
          <button
            type="submit"
            form="rule"
            formmethod="post"
            formaction={enablePath}
            name="enable"
            value="1"
            class="primary"
          >
            Save and turn on
          </button>
          <span class="soft small">as it was tried here, from now on</span>
        </div>
      )}
      {run.alerts.length > 0 && <WouldHaveTable alerts={run.alerts} />}
    </div>
  </Panel>
);

const DryRunFigures: FC<{ run: DryRun }> = ({ run }) => {
  const share = estimateShare(run.followedByChurn, run.fired);
  return (
    <dl class="facts">
      <dt>How often</dt>
      <dd>
        <strong>{toWhole(run.fired)}</strong> times for{" "}
        <strong>{toCount(run.accounts, "account")}</strong>, {toTenth(run.alertsPerWeek)} a week
      </dd>
      <dt>Followed by leaving</dt>
      <dd>
        <strong>{run.followedByChurn}</strong> of {toWhole(run.fired)} ({toWhole(share.value)} %, 95
        % interval {toWhole(share.low)} to {toWhole(share.high)} %)
      </dd>
      <dt>Followed by renewing</dt>
      <dd>
        <strong>{run.followedByRenewal}</strong>
      </dd>
      <dt>Caught in time</dt>
      <dd>
        {run.churns === 0 ? (
          <span class="soft">nobody left in these months</span>
        ) : (
          <>
            <strong>{run.churnsCaught}</strong> of the {toCount(run.churns, "account")} that left
          </>
        )}
      </dd>
      <dt>Lead time</dt>
      <dd>
        {run.medianLeadDays === null ? (
          <span class="soft">unknown: no alert was followed by leaving</span>
        ) : (
          <>
            <strong>{toCount(run.medianLeadDays, "day")}</strong>, the median
          </>
        )}
      </dd>
    </dl>
  );
};

function toWhatFollowed({ churnedOn, leadDays, renewedOn }: WouldHaveFired): string {
  if (churnedOn) return `left ${toCount(leadDays ?? 0, "day")} later`;
  return renewedOn ? "renewed" : "–";
}

const WouldHaveTable: FC<{ alerts: WouldHaveFired[] }> = ({ alerts }) => (
  <Table
    label="Alerts that would have been"
    caption={alerts.length > SHOWN ? `The newest ${SHOWN} of ${alerts.length}` : "Newest first"}
    rows={alerts.slice(0, SHOWN)}
    columns={[
      {
        head: "Account",
        class: "name-cell",
        cell: ({ accountId, accountName }) => (
          <a href={`/dashboard/accounts/${encodeURIComponent(accountId)}`}>
            {accountName ?? accountId}
          </a>
        ),
      },
      { head: "Told on", cell: ({ firedOn }) => <Day at={firedOn} /> },
      {
        head: "Over on",
        cell: ({ resolvedOn }) => (resolvedOn ? <Day at={resolvedOn} /> : "still on"),
      },
      { head: "What followed", cell: toWhatFollowed },
    ]}
  />
);
