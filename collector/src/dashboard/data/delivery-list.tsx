import type { FC } from "hono/jsx";
import type { LoggedDelivery } from "../../webhooks/delivery-log.ts";
import { toWhole } from "../format.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { When } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";

type Status = LoggedDelivery["status"];

const LOOKS: Record<Status, { look: string; icon: IconName; word: string }> = {
  succeeded: { look: "ok", icon: "check", word: "Delivered" },
  pending: { look: "wait", icon: "clock", word: "Waiting" },
  failed: { look: "bad", icon: "stop", word: "Failed" },
  superseded: { look: "", icon: "same", word: "Replaced by newer" },
};

export const STATUS_WORDS: Record<"" | Status, string> = {
  "": "All",
  succeeded: LOOKS.succeeded.word,
  pending: LOOKS.pending.word,
  failed: LOOKS.failed.word,
  superseded: LOOKS.superseded.word,
};

/** What an endpoint was sent, and what it said. */
export const DeliveryList: FC<{
  deliveries: LoggedDelivery[];
  canChange: boolean;
  /** Address of the endpoint's page. */
  path: string;
}> = ({ deliveries, canChange, path }) => (
  <ul class="list">
    {deliveries.map((delivery) => {
      const { look, icon, word } = LOOKS[delivery.status];
      return (
        <li class="stack tight">
          <div class="row apart">
            <span class="row">
              <span class={`status-line ${look}`}>
                <Icon name={icon} />
                {word}
              </span>
              <code>{delivery.type}</code>
              {delivery.accountId && (
                <a href={`/dashboard/accounts/${encodeURIComponent(delivery.accountId)}`}>
                  {delivery.accountId}
                </a>
              )}
            </span>
            <span class="row small soft">
              <When at={delivery.createdAt} />
              {canChange && delivery.status !== "pending" && (
                <form method="post" action={`${path}/deliveries/${delivery.id}/resend`}>
                  <button type="submit" class="link">
                    Send again
                  </button>
                </form>
              )}
            </span>
          </div>
          {delivery.attempts.length > 0 && <Attempts delivery={delivery} />}
        </li>
      );
    })}
  </ul>
);

const Attempts: FC<{ delivery: LoggedDelivery }> = ({ delivery }) => (
  <details>
    <summary class="small">
      {delivery.attempts.length === 1 ? "1 try" : `${delivery.attempts.length} tries`}
      {delivery.failureReason && `, given up: ${delivery.failureReason}`}
      {delivery.status === "pending" && delivery.nextAttemptAt && (
        <>
          , next <When at={delivery.nextAttemptAt} />
        </>
      )}
    </summary>
    <Table
      label="Tries"
      rows={delivery.attempts}
      columns={[
        { head: "When", cell: ({ startedAt }) => <When at={startedAt} /> },
        {
          head: "Answer",
          cell: ({ responseStatus, error, responseBody }) => (
            <>
              {responseStatus ?? error ?? "no answer"}
              {responseBody && <pre>{responseBody.slice(0, 500)}</pre>}
            </>
          ),
        },
        { head: "Milliseconds", kind: "number", cell: ({ durationMs }) => toWhole(durationMs) },
      ]}
    />
  </details>
);
