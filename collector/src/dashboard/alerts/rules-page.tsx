import type { FC } from "hono/jsx";
import type { AlertRule } from "../../alerts/rule.ts";
import type { Playbook } from "../../playbooks/default-playbooks.ts";
import { toTenth } from "../format.ts";
import { LevelBadge } from "../ui/alert.tsx";
import { Icon } from "../ui/icon.tsx";
import { PageHead } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { ALERT_TABS } from "./tabs.ts";
import { describeTrigger, TRIGGER_FORMS } from "./trigger-form.ts";

const RULES_PATH = "/dashboard/alerts/rules";

export const ruleHref = (key: string): string => `${RULES_PATH}/${encodeURIComponent(key)}`;

/** `24 hours`, `7 days`. */
export function toSpan(hours: number): string {
  if (hours === 0) return "at once";
  return hours % 24 === 0 && hours >= 48 ? `${hours / 24} days` : `${toTenth(hours)} hours`;
}

interface RulesProps {
  rules: AlertRule[];
  playbooks: Playbook[];
  canChange: boolean;
}

/** When alerts are due. */
export const RulesPage: FC<RulesProps> = ({ rules, playbooks, canChange }) => {
  const on = rules.filter(({ isEnabled }) => isEnabled).length;
  return (
    <>
      <PageHead
        title="Alert rules"
        note={`${on} of ${rules.length} are on. Try one on the past before you turn it on.`}
      >
        {canChange && (
          <a class="button primary" href={`${RULES_PATH}/new`}>
            New rule
          </a>
        )}
      </PageHead>
      <Tabs label="Alerts" tabs={ALERT_TABS} current={RULES_PATH} />
      <section class="panel" aria-label="Rules">
        <ul class="list">
          {[...rules]
            .sort((a, b) => Number(b.isEnabled) - Number(a.isEnabled))
            .map((rule) => (
              <RuleItem rule={rule} playbooks={playbooks} />
            ))}
        </ul>
      </section>
    </>
  );
};

const RuleItem: FC<{ rule: AlertRule; playbooks: Playbook[] }> = ({ rule, playbooks }) => {
  const playbook = playbooks.find(({ key }) => key === rule.playbookKey);
  return (
    <li class="rule-item">
      <span class={`status-line ${rule.isEnabled ? "ok" : "soft"}`}>
        <Icon name={rule.isEnabled ? "check" : "same"} />
        {rule.isEnabled ? "On" : "Off"}
      </span>
      <div>
        <a class="title" href={ruleHref(rule.key)}>
          {rule.name}
        </a>
        <p>An account {describeTrigger(rule.trigger)}.</p>
        <p class="soft small">
          {rule.noticeHours > 0 && `Once it has held for ${toSpan(rule.noticeHours)} · `}
          {rule.coolDownHours > 0 && `not again within ${toSpan(rule.coolDownHours)} · `}
          {rule.escalateAfterHours !== null &&
            `escalates after ${toSpan(rule.escalateAfterHours)} · `}
          {playbook?.name ?? "playbook by what moves the score"}
        </p>
      </div>
      <LevelBadge level={rule.level} />
    </li>
  );
};

/** The kinds of condition to start a rule from. */
export const NewRulePage: FC = () => (
  <>
    <p class="crumb">
      <a href={RULES_PATH}>Alert rules</a>
    </p>
    <PageHead title="New rule" note="What should somebody hear about?" />
    <ul class="tiles choices">
      {Object.entries(TRIGGER_FORMS).map(([kind, { word, hint }]) => (
        <li>
          <a class="tile" href={`${RULES_PATH}/new?kind=${kind}`}>
            <strong>{word}</strong>
            <span class="note">{hint}</span>
          </a>
        </li>
      ))}
    </ul>
  </>
);
