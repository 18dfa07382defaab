import type { FC, PropsWithChildren } from "hono/jsx";
import { createContext, useContext } from "hono/jsx";
import { toMoney, toRelative, toSigned } from "../format.ts";
import { Icon, type IconName } from "./icon.tsx";

/** Now, and where the project's days are cut. */
export interface Moment {
  /** Milliseconds since the epoch. */
  now: number;
  /** IANA name. */
  timeZone: string;
}

export const MomentContext = createContext<Moment>({ now: 0, timeZone: "UTC" });

/** Of what accounts pay, ISO 4217; null: nobody said. */
export const CurrencyContext = createContext<string | null>(null);

/** An amount of money, in the project's currency. */
export const Money: FC<{ value: number; style?: "short" | "whole" }> = ({
  value,
  style = "short",
}) => <span class="nowrap">{toMoney(value, useContext(CurrencyContext), style)}</span>;

/** A moment as people say it, with the exact time in its title. */
export const When: FC<{ at: Date | string | number }> = ({ at }) => {
  const { now, timeZone } = useContext(MomentContext);
  const date = new Date(at);
  const exact = date.toLocaleString("en-GB", { timeZone, dateStyle: "medium", timeStyle: "short" });
  return (
    <time datetime={date.toISOString()} title={`${exact} (${timeZone})`} class="nowrap">
      {toRelative(date.getTime(), now)}
    </time>
  );
};

/** A calendar day, such as `14 Nov 2026`. */
export const Day: FC<{ at: Date | string | number }> = ({ at }) => {
  const { timeZone } = useContext(MomentContext);
  const isDay = typeof at === "string" && at.length === 10;
  const date = new Date(at);
  return (
    <time datetime={isDay ? at : date.toISOString()} class="nowrap">
      {date.toLocaleDateString("en-GB", {
        timeZone: isDay ? "UTC" : timeZone,
        day: "numeric",
        month: "short",
        year: "numeric",
      })}
    </time>
  );
};

/** A change in points: arrow, sign and colour say the same. */
export const Delta: FC<{ points: number | null }> = ({ points }) => {
  if (points === null) return <span class="delta same">–</span>;
  const text = toSigned(Math.round(points));
  const direction = text === "0" ? "same" : points > 0 ? "up" : "down";
  return (
    <span class={`delta ${direction}`}>
      {direction !== "same" && <Icon name={direction} />}
      {text}
    </span>
  );
};

/** A framed part of a page with its heading. */
export const Panel: FC<
  PropsWithChildren<{ title: string; note?: unknown; id?: string; class?: string }>
> = ({ title, note, id, class: extra, children }) => (
  <section class={extra ? `panel ${extra}` : "panel"} {...(id && { id })}>
    <header>
      <h2>{title}</h2>
      {note ? <p>{note}</p> : null}
    </header>
    {children}
  </section>
);

/** What stands where there is nothing yet, and how to change that. */
export const Empty: FC<PropsWithChildren<{ title: string; icon?: IconName }>> = ({
  title,
  icon = "inbox",
  children,
}) => (
  <div class="empty">
    <Icon name={icon} />
    <strong>{title}</strong>
    <div>{children}</div>
  </div>
);

/** The top of a page. */
export const PageHead: FC<PropsWithChildren<{ title: unknown; note?: unknown }>> = ({
  title,
  note,
  children,
}) => (
  <div class="head">
    <div>
      <h1>{title}</h1>
      {note ? <p>{note}</p> : null}
    </div>
    {children ? <div class="actions">{children}</div> : null}
  </div>
);

/** A named group that takes the keyboard, so that its arrows scroll it. */
const toScrollable = (label: string) =>
  ({ role: "group", tabindex: 0, "aria-label": label }) as const;

/** Something that a wide table scrolls in. */
export const Scroll: FC<PropsWithChildren<{ label: string }>> = ({ label, children }) => (
  <div class="scroll" {...toScrollable(label)}>
    {children}
  </div>
);
