import { useTelltale } from "@telltale/sdk/react";
import { useState } from "react";

const TAKES_MS = 600;

/** Publishing is a task: it starts with the click and ends when the rota is out. */
export function PublishButton({ isEmpty }: { isEmpty: boolean }) {
  const telltale = useTelltale();
  const [state, setState] = useState<"idle" | "busy" | "done">("idle");

  const publish = async () => {
    const task = telltale.task("publish-rota");
    setState("busy");
    await new Promise((resolve) => setTimeout(resolve, TAKES_MS));
    if (isEmpty) {
      task.fail();
      setState("idle");
      return;
    }
    task.complete();
    setState("done");
  };

  return (
    <>
      <button type="button" className="primary" disabled={state === "busy"} onClick={publish}>
        {state === "busy" ? "Publishing …" : "Publish"}
      </button>
      <span role="status">{state === "done" ? "Everybody knows their shifts." : ""}</span>
    </>
  );
}
