import type { FC } from "hono/jsx";
import { toWhole } from "../format.ts";
import { Icon } from "../ui/icon.tsx";
import { Empty, PageHead, When } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import type { RejectedRow } from "./queries.ts";
import { DATA_TABS } from "./tabs.ts";

interface RejectedProps {
  rows: RejectedRow[];
  counts: { code: string; count: number; waiting: number }[];
  code: string;
  /** Id to go on from; null on the last page. */
  next: string | null;
  canReplay: boolean;
}

/** What could not be stored, why, and another try. */
export const RejectedPage: FC<RejectedProps> = ({ rows, counts, code, next, canReplay }) => (
  <>
    <PageHead
      title="Rejected"
      note="Messages that could not be stored, with the reason. Once the cause is gone, send them through again: what was stored meanwhile is not stored twice."
    />
    <Tabs label="Data" tabs={DATA_TABS} current="/dashboard/data/rejected" />
    <section class="panel" aria-label="Rejected messages">
      {counts.length > 0 && (
        <form class="filters" method="get" action="/dashboard/data/rejected">
          <div class="field">
            <label for="code">Reason</label>
            <select id="code" name="code" data-send>
              <option value="">All reasons</option>
              {counts.map((one) => (
                <option value={one.code} selected={one.code === code}>
                  {one.code} ({toWhole(one.count)})
                </option>
              ))}
            </select>
          </div>
          <div class="buttons">
            <button type="submit">Filter</button>
          </div>
        </form>
      )}
      {rows.length === 0 ? (
        <Empty title="Nothing was rejected" icon="check">
          Every message that reached the collector was stored.
        </Empty>
      ) : (
        <ul class="list">
          {rows.map((row) => (
            <li class="stack tight" id={`rejected-${row.id}`}>
              <div class="row apart">
                <span class="row">
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
                    <form method="post" action={`/dashboard/data/rejected/${row.id}/replay`}>
                      <button type="submit">Replay</button>
                    </form>
                  )
                )}
              </div>
              <p>{row.detail}</p>
              <details>
                <summary class="small">The message as it came</summary>
                <pre>{row.payload}</pre>
              </details>
            </li>
          ))}
        </ul>
      )}
      {next && (
        <div class="pages">
          <span />
          <nav aria-label="Pages">
            <a
              class="button"
              href={`/dashboard/data/rejected?${new URLSearchParams({ code, before: next })}`}
            >
              Older
            </a>
          </nav>
        </div>
      )}
    </section>
  </>
);
