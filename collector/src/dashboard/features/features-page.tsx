import type { FC } from "hono/jsx";
import { toCompact, toCount, toPercent, toSigned, toWhole } from "../format.ts";
import { ShareBar } from "../model/model-page.tsx";
import type { FeatureRow, FrictionRow, RequestRow } from "../queries/features.ts";
import { Empty, PageHead, Panel, Scroll, When } from "../ui/parts.tsx";
import { toHealthDifference } from "./difference.ts";

export interface FeaturesView {
  accounts: number;
  features: FeatureRow[];
  friction: FrictionRow[];
  requests: RequestRow[];
  choices: { choice: string; accounts: number; value: number }[];
  /** When the figures were made; null before the first time. */
  asOf: Date | null;
}

/** What accounts do with the product, and what gets in their way. */
export const FeaturesPage: FC<{ view: FeaturesView }> = ({ view }) => (
  <>
    <PageHead
      title="Features"
      note={
        view.asOf ? (
          <>
            Summed up <When at={view.asOf} />, over {toCount(view.accounts, "account")}.
          </>
        ) : (
          "What accounts do with the product, and what gets in their way."
        )
      }
    />
    {view.features.length === 0 ? (
      <Panel title="Adoption">
        <Empty title="No feature was used yet" icon="shapes">
          Name what people do: <code>telltale.feature("export")</code>, or an attribute{" "}
          <code>data-telltale-feature="export"</code> on the button.
        </Empty>
      </Panel>
    ) : (
      <div class="stack">
        <AdoptionPanel view={view} />
        <ImpactPanel features={view.features} />
        <div class="columns">
          <FrictionPanel friction={view.friction} />
          <TasksPanel friction={view.friction} />
        </div>
        <RoadmapPanel view={view} />
      </div>
    )}
  </>
);

const ShareCell: FC<{ count: number; of: number }> = ({ count, of }) => (
  <td>
    {toWhole(count)} <span class="soft small">{toPercent(of > 0 ? count / of : 0)}</span>
    <ShareBar share={of > 0 ? count / of : 0} />
  </td>
);

const AdoptionPanel: FC<{ view: FeaturesView }> = ({ view: { features, accounts } }) => (
  <Panel title="Adoption" note="share of all accounts; 180 days">
    <Scroll label="Adoption by feature">
      <table>
        <thead>
          <tr>
            <th scope="col">Feature</th>
            <th scope="col">Explored</th>
            <th scope="col">Adopted, 3 days of 28</th>
            <th scope="col">Habit, 8 days of 28</th>
            <th scope="col" class="number-cell">
              Gave up
            </th>
          </tr>
        </thead>
        <tbody>
          {features.map((row) => (
            <tr>
              <th scope="row">
                <a href={`/dashboard?feature=${encodeURIComponent(row.feature)}#accounts`}>
                  {row.feature}
                </a>
              </th>
              <ShareCell count={row.explored} of={accounts} />
              <ShareCell count={row.adopted} of={accounts} />
              <ShareCell count={row.habitual} of={accounts} />
              <td class="number-cell">{toWhole(row.left)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  </Panel>
);

const ImpactPanel: FC<{ features: FeatureRow[] }> = ({ features }) => {
  const rows = features
    .map((row) => ({ row, difference: toHealthDifference(row) }))
    .sort((a, b) => (b.difference?.value ?? -999) - (a.difference?.value ?? -999));
  return (
    <Panel title="Feature × health" note="what goes together, not what causes what">
      <Scroll label="Feature and health">
        <table>
          <thead>
            <tr>
              <th scope="col">Feature</th>
              <th scope="col" class="number-cell">
                Adopters
              </th>
              <th scope="col" class="number-cell">
                Their mean score
              </th>
              <th scope="col" class="number-cell">
                Others
              </th>
              <th scope="col" class="number-cell">
                Their mean score
              </th>
              <th scope="col" class="number-cell">
                Difference (95 %)
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ row, difference }) => (
              <tr>
                <th scope="row">{row.feature}</th>
                <td class="number-cell">{toWhole(row.adopters)}</td>
                <td class="number-cell">
                  {row.adopterMean === null ? "–" : Math.round(row.adopterMean)}
                </td>
                <td class="number-cell">{toWhole(row.others)}</td>
                <td class="number-cell">
                  {row.otherMean === null ? "–" : Math.round(row.otherMean)}
                </td>
                <td class="number-cell">
                  {difference ? (
                    <>
                      {toSigned(difference.value)}{" "}
                      <span class="soft small">
                        ({toSigned(difference.low)} to {toSigned(difference.high)})
                      </span>
                    </>
                  ) : (
                    <span class="soft">under ten of one kind</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  );
};

const FrictionPanel: FC<{ friction: FrictionRow[] }> = ({ friction }) => {
  const rows = friction.filter(({ event }) => event === "Friction" || event === "Task Failed");
  return (
    <Panel title="Friction" note="last 28 days, by value at risk">
      {rows.length === 0 ? (
        <p class="soft">No failed task, no rage click, no dead end was seen.</p>
      ) : (
        <Scroll label="Friction">
          <table>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col" class="number-cell">
                  Times
                </th>
                <th scope="col" class="number-cell">
                  Accounts
                </th>
                <th scope="col" class="number-cell">
                  At risk
                </th>
                <th scope="col" class="number-cell">
                  Value at risk
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, 15).map((row) => (
                <tr>
                  <th scope="row" class="name-cell">
                    {row.subject}
                    <span class="soft">{row.event}</span>
                  </th>
                  <td class="number-cell">{toWhole(row.count)}</td>
                  <td class="number-cell">{toWhole(row.accounts)}</td>
                  <td class="number-cell">{toWhole(row.atRisk)}</td>
                  <td class="number-cell">{toCompact(row.valueAtRisk)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Panel>
  );
};

const TasksPanel: FC<{ friction: FrictionRow[] }> = ({ friction }) => {
  const countOf = (event: string, task: string): number =>
    friction.find((row) => row.event === event && row.subject === task)?.count ?? 0;
  const tasks = [
    ...new Set(
      friction.filter(({ event }) => event.startsWith("Task ")).map(({ subject }) => subject),
    ),
  ];
  return (
    <Panel title="Paths" note="tasks from start to end, last 28 days">
      {tasks.length === 0 ? (
        <p class="soft">
          No task was named yet: <code>telltale.task("import")</code>.
        </p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Task</th>
              <th scope="col" class="number-cell">
                Started
              </th>
              <th scope="col" class="number-cell">
                Completed
              </th>
              <th scope="col" class="number-cell">
                Failed
              </th>
            </tr>
          </thead>
          <tbody>
            {tasks.slice(0, 15).map((task) => (
              <tr>
                <th scope="row">{task}</th>
                <td class="number-cell">{toWhole(countOf("Task Started", task))}</td>
                <td class="number-cell">{toWhole(countOf("Task Completed", task))}</td>
                <td class="number-cell">{toWhole(countOf("Task Failed", task))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
};

const RoadmapPanel: FC<{ view: FeaturesView }> = ({ view: { requests, choices } }) => (
  <Panel title="What accounts at risk ask for" note="last 90 days, by what they pay">
    {requests.length === 0 && choices.length === 0 ? (
      <p class="soft">Accounts at risk wrote nothing. Ask them one question when a task fails.</p>
    ) : (
      <div class="columns">
        {choices.length > 0 && (
          <table>
            <thead>
              <tr>
                <th scope="col">Chosen</th>
                <th scope="col" class="number-cell">
                  Accounts
                </th>
                <th scope="col" class="number-cell">
                  Value at risk
                </th>
              </tr>
            </thead>
            <tbody>
              {choices.map(({ choice, accounts, value }) => (
                <tr>
                  <th scope="row">{choice}</th>
                  <td class="number-cell">{accounts}</td>
                  <td class="number-cell">{toCompact(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {requests.length > 0 && (
          <ul class="list">
            {requests.map((request) => (
              <li class="stack tight">
                <blockquote class="quote">{request.text}</blockquote>
                <span class="small soft">
                  <a href={`/dashboard/accounts/${encodeURIComponent(request.accountId)}`}>
                    {request.name ?? request.accountId}
                  </a>
                  {request.value !== null && `, ${toCompact(request.value)} a year`},{" "}
                  <When at={request.answeredAt} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    )}
  </Panel>
);
