import type { FC } from "hono/jsx";
import type { RejectedRow } from "../../quarantine/queries.ts";
import { toReason } from "../../quarantine/reasons.ts";
import type { ReplayedMany } from "../../quarantine/replay-many.ts";
import { toCount, toQuery, toWhole } from "../format.ts";
import { Choice } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Result } from "../ui/notice.tsx";
import { Empty, PageHead, When } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { DATA_TABS } from "./tabs.ts";

interface RejectedProps {
  rows: RejectedRow[];
  counts: { code: string; count: number; waiting: number }[];
  code: string;
  /** Id to go on from; null on the last page. */
  next: string | null;
  canReplay: boolean;
  /** What became of a replay that just was; null: there was none. */
  replayed: ReplayedMany | null;
}

const PATH = "/dashboard/data/rejected";
const ONE_FORM = "replay-one";

/** What could not be stored, why, and another try. */
export const RejectedPage: FC<RejectedProps> = (props) => {
  const { rows, counts, code, next, canReplay, replayed } = props;
  const waiting = counts
    .filter((one) => code === "" || one.code === code)
    .reduce((sum, one) => sum + one.waiting, 0);
  const { remedy } = toReason(code);
  return (
    <>
      <PageHead
        title="Rejected"
        note="Messages that could not be stored, with the reason. Once the cause is gone, send them through again: what was stored meanwhile is not stored twice."
      />
      <Tabs label="Data" tabs={DATA_TABS} current={PATH} />
      {replayed && <ReplayNotice replayed={replayed} code={code} />}
      <section class="panel" aria-label="Rejected messages">
        {counts.length > 0 && (
          <form class="filters" method="get" action={PATH}>
            <Choice
              name="code"
              label="Reason"
              value={code}
              words={toChoices(counts, code)}
              input={{ "data-send": true }}
            />
            <div class="buttons">
              <button type="submit">Filter</button>
            </div>
          </form>
        )}
        {code !== "" && remedy && <p class="soft">{remedy}</p>}
        {rows.length === 0 ? (
          <NothingHere isAll={counts.length === 0} />
        ) : (
          <form method="post" action={`${PATH}/replay`}>
            <input type="hidden" name="code" value={code} />
            <ul class="list">
              {rows.map((row) => (
                <RejectedItem row={row} canReplay={canReplay} />
              ))}
            </ul>
            {canReplay && waiting > 0 && (
              <div class="row save">
                <button type="submit" name="what" value="chosen">
                  Replay the chosen
                </button>
                <button type="submit" name="what" value="all">
                  {sayAll(waiting, code)}
                </button>
              </div>
            )}
          </form>
        )}
        {/* The buttons of single rows belong here: Enter on a box must mean the chosen ones. */}
        <form method="post" action={`${PATH}/replay`} id={ONE_FORM}>
          <input type="hidden" name="code" value={code} />
        </form>
        {next && (
          <div class="pages">
            <span />
            <nav aria-label="Pages">
              <a class="button" rel="next" href={`${PATH}${toQuery({ code, before: next })}`}>
                Older
              </a>
            </nav>
          </div>
        )}
      </section>
    </>
  );
};

/** The reasons there are, and the one that is looked at, also once nothing has it any more. */
function toChoices(counts: RejectedProps["counts"], code: string): Record<string, string> {
  const gone = code === "" || counts.some((one) => one.code === code) ? [] : [{ code, count: 0 }];
  return {
    "": "All reasons",
    ...Object.fromEntries(
      [...counts, ...gone].map((one) => [
        one.code,
        `${toReason(one.code).words} (${toWhole(one.count)})`,
      ]),
    ),
  };
}

/** @param isAll - nothing is kept here at all, for whatever reason */
const NothingHere: FC<{ isAll: boolean }> = ({ isAll }) =>
  isAll ? (
    <Empty title="Nothing was rejected" icon="check">
      Every message that reached the collector was stored.
    </Empty>
  ) : (
    <Empty title="None here" icon="inbox">
      Nothing is kept here now. <a href={PATH}>All reasons</a>
    </Empty>
  );

/** @param code - the reason that is looked at; empty: any */
function sayAll(waiting: number, code: string): string {
  if (waiting === 1) return "Replay the one that waits";
  const all = `Replay all ${toWhole(waiting)}`;
  return code === "" ? `${all} that wait` : `${all} of this reason`;
}

const RejectedItem: FC<{ row: RejectedRow; canReplay: boolean }> = ({ row, canReplay }) => {
  const name = row.messageId ?? row.id;
  const words = <strong>{toReason(row.code).words}</strong>;
  return (
    <li class="stack tight" id={`rejected-${row.id}`}>
      <div class="row apart">
        <span class="row">
          {canReplay && !row.replayedAt ? (
            <label class="check">
              <input type="checkbox" name="ids" value={row.id} />
              {words}
              <span class="hidden-text">in message {name}</span>
            </label>
          ) : (
            words
          )}
          <code class="tag">{row.code}</code>
          <span class="soft small">
            <When at={row.receivedAt} />
            {row.messageId && (
              <>
                , message <code>{row.messageId}</code>
              </>
            )}
          </span>
        </span>
        {row.replayedAt ? (
          <span class="status-line ok small">
            <Icon name="check" />
            <span>
              Replayed <When at={row.replayedAt} />
            </span>
          </span>
        ) : (
          canReplay && (
            <button
              type="submit"
              form={ONE_FORM}
              name="one"
              value={row.id}
              aria-label={`Replay ${name}`}
            >
              Replay
            </button>
          )
        )}
      </div>
      <p>{row.detail}</p>
      <details>
        <summary class="small">The message as it came</summary>
        <pre>{row.payload}</pre>
      </details>
    </li>
  );
};

const ReplayNotice: FC<{ replayed: ReplayedMany; code: string }> = ({ replayed, code }) => {
  const { stored, duplicates, rejected, missing, remaining, next } = replayed;
  const again = rejected.reduce((sum, { count }) => sum + count, 0);
  const parts = [
    `${toCount(stored, "message")} stored`,
    duplicates > 0 && `${toWhole(duplicates)} stored before`,
    missing > 0 && `${toWhole(missing)} replayed before`,
  ].filter(Boolean);
  return (
    <Result kind={again > 0 ? "warn" : "good"}>
      <p>{parts.join(", ")}.</p>
      {again > 0 && (
        <>
          <p>Still rejected: {toWhole(again)}, and kept.</p>
          <ul>
            {rejected.map(({ code: one, detail, count }) => (
              <li>
                {toReason(one).words}: {detail}
                {count > 1 && ` (${toWhole(count)} times)`}
              </li>
            ))}
          </ul>
        </>
      )}
      {next && (
        <form method="post" action={`${PATH}/replay`} class="row">
          <input type="hidden" name="code" value={code} />
          <input type="hidden" name="after" value={next} />
          <span>{toCount(remaining, "message")} not tried yet.</span>
          <button type="submit" name="what" value="all">
            Go on
          </button>
        </form>
      )}
    </Result>
  );
};
