import type { FC } from "hono/jsx";
import type { Endpoint } from "../../webhooks/endpoints.ts";
import { toWhole } from "../format.ts";
import { Faulty, type FieldFault } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { Empty, PageHead, Panel, Scroll, When } from "../ui/parts.tsx";
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
        <Notice kind="good">
          <p>
            <strong>{created.url}</strong> is told from now on. Its secret is shown this once:
          </p>
          <pre id="made-secret">{created.secret}</pre>
        </Notice>
      )}
      <div class="stack">
        <Panel title="Endpoints" note="deliveries of the last 7 days">
          {endpoints.length === 0 ? (
            <Empty title="Nobody is told yet" icon="bell">
              An endpoint gets a signed request (Standard Webhooks) for each change of a score, tier
              or alert; retried for three days.
            </Empty>
          ) : (
            <Scroll label="Endpoints">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Endpoint</th>
                    <th scope="col">State</th>
                    <th scope="col">Told of</th>
                    <th scope="col" class="number-cell">
                      Delivered
                    </th>
                    <th scope="col" class="number-cell">
                      Waiting
                    </th>
                    <th scope="col" class="number-cell">
                      Failed
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {endpoints.map((endpoint) => (
                    <tr>
                      <th scope="row" class="name-cell">
                        <a href={`/dashboard/data/webhooks/${endpoint.id}`}>{endpoint.url}</a>
                        <span class="soft">{endpoint.description || endpoint.format}</span>
                      </th>
                      <td>
                        <EndpointState endpoint={endpoint} />
                      </td>
                      <td class="small">
                        {endpoint.types.length === 0 ? "everything" : endpoint.types.join(", ")}
                      </td>
                      <td class="number-cell">{toWhole(countOf(endpoint.id, "succeeded"))}</td>
                      <td class="number-cell">{toWhole(countOf(endpoint.id, "pending"))}</td>
                      <td class="number-cell">{toWhole(countOf(endpoint.id, "failed"))}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
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
