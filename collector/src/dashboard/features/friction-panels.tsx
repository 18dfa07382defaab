import type { FC } from "hono/jsx";
import { toPercent, toWhole } from "../format.ts";
import type { FeatureFriction } from "../summaries/path-queries.ts";
import { Money, Panel } from "../ui/parts.tsx";
import { type Column, Table } from "../ui/table.tsx";
import type { FrictionRow } from "./queries.ts";

const MOST_ROWS = 15;

/** What a kind of friction is called, for people. */
const KIND_WORDS: ReadonlyMap<string, string> = new Map([
  ["rage_click", "Rage click"],
  ["dead_click", "Dead click"],
  ["error", "Script error"],
]);

const FRICTION_COUNTS: Column<
  Pick<FrictionRow, "count" | "accounts" | "atRisk" | "valueAtRisk">
>[] = [
  { head: "Times", kind: "number", cell: (row) => toWhole(row.count) },
  { head: "Accounts", kind: "number", cell: (row) => toWhole(row.accounts) },
  { head: "At risk", kind: "number", cell: (row) => toWhole(row.atRisk) },
  { head: "Value at risk", kind: "number", cell: (row) => <Money value={row.valueAtRisk} /> },
];

/** What got in people's way, those first who pay most and may leave. */
export const FrictionPanel: FC<{ friction: FrictionRow[] }> = ({ friction }) => {
  const rows = friction.filter(({ event }) => event === "Friction" || event === "Task Failed");
  return (
    <Panel title="Friction" note="last 28 days, by value at risk">
      {rows.length === 0 ? (
        <p class="soft">No failed task, no rage click, no dead end was seen.</p>
      ) : (
        <Table
          label="Friction"
          rows={rows.slice(0, MOST_ROWS)}
          columns={[
            {
              head: "What",
              class: "name-cell",
              cell: ({ event, subject }) => (
                <>
                  {event === "Friction" ? (KIND_WORDS.get(subject) ?? subject) : subject}
                  <span class="soft">
                    {event === "Friction" ? "seen by the SDK" : "task failed"}
                  </span>
                </>
              ),
            },
            ...FRICTION_COUNTS,
          ]}
        />
      )}
    </Panel>
  );
};

/** Friction on elements that name their feature. */
export const FeatureFrictionPanel: FC<{ friction: FeatureFriction[] }> = ({ friction }) => (
  <Panel title="Friction by feature" note="last 28 days, by value at risk">
    {friction.length === 0 ? (
      <p class="soft">
        None was met on an element that names its feature with <code>data-telltale-feature</code>.
      </p>
    ) : (
      <Table
        label="Friction by feature"
        rows={friction}
        columns={[
          {
            head: "Feature",
            class: "name-cell",
            cell: ({ feature, kind }) => (
              <>
                {feature}
                <span class="soft">{KIND_WORDS.get(kind) ?? kind}</span>
              </>
            ),
          },
          ...FRICTION_COUNTS,
        ]}
      />
    )}
  </Panel>
);

/** A task and how it went. */
interface TaskCount {
  task: string;
  started: number;
  completed: number;
  failed: number;
}

function toTasks(friction: FrictionRow[]): TaskCount[] {
  const tasks = new Map<string, TaskCount>();
  for (const { event, subject, count } of friction) {
    if (!event.startsWith("Task ")) continue;
    const task = tasks.get(subject) ?? { task: subject, started: 0, completed: 0, failed: 0 };
    if (event === "Task Started") task.started += count;
    if (event === "Task Completed") task.completed += count;
    if (event === "Task Failed") task.failed += count;
    tasks.set(subject, task);
  }
  return [...tasks.values()].sort((a, b) => b.started - a.started);
}

/** Tasks from their start to their end. */
export const TasksPanel: FC<{ friction: FrictionRow[] }> = ({ friction }) => {
  const tasks = toTasks(friction);
  return (
    <Panel title="Tasks" note="from start to end, last 28 days">
      {tasks.length === 0 ? (
        <p class="soft">
          No task was named yet: <code>telltale.task("import")</code>.
        </p>
      ) : (
        <Table
          label="Tasks"
          rows={tasks.slice(0, MOST_ROWS)}
          columns={[
            { head: "Task", cell: ({ task }) => task },
            { head: "Started", kind: "number", cell: (row) => toWhole(row.started) },
            {
              head: "Completed",
              kind: "number",
              cell: ({ completed, started }) => (
                <>
                  {toWhole(completed)}{" "}
                  {started > 0 && (
                    <span class="soft small">{toPercent(Math.min(1, completed / started))}</span>
                  )}
                </>
              ),
            },
            { head: "Failed", kind: "number", cell: (row) => toWhole(row.failed) },
          ]}
        />
      )}
    </Panel>
  );
};
