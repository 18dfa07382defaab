import type { FC, PropsWithChildren } from "hono/jsx";
import { Icon } from "./icon.tsx";

type NoticeProps = PropsWithChildren<{ kind: "good" | "warn" | "bad" }>;

/** What came of the form that was just sent. Takes the focus: screen readers pass over a status that a page begins with. */
export const Result: FC<NoticeProps> = (props) => (
  <div tabindex={-1} autofocus>
    <Notice {...props} />
  </div>
);

/** Something to know before going on. */
export const Notice: FC<NoticeProps> = ({ kind, children }) => (
  <div class={`notice ${kind}`} role={kind === "bad" ? "alert" : "status"}>
    <Icon name={kind === "good" ? "check" : kind === "warn" ? "warn" : "stop"} />
    <div>{children}</div>
  </div>
);
