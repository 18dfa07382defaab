import type { FC } from "hono/jsx";
import { toCount, toWhole } from "../format.ts";
import { Day, Empty, Panel } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import type { FeatureWeeks } from "./queries.ts";
import { type AccountView, TIMELINE_WEEKS } from "./read-account.ts";

const LEVELS = 4;
const MOST_STEPS = 24;

/** What the account does with the product: when, how much, and in which order it took it up. */
export const FeaturesPanel: FC<{ view: AccountView }> = ({ view }) => {
  const { features } = view;
  return (
    <Panel title="Features" id="features" note={`week by week, the last ${TIMELINE_WEEKS}`}>
      {features.length === 0 ? (
        <Empty title="No feature was used yet" icon="shapes">
          Features are events named <code>Feature Used</code>; the SDK sends them with{" "}
          <code>telltale.feature("export")</code>.
        </Empty>
      ) : (
        <div class="stack">
          <Timeline features={features} />
          <Path view={view} />
        </div>
      )}
    </Panel>
  );
};

const Timeline: FC<{ features: FeatureWeeks[] }> = ({ features }) => {
  const most = Math.max(1, ...features.flatMap(({ weeks }) => weeks.map(([, count]) => count)));
  return (
    <Table
      label="Features week by week"
      rows={features}
      columns={[
        { head: "Feature", cell: ({ feature }) => feature },
        { head: "Oldest week to this one", cell: (row) => <Weeks row={row} most={most} /> },
        { head: "Last used", class: "wide", cell: ({ lastDay }) => <Day at={lastDay} /> },
        {
          head: "Uses, 28 days",
          kind: "number",
          class: "wide",
          cell: ({ uses }) => toWhole(uses),
        },
        { head: "Users", kind: "number", class: "wide", cell: ({ users }) => toWhole(users) },
      ]}
    />
  );
};

/** A square a week; the fuller, the more it was used, on the scale of all features. */
const Weeks: FC<{ row: FeatureWeeks; most: number }> = ({ row, most }) => {
  const counts = new Map(row.weeks);
  const weeks = Array.from({ length: TIMELINE_WEEKS }, (_, at) => {
    const count = counts.get(TIMELINE_WEEKS - 1 - at) ?? 0;
    return { at, count };
  });
  const used = weeks.filter(({ count }) => count > 0).length;
  return (
    <svg
      class="weeks"
      role="img"
      aria-label={`${row.feature}: used in ${toCount(used, "week")} of ${TIMELINE_WEEKS}, ${weeks.map(({ count }) => count).join(", ")}`}
      viewBox={`0 0 ${TIMELINE_WEEKS * 10} 14`}
      preserveAspectRatio="none"
    >
      <svg aria-hidden="true">
        {weeks.map(({ at, count }) => {
          const share = count === 0 ? 0 : Math.log1p(count) / Math.log1p(most);
          const level = Math.ceil(share * LEVELS);
          const height = count === 0 ? 2 : 4 + 10 * share;
          return (
            <rect
              class={`week-${level}`}
              x={at * 10 + 1}
              y={(14 - height).toFixed(1)}
              width="8"
              height={height.toFixed(1)}
            >
              <title>{`${toCount(TIMELINE_WEEKS - 1 - at, "week")} ago: ${toCount(count, "use")}`}</title>
            </rect>
          );
        })}
      </svg>
    </svg>
  );
};

/** The order in which the account took features up and reached milestones. */
const Path: FC<{ view: AccountView }> = ({ view: { features, milestones } }) => {
  const steps = [
    ...features.map(({ feature, firstDay }) => ({ word: feature, day: firstDay, kind: "feature" })),
    ...milestones.map(({ milestone, reachedAt }) => ({
      word: milestone,
      day: reachedAt.toISOString().slice(0, 10),
      kind: "milestone",
    })),
  ].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return (
    <section aria-label="Path">
      <h3>Path, by the first day of each</h3>
      <ol class="path">
        {steps.slice(0, MOST_STEPS).map(({ word, day, kind }) => (
          <li class={kind}>
            <strong>{word}</strong>
            {kind === "milestone" && <span class="tag">milestone</span>}
            <span class="soft small">
              <Day at={day} />
            </span>
          </li>
        ))}
      </ol>
      {steps.length > MOST_STEPS && <p class="soft small">and {steps.length - MOST_STEPS} more</p>}
    </section>
  );
};
