import type { Options } from "@telltale/sdk";
import { TelltaleProvider } from "@telltale/sdk/react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Rota } from "./rota.tsx";

const options: Options = {
  host: import.meta.env.VITE_TELLTALE_HOST ?? "http://127.0.0.1:4700",
  writeKey: import.meta.env.VITE_TELLTALE_WRITE_KEY ?? "wk_missing",
  // Page views from here, not from an effect: StrictMode runs effects twice.
  auto: ["page"],
  // The first page view is Lee's, not a stranger's: it waits for `identify` and `account`.
  waitForIdentityMs: 2_000,
};

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <TelltaleProvider options={options}>
      <Rota />
    </TelltaleProvider>
  </StrictMode>,
);
