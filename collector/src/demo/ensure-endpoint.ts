import type { Db } from "../db/client.ts";
import { changeEndpoint, createEndpoint, listEndpointPage } from "../webhooks/endpoints.ts";
import { demoWebhookSecret } from "./demo-secrets.ts";
import type { RunningReceiver } from "./start-receiver.ts";

const DESCRIPTION = "The demo's receiver";

interface EnsureEndpointDeps {
  db: Db;
  clock: () => number;
  appSecret: string;
}

/**
 * Registers the demo's receiver, or tells the endpoint of an earlier start where it is now.
 *
 * @returns the id of the endpoint
 */
export async function ensureDemoEndpoint(
  deps: EnsureEndpointDeps,
  projectId: string,
  receiver: Pick<RunningReceiver, "host" | "url">,
): Promise<string> {
  const policy = { isPrivateAllowed: false, allowedHosts: [receiver.host] };
  const { data } = await listEndpointPage(deps.db, projectId, { limit: 100 });
  const known = data.find((endpoint) => endpoint.description === DESCRIPTION);
  if (known) {
    const changes = { url: receiver.url, status: "enabled" } as const;
    await changeEndpoint({ ...deps, policy }, { projectId, id: known.id }, changes);
    return known.id;
  }
  const made = await createEndpoint(
    { ...deps, policy },
    {
      projectId,
      url: receiver.url,
      description: DESCRIPTION,
      types: [],
      secret: demoWebhookSecret(deps.appSecret),
    },
  );
  return made.id;
}
