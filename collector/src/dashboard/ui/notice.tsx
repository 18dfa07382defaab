import type { FC, PropsWithChildren } from "hono/jsx";
import { Icon } from "./icon.tsx";

/** Something to know before going on. */
export const Notice: FC<PropsWithChildren<{ kind: "good" | "warn" | "bad" }>> = ({
  kind,
  children,
}) => (
  <div class={`notice ${kind}`} role={kind === "bad" ? "alert" : "status"}>
    <Icon name={kind === "good" ? "check" : kind === "warn" ? "warn" : "stop"} />
    <div>{children}</div>
  </div>
);
