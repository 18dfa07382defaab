import type { FC } from "hono/jsx";
import type { ModelBacktest } from "../../models/backtest-model.ts";
import type { ModelDetail } from "../../models/read-models.ts";
import { toCount } from "../format.ts";
import { Icon } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { Empty, PageHead, Panel, When } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import { FigureTable, toDifferenceText } from "./figures.tsx";
import { LintPanel } from "./model-page.tsx";

const text = (value: unknown): string =>
  value === undefined
    ? "–"
    : typeof value === "number"
      ? String(Math.round(value * 10_000) / 10_000)
      : JSON.stringify(value);

/** One version: what it changes, how it would have done, and the button that puts it in force. */
export const VersionPage: FC<{
  detail: ModelDetail;
  canPublish: boolean;
  fault: string | null;
}> = ({ detail, canPublish, fault }) => {
  const tested = detail.backtest as ModelBacktest | null;
  const isDraft = detail.status === "draft";
  const path = `/dashboard/model/versions/${encodeURIComponent(detail.version)}`;
  return (
    <>
      <p class="crumb">
        <a href="/dashboard/model">Model</a>
      </p>
      <PageHead
        title={detail.version}
        note={
          <>
            {detail.isCurrent ? "In force" : isDraft ? "A draft" : "Not in force"}, by{" "}
            {detail.author}, <When at={detail.publishedAt ?? detail.createdAt} />
          </>
        }
      >
        {isDraft && canPublish && (
          <form method="post" action={`${path}/backtest`}>
            <button type="submit" class={tested ? "" : "primary"}>
              {tested ? "Backtest again" : "Backtest"}
            </button>
          </form>
        )}
      </PageHead>
      {fault && <Notice kind="bad">{fault}</Notice>}
      <div class="columns main-aside">
        <div class="stack">
          <Panel title="Why">
            <p>{detail.rationale}</p>
            {detail.worseReason && (
              <p>
                <strong>Published although the backtest was worse:</strong> {detail.worseReason}
              </p>
            )}
          </Panel>
          <Panel title="What differs" note="from the model in force">
            {detail.differences.length === 0 ? (
              <p class="soft">Nothing.</p>
            ) : (
              <Table
                label="Differences"
                rows={detail.differences}
                columns={[
                  { head: "Where", cell: ({ path: where }) => <code>{where}</code> },
                  { head: "In force", cell: ({ before }) => text(before) },
                  { head: "Here", cell: ({ after }) => text(after) },
                ]}
              />
            )}
          </Panel>
          <BacktestPanel tested={tested} isDraft={isDraft} />
        </div>
        <div class="stack">
          {isDraft && canPublish && tested && (
            <PublishPanel detail={detail} tested={tested} path={path} />
          )}
          <LintPanel lint={detail.lint} />
          <Panel title="Document">
            <details>
              <summary>The whole model as JSON</summary>
              <pre>{JSON.stringify(detail.document, null, 2)}</pre>
            </details>
          </Panel>
        </div>
      </div>
    </>
  );
};

const BacktestPanel: FC<{ tested: ModelBacktest | null; isDraft: boolean }> = ({
  tested,
  isDraft,
}) => {
  if (!tested) {
    return isDraft ? (
      <Panel title="Backtest">
        <Empty title="Not backtested yet" icon="clock">
          Both models judge every outcome that is known, as of the days before it, with nothing they
          could not have known then.
        </Empty>
      </Panel>
    ) : null;
  }
  const { outcomes } = tested.draft;
  return (
    <Panel
      title="Backtest"
      note={`against ${tested.against}, ${tested.horizonDays} days before ${toCount(outcomes.n, "outcome")}`}
    >
      <p class={`status-line ${tested.isWorse ? "bad" : "ok"}`}>
        <Icon name={tested.isWorse ? "stop" : "check"} />
        {tested.status === "too-few-outcomes"
          ? `Too few outcomes to tell (${outcomes.churned} left, ${outcomes.stayed} stayed; it takes ten of each).`
          : tested.isWorse
            ? `Worse, beyond chance, by ${tested.worseBy.join(", ")}.`
            : "Not worse, as far as these outcomes can tell."}
      </p>
      <FigureTable
        columns={[
          { word: "In force", figures: tested.published.overall },
          { word: "Draft", figures: tested.draft.overall },
        ]}
      />
      <dl class="facts small">
        {Object.entries(tested.differences).map(([name, difference]) => (
          <>
            <dt>Δ {name}</dt>
            <dd>{toDifferenceText(difference)}</dd>
          </>
        ))}
        <dt>Flags</dt>
        <dd>
          {tested.flags.both} by both, {tested.flags.onlyDraft.length} by the draft alone,{" "}
          {tested.flags.onlyPublished.length} by the one in force alone
        </dd>
      </dl>
    </Panel>
  );
};

const PublishPanel: FC<{ detail: ModelDetail; tested: ModelBacktest; path: string }> = ({
  detail,
  tested,
  path,
}) => (
  <Panel title="Publish">
    <form method="post" action={`${path}/publish`} class="stack">
      <div class="field">
        <label for="publish-rationale">Rationale</label>
        <textarea id="publish-rationale" name="rationale" required maxlength={2000}>
          {detail.rationale}
        </textarea>
      </div>
      {tested.isWorse && (
        <div class="field">
          <label for="worse">Why although it did worse?</label>
          <textarea id="worse" name="worse" required maxlength={2000} />
        </div>
      )}
      <p class="soft small">
        It takes effect at once and never changes again. Every account is scored anew, and its
        history is marked.
      </p>
      <div>
        <button type="submit" class="primary">
          Publish
        </button>
      </div>
    </form>
  </Panel>
);
