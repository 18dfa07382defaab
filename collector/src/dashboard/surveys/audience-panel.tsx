import type { FC, PropsWithChildren } from "hono/jsx";
import { toCount, toWhole } from "../format.ts";
import { Panel } from "../ui/parts.tsx";

/** Who would be asked, and why the others would not. */
export interface Audience {
  examined: number;
  eligible: number;
  refusals: Record<string, number>;
}

const REASONS: Record<string, string> = {
  not_targeted: "not in the segment, or other traits",
  not_sampled: "not in the share, or not their day yet",
  already_answered: "answered already",
  opted_out: "never want to be asked",
  postponed: "said later",
  survey_cooling_down: "closed it, or had an NPS question lately",
  person_cooling_down: "were asked something lately",
  tag_limit: "saw as many of its tag as the limits allow",
  shown_too_often: "never answer",
  account_budget: "their account was asked enough today",
  not_live: "it is not the time yet",
};

/** Counts who would see a survey if its trigger fired now; the button that asks is the child. */
export const AudiencePanel: FC<PropsWithChildren<{ audience: Audience | null }>> = ({
  audience,
  children,
}) => (
  <Panel title="Who would see it now" id="audience">
    {audience ? (
      <div class="stack tight">
        <p>
          <strong class="figure">{toWhole(audience.eligible)}</strong> of{" "}
          {toCount(audience.examined, "user")} seen in the last 30 days.
        </p>
        <dl class="facts small">
          {Object.entries(audience.refusals)
            .sort(([, a], [, b]) => b - a)
            .map(([reason, count]) => (
              <>
                <dt>{REASONS[reason] ?? reason.replaceAll("_", " ")}</dt>
                <dd>{toWhole(count)}</dd>
              </>
            ))}
        </dl>
      </div>
    ) : (
      <p class="soft">By the very rules of a real prompt, among users of the last 30 days.</p>
    )}
    <footer>{children}</footer>
  </Panel>
);
