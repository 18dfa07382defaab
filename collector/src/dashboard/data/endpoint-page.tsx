import type { FC } from "hono/jsx";
import type { LoggedDelivery } from "../../webhooks/delivery-log.ts";
import type { Endpoint } from "../../webhooks/endpoints.ts";
import { toWhole } from "../format.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { Empty, PageHead, Panel, When } from "../ui/parts.tsx";
import { EndpointState } from "./webhooks-page.tsx";

const LOOKS: Record<LoggedDelivery["status"], { look: string; icon: IconName; word: string }> = {
  succeeded: { look: "ok", icon: "check", word: "Delivered" },
  pending: { look: "wait", icon: "clock", word: "Waiting" },
  failed: { look: "bad", icon: "stop", word: "Failed" },
  superseded: { look: "", icon: "same", word: "Replaced by newer" },
};

interface EndpointProps {
  endpoint: Endpoint;
  deliveries: LoggedDelivery[];
  /** Cursor of older deliveries; null on the last page. */
  next: string | null;
  canChange: boolean;
  /** Just made; shown this once. */
  secret: string | null;
}

/** One endpoint: what it was sent, and what it said. */
export const EndpointPage: FC<EndpointProps> = (props) => {
  const { endpoint, deliveries, next, canChange, secret } = props;
  const action = (verb: string): string => `/dashboard/data/webhooks/${endpoint.id}/${verb}`;
  return (
    <>
      <p class="crumb">
        <a href="/dashboard/data/webhooks">Webhooks</a>
      </p>
      <PageHead title={endpoint.url} note={<EndpointState endpoint={endpoint} />}>
        {canChange && (
          <>
            <form method="post" action={action("test")}>
              <button type="submit">Send a test</button>
            </form>
            <form method="post" action={action("rotate")}>
              <button type="submit">New secret</button>
            </form>
            <form
              method="post"
              action={action(endpoint.status === "enabled" ? "disable" : "enable")}
            >
              <button type="submit" class={endpoint.status === "enabled" ? "danger" : "primary"}>
                {endpoint.status === "enabled" ? "Disable" : "Enable"}
              </button>
            </form>
          </>
        )}
      </PageHead>
      {secret && (
        <Notice kind="good">
          <p>The new secret, shown this once. For 24 hours messages are signed with both.</p>
          <pre id="secret">{secret}</pre>
        </Notice>
      )}
      {endpoint.disabledReason && <Notice kind="warn">{endpoint.disabledReason}</Notice>}
      <Panel title="Deliveries" note="newest first, each with its tries">
        {deliveries.length === 0 ? (
          <Empty title="Nothing was sent yet" icon="inbox">
            Send a test, or wait for the first change.
          </Empty>
        ) : (
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
                        <form method="post" action={action(`deliveries/${delivery.id}/resend`)}>
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
        )}
        {next && (
          <div class="pages">
            <span />
            <nav aria-label="Pages">
              <a class="button" href={`?${new URLSearchParams({ cursor: next })}`}>
                Older
              </a>
            </nav>
          </div>
        )}
      </Panel>
    </>
  );
};

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
    <table>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Answer</th>
          <th scope="col" class="number-cell">
            Milliseconds
          </th>
        </tr>
      </thead>
      <tbody>
        {delivery.attempts.map((attempt) => (
          <tr>
            <td>
              <When at={attempt.startedAt} />
            </td>
            <td>
              {attempt.responseStatus ?? attempt.error ?? "no answer"}
              {attempt.responseBody && <pre>{attempt.responseBody.slice(0, 500)}</pre>}
            </td>
            <td class="number-cell">{toWhole(attempt.durationMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </details>
);
