import type { WebhookType } from "@telltale/protocol";
import type { FC } from "hono/jsx";
import type { LoggedDelivery } from "../../webhooks/delivery-log.ts";
import type { Endpoint } from "../../webhooks/endpoints.ts";
import { WEBHOOK_TYPES } from "../../webhooks/schema.ts";
import { toCount, toQuery } from "../format.ts";
import { Choice, Faulty, type FieldFault, TextField } from "../ui/field.tsx";
import { Notice, Result } from "../ui/notice.tsx";
import { Empty, PageHead, Panel } from "../ui/parts.tsx";
import { DeliveryList, STATUS_WORDS } from "./delivery-list.tsx";
import type { EndpointDraft } from "./endpoint-draft.ts";
import { EndpointFields } from "./endpoint-fields.tsx";
import { EndpointState } from "./webhooks-page.tsx";

/** What a replay is to send again, as its form holds it. Times are of UTC. */
export interface ReplayDraft {
  from: string;
  to: string;
  status: string;
}

export interface EndpointView {
  endpoint: Endpoint;
  draft: EndpointDraft;
  replay: ReplayDraft;
  segments: { key: string; name: string }[];
  deliveries: LoggedDelivery[];
  /** Which are shown; empty: all. */
  status: keyof typeof STATUS_WORDS;
  /** Cursor of older deliveries; null on the last page. */
  next: string | null;
  canChange: boolean;
  /** Just made; shown this once. */
  secret: string | null;
  /** Messages that a replay just queued; null: there was none. */
  queued: number | null;
  /** A message of a type as it would be sent. */
  sample: { type: WebhookType; body: string };
  faults: FieldFault[];
}

/** One endpoint: what it is told, what it was sent, and what it said. */
export const EndpointPage: FC<{ view: EndpointView }> = ({ view }) => {
  const { endpoint, canChange, secret, queued } = view;
  const path = `/dashboard/data/webhooks/${endpoint.id}`;
  const isOn = endpoint.status === "enabled";
  return (
    <Faulty faults={view.faults}>
      <p class="crumb">
        <a href="/dashboard/data/webhooks">Webhooks</a>
      </p>
      <PageHead title={endpoint.url} note={<EndpointState endpoint={endpoint} />}>
        {canChange && (
          <>
            <form method="post" action={`${path}/rotate`}>
              <button type="submit">New secret</button>
            </form>
            <form method="post" action={`${path}/${isOn ? "disable" : "enable"}`}>
              <button type="submit" class={isOn ? "danger" : "primary"}>
                {isOn ? "Disable" : "Enable"}
              </button>
            </form>
          </>
        )}
      </PageHead>
      {secret && (
        <Result kind="good">
          <p>The new secret, shown this once. For 24 hours messages are signed with both.</p>
          <pre id="secret">{secret}</pre>
        </Result>
      )}
      {queued !== null && (
        <Result kind="good">
          {queued === 0
            ? "There was no such message to send again."
            : `${toCount(queued, "message")} on the way again, oldest first.`}
        </Result>
      )}
      {endpoint.disabledReason && <Notice kind="warn">{endpoint.disabledReason}</Notice>}
      <div class="stack">
        <DeliveriesPanel view={view} path={path} />
        {canChange && (
          <>
            <div class="columns">
              <TestPanel view={view} path={path} />
              <ReplayPanel replay={view.replay} path={path} />
            </div>
            <SettingsPanel view={view} path={path} />
          </>
        )}
      </div>
    </Faulty>
  );
};

interface PartProps {
  view: EndpointView;
  path: string;
}

const NoDeliveries: FC<{ isFiltered: boolean; path: string }> = ({ isFiltered, path }) =>
  isFiltered ? (
    <Empty title="None of these" icon="inbox">
      No delivery stands so. <a href={path}>All deliveries</a>
    </Empty>
  ) : (
    <Empty title="Nothing was sent yet" icon="inbox">
      Send a test, or wait for the first change.
    </Empty>
  );

const DeliveriesPanel: FC<PartProps> = ({ view, path }) => (
  <Panel title="Deliveries" note="newest first, each with its tries">
    <form class="filters" method="get" action={path}>
      <Choice
        name="status"
        label="Which"
        value={view.status}
        words={STATUS_WORDS}
        input={{ "data-send": true }}
      />
      <div class="buttons">
        <button type="submit">Filter</button>
      </div>
    </form>
    {view.deliveries.length === 0 ? (
      <NoDeliveries isFiltered={view.status !== ""} path={path} />
    ) : (
      <DeliveryList deliveries={view.deliveries} canChange={view.canChange} path={path} />
    )}
    {view.next && (
      <div class="pages">
        <span />
        <nav aria-label="Pages">
          <a class="button" href={`${path}${toQuery({ status: view.status, cursor: view.next })}`}>
            Older
          </a>
        </nav>
      </div>
    )}
  </Panel>
);

const TYPE_WORDS = Object.fromEntries(WEBHOOK_TYPES.map((type) => [type, type]));

const TestPanel: FC<PartProps> = ({ view: { sample }, path }) => (
  <Panel title="Test" note="a sample that says it is one" id="test">
    <form method="post" action={`${path}/test`} class="stack tight">
      <Choice name="sample" label="Message" value={sample.type} words={TYPE_WORDS} />
      <div class="row">
        <button type="submit" class="primary">
          Send a test
        </button>
        <button type="submit" formmethod="get" formaction={`${path}#test`}>
          Show it
        </button>
      </div>
    </form>
    <details>
      <summary class="small">What is sent</summary>
      <pre>{sample.body}</pre>
    </details>
  </Panel>
);

const ReplayPanel: FC<{ replay: ReplayDraft; path: string }> = ({ replay, path }) => (
  <Panel title="Send a span again" note="each message with its own id, so that none counts twice">
    <form method="post" action={`${path}/replay`} class="stack tight">
      <div class="columns three">
        <TextField
          name="from"
          label="From, UTC"
          value={replay.from}
          input={{ type: "datetime-local", required: true }}
        />
        <TextField
          name="to"
          label="To, UTC"
          value={replay.to}
          hint="Empty: until now"
          input={{ type: "datetime-local" }}
        />
      </div>
      <Choice
        name="which"
        label="Messages"
        value={replay.status}
        words={{ undelivered: "That never reached it", all: "All" }}
      />
      <div>
        <button type="submit">Send again</button>
      </div>
    </form>
  </Panel>
);

const SettingsPanel: FC<PartProps> = ({ view: { draft, segments }, path }) => (
  <Panel title="Settings" id="settings">
    <form method="post" action={path} class="stack">
      <EndpointFields draft={draft} segments={segments} mode="change" />
      <div>
        <button type="submit" class="primary">
          Save
        </button>
      </div>
    </form>
    <footer>
      <details>
        <summary>Delete this endpoint</summary>
        <form method="post" action={`${path}/delete`} class="row">
          <span>Its deliveries and its secret go with it.</span>
          <button type="submit" class="danger">
            Delete for good
          </button>
        </form>
      </details>
    </footer>
  </Panel>
);
