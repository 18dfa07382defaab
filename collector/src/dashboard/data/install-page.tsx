import type { FC } from "hono/jsx";
import { Icon } from "../ui/icon.tsx";
import { PageHead, Panel, When } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import type { EventRow } from "./queries.ts";
import { DATA_TABS } from "./tabs.ts";

export interface InstallView {
  publicUrl: string;
  /** Shown part of the newest write key that is not revoked; null without one. */
  writeKeyPrefix: string | null;
  seen: { firstAt: Date; lastAt: Date } | null;
  newest: EventRow[];
}

const WHO_IT_IS = `(window.telltale ??= []).push((telltale) => {
  telltale.identify(user.id, { name: user.name, email: user.email });
  telltale.account(account.id, {
    name: account.name,
    plan: account.plan,
    seats: account.seats,
    contract_value: account.arr,
  });
});`;

const Snippet: FC<{ id: string; text: string }> = ({ id, text }) => (
  <div class="snippet">
    <pre id={id}>{text}</pre>
    <div>
      <button type="button" data-copy={id} hidden>
        Copy
      </button>
    </div>
  </div>
);

const Check: FC<{ isDone: boolean; word: string; note: unknown }> = ({ isDone, word, note }) => (
  <li class={`status-line ${isDone ? "ok" : "wait"}`}>
    <Icon name={isDone ? "check" : "clock"} />
    <span>
      <strong>{word}</strong> <span class="soft">{note}</span>
    </span>
  </li>
);

function noteOnAccounts({ hasAccount, hasPeople }: { hasAccount: boolean; hasPeople: boolean }) {
  if (!hasAccount) return "call telltale.account(…)";
  return hasPeople
    ? "so they count towards its score"
    : "but come from automated browsers, crawlers or people without proof, so they count for nothing";
}

/** From nothing to the first event: what to paste, and whether it works. */
export const InstallPage: FC<{ view: InstallView }> = ({ view }) => {
  const { publicUrl, writeKeyPrefix, seen, newest } = view;
  const key = `${writeKeyPrefix ?? "wk_"}…`;
  const hasAccount = newest.some(({ accountId }) => accountId !== "");
  const hasPeople = newest.some(({ isBot }) => !isBot);
  const hasFeature = newest.some(({ event }) => event === "Feature Used");
  return (
    <>
      <PageHead title="Install" note="Three lines to paste, and whether they work." />
      <Tabs label="Data" tabs={DATA_TABS} current="/dashboard/data/install" />
      <div class="columns main-aside">
        <div class="stack">
          <Panel title="1. The script tag" note="before the end of the head">
            <Snippet
              id="snippet"
              text={`<script async src="${publicUrl}/telltale.js" data-write-key="${key}"></script>`}
            />
            <p class="soft small">
              The whole write key was shown when it was made.{" "}
              <a href="/dashboard/data/keys">Make another</a> if nobody kept it; it is public, it
              can only send.
            </p>
          </Panel>
          <Panel title="2. Who it is" note="after your own sign-in">
            <Snippet id="identify" text={WHO_IT_IS} />
            <p class="soft small">In this form it also works before the script has arrived.</p>
          </Panel>
          <Panel title="3. The content security policy" note="if your app has one">
            <Snippet id="csp" text={`script-src ${publicUrl}; connect-src ${publicUrl}`} />
            <p class="soft small">
              Nothing more: no inline style, no inline script, no image, no frame.
            </p>
          </Panel>
        </div>
        <Panel title="Does it work?">
          <ul class="stack tight" aria-live="polite" data-live="/dashboard/data/install">
            <Check
              isDone={seen !== null}
              word="First event"
              note={
                seen ? <When at={seen.firstAt} /> : "not seen yet; this list looks again by itself"
              }
            />
            <Check
              isDone={seen !== null}
              word="Newest event"
              note={seen ? <When at={seen.lastAt} /> : "–"}
            />
            <Check
              isDone={hasAccount && hasPeople}
              word="Events name an account"
              note={noteOnAccounts({ hasAccount, hasPeople })}
            />
            <Check
              isDone={hasFeature}
              word="Features are named"
              note={hasFeature ? "" : 'call telltale.feature("export"), or mark elements'}
            />
          </ul>
        </Panel>
      </div>
    </>
  );
};
