import type { FC } from "hono/jsx";
import type { readAskers, readRequests, readRoadmap } from "../../requests/read-requests.ts";
import { toCount, toQuery, toWhole } from "../format.ts";
import { FieldNotes, useDescription } from "../ui/field.tsx";
import { Empty, Money, PageHead, Panel, When } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { TierBadge } from "../ui/tier.tsx";
import { AskersPanel } from "./askers-panel.tsx";
import { FEATURE_TABS } from "./tabs.ts";

type Requests = Awaited<ReturnType<typeof readRequests>>;
type RequestLine = Requests["data"][number];

/** Which requests are looked at. */
export interface RoadmapFilter {
  tag: string;
  /** `all`: of healthy accounts too. */
  whose: "at_risk" | "all";
  cursor: string;
}

export interface RoadmapView {
  roadmap: Awaited<ReturnType<typeof readRoadmap>>;
  requests: Requests;
  filter: RoadmapFilter;
  /** Who asked for what the tag stands for; empty without a tag. */
  askers: Awaited<ReturnType<typeof readAskers>>;
  canTag: boolean;
  /** Tags that were refused, as somebody typed them. */
  typed: { id: string; tags: string } | null;
}

const PATH = "/dashboard/features/roadmap";

const toPath = ({ tag, whose, cursor }: RoadmapFilter): string =>
  `${PATH}${toQuery({ tag, whose: whose === "all" ? whose : "", cursor })}`;

/** What accounts ask for, weighed by what may be lost. */
export const RoadmapPage: FC<{ view: RoadmapView }> = ({ view }) => (
  <>
    <PageHead
      title="Features"
      note="What accounts ask for, by the yearly value of those who may leave. An account counts once for each tag."
    >
      {view.canTag && (
        <a class="button primary" href={`${PATH}/requests`}>
          Record a request
        </a>
      )}
    </PageHead>
    <Tabs label="Features" tabs={FEATURE_TABS} current={PATH} />
    <div class="columns aside-main">
      <TagsPanel view={view} />
      <div class="stack">
        {view.askers.length > 0 && <AskersPanel tag={view.filter.tag} askers={view.askers} />}
        <RequestsPanel view={view} />
      </div>
    </div>
    <datalist id="known-tags">
      {view.roadmap.data.map(({ tag }) => (
        <option value={tag} />
      ))}
    </datalist>
  </>
);

const TagsPanel: FC<{ view: RoadmapView }> = ({ view: { roadmap, filter } }) => (
  <Panel title="Tags" note="last 180 days">
    {roadmap.data.length === 0 ? (
      <Empty title="Nothing is tagged yet" icon="shapes">
        Read what people wrote and give it a word of your roadmap. Or ask with a choice question
        whose options carry a tag: then it counts by itself.
      </Empty>
    ) : (
      <Table
        label="Tags by value at risk"
        rows={roadmap.data}
        columns={[
          {
            head: "Tag",
            cell: ({ tag }) => (
              <a
                href={toPath({ ...filter, tag: tag === filter.tag ? "" : tag, cursor: "" })}
                {...(tag === filter.tag && { "aria-current": "true" })}
              >
                {tag}
              </a>
            ),
          },
          { head: "Accounts", kind: "number", cell: (row) => toWhole(row.accounts) },
          { head: "At risk", kind: "number", cell: (row) => toWhole(row.atRisk) },
          {
            head: "Value at risk",
            kind: "number",
            cell: (row) => (
              <strong>
                <Money value={row.valueAtRisk} />
              </strong>
            ),
          },
        ]}
      />
    )}
    {roadmap.untagged > 0 && (
      <footer class="soft">
        {toCount(roadmap.untagged, "text")} of accounts at risk{" "}
        {roadmap.untagged === 1 ? "has" : "have"} no tag yet.
      </footer>
    )}
  </Panel>
);

const RequestsPanel: FC<{ view: RoadmapView }> = ({ view }) => {
  const { requests, filter, canTag, typed } = view;
  const other: RoadmapFilter["whose"] = filter.whose === "all" ? "at_risk" : "all";
  return (
    <Panel
      title={filter.tag ? `In their own words: ${filter.tag}` : "In their own words"}
      note={
        <a href={toPath({ ...filter, whose: other, cursor: "" })}>
          {other === "all" ? "Show all accounts" : "Only accounts at risk"}
        </a>
      }
    >
      {requests.data.length === 0 ? (
        <Empty title="Nobody wrote anything" icon="speech">
          {filter.tag ? (
            <a href={toPath({ ...filter, tag: "", cursor: "" })}>Show what has other tags</a>
          ) : (
            <>
              Ask one question when a task fails, in a <a href="/dashboard/surveys/new">survey</a>,{" "}
              <a href={`${PATH}/requests`}>record</a> what was said in a call, or send tickets to{" "}
              <code>POST /v1/requests</code>.
            </>
          )}
        </Empty>
      ) : (
        <ul class="list">
          {requests.data.map((request) => (
            <RequestItem
              request={request}
              tags={typed?.id === request.id ? typed.tags : request.tags.join(", ")}
              canTag={canTag}
              back={toPath(filter)}
            />
          ))}
        </ul>
      )}
      {requests.nextCursor && (
        <div class="pages">
          <span />
          <nav aria-label="Pages">
            <a class="button" rel="next" href={toPath({ ...filter, cursor: requests.nextCursor })}>
              Older
            </a>
          </nav>
        </div>
      )}
    </Panel>
  );
};

interface RequestItemProps {
  request: RequestLine;
  /** With commas between. */
  tags: string;
  canTag: boolean;
  back: string;
}

const RequestItem: FC<RequestItemProps> = ({ request, tags, canTag, back }) => (
  <li class="stack tight">
    <div class="row apart small">
      <span class="row tight">
        <a href={`/dashboard/accounts/${encodeURIComponent(request.accountId)}`}>
          {request.accountName ?? request.accountId}
        </a>
        <TierBadge tier={request.tier} />
        {request.valueAtRisk > 0 && (
          <span class="soft">
            <Money value={request.valueAtRisk} /> a year
          </span>
        )}
      </span>
      <span class="soft">
        {request.source && `${request.source}, `}
        <When at={request.at} />
      </span>
    </div>
    {request.choices.length > 0 && <p class="soft">Chose {request.choices.join(", ")}</p>}
    {request.text && <blockquote class="quote">{request.text}</blockquote>}
    {canTag ? (
      <form class="tag-form small" method="post" action={`${PATH}/tags`}>
        <input type="hidden" name="id" value={request.id} />
        <input type="hidden" name="back" value={back} />
        <input
          id={`tags-${request.id}`}
          name="tags"
          list="known-tags"
          value={tags}
          maxlength={400}
          placeholder="Tags, with commas between"
          aria-label={`Tags of what ${request.accountName ?? request.accountId} asked for`}
          {...useDescription(`tags-${request.id}`)}
        />
        <button type="submit">Tag</button>
        <FieldNotes id={`tags-${request.id}`} />
      </form>
    ) : (
      request.tags.length > 0 && (
        <span class="row tight">
          {request.tags.map((tag) => (
            <span class="tag">{tag}</span>
          ))}
        </span>
      )
    )}
  </li>
);
