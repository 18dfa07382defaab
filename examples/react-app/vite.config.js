import { defineConfig } from "vite";

export default defineConfig({
  server: { host: "127.0.0.1", port: 4720 },
  // Inside this repository the SDK is used as it stands in `sdk/src`; drop this line in your app.
  resolve: { conditions: ["source", "module", "browser", "development|production"] },
});
