import type { FC } from "hono/jsx";
import type { Endpoint } from "../../webhooks/endpoints.ts";
import { toWhole } from "../format.ts";
import { Faulty, type FieldFault } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Result } from "../ui/notice.tsx";
import { Empty, PageHead, Panel, When } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import type { EndpointDraft } from "./endpoint-draft.ts";
import { EndpointFields } from "./endpoint-fields.tsx";
import { DATA_TABS } from "./tabs.ts";

interface WebhooksProps {
  endpoints: Endpoint[];
  counts: { endpointId: string; status: string; count: number }[];
  canChange: boolean;
  /** Just made; shown this once. */
  created: { url: string; secret: string } | null;
  /** Of the form for a new one. */
  draft: EndpointDraft;
  segments: { key: string; name: string }[];
  faults: FieldFault[];
}

/** Whether an endpoint gets what it should. */
export const EndpointState: FC<{ endpoint: Endpoint }> = ({ endpoint }) =>
  endpoint.status === "disabled" ? (
    <span class="status-line bad">
      <Icon name="stop" />
      Disabled
    </span>
  ) : endpoint.failingSince ? (
    <span class="status-line wait">
      <Icon name="warn" />
      <span>
        Failing since <When at={endpoint.failingSince} />
      </span>
    </span>
  ) : (
    <span class="status-line ok">
      <Icon name="check" />
      Delivers
    </span>
  );

/** A phone has room for what went wrong. */
const COUNTED = [
  { head: "Delivered", status: "succeeded", class: "wide" },
  { head: "Waiting", status: "pending", class: "wide" },
  { head: "Failed", status: "failed", class: "" },
];

/** Who is told what happens here. */
export const WebhooksPage: FC<WebhooksProps> = ({
  endpoints,
  counts,
  canChange,
  created,
  draft,
  segments,
  faults,
}) => {
  const countOf = (id: string, status: string): number =>
    counts.find((row) => row.endpointId === id && row.status === status)?.count ?? 0;
  return (
    <Faulty faults={faults}>
      <PageHead title="Webhooks" note="Other systems that are told what happens here, signed." />
      <Tabs label="Data" tabs={DATA_TABS} current="/dashboard/data/webhooks" />
      {created && (
        <Result kind="good">
          <p>
            <strong>{created.url}</strong> is told from now on. Its secret is shown this once:
          </p>
          <pre id="made-secret">{created.secret}</pre>
        </Result>
      )}
      <div class="stack">
        <Panel title="Endpoints" note="deliveries of the last 7 days">
          {endpoints.length === 0 ? (
            <Empty title="Nobody is told yet" icon="bell">
              An endpoint gets a signed request (Standard Webhooks) for each change of a score, tier
              or alert; retried for three days.
            </Empty>
          ) : (
            <Table
              label="Endpoints"
              rows={endpoints}
              columns={[
                {
                  head: "Endpoint",
                  class: "name-cell url-cell",
                  cell: ({ id, url, description, format }) => (
                    <>
                      <a href={`/dashboard/data/webhooks/${id}`}>{url}</a>
                      <span class="soft">{description || format}</span>
                    </>
                  ),
                },
                { head: "State", cell: (endpoint) => <EndpointState endpoint={endpoint} /> },
                {
                  head: "Told of",
                  class: "small wide",
                  cell: ({ types }) => (types.length === 0 ? "everything" : types.join(", ")),
                },
                ...COUNTED.map(({ head, status, ...place }) => ({
                  ...place,
                  head,
                  kind: "number" as const,
                  cell: ({ id }: Endpoint) => toWhole(countOf(id, status)),
                })),
              ]}
            />
          )}
        </Panel>
        {canChange && (
          <Panel title="New endpoint">
            <form method="post" action="/dashboard/data/webhooks" class="stack">
              <EndpointFields draft={draft} segments={segments} mode="new" />
              <div>
                <button type="submit" class="primary">
                  Create endpoint
                </button>
              </div>
            </form>
          </Panel>
        )}
      </div>
    </Faulty>
  );
};
