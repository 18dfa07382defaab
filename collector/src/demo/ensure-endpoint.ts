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

type Receiver = Pick<RunningReceiver, "host" | "url">;

const policyFor = ({ host }: Receiver) => ({ isPrivateAllowed: false, allowedHosts: [host] });

/**
 * Tells the endpoint of an earlier start where the demo's receiver is now.
 *
 * @returns the id of the endpoint; null on the first start
 */
export async function moveDemoEndpoint(
  deps: EnsureEndpointDeps,
  projectId: string,
  receiver: Receiver,
): Promise<string | null> {
  const { data } = await listEndpointPage(deps.db, projectId, { limit: 100 });
  const known = data.find((endpoint) => endpoint.description === DESCRIPTION);
  if (!known) return null;
  const changes = { url: receiver.url, status: "enabled" } as const;
  const policy = policyFor(receiver);
  await changeEndpoint({ ...deps, policy }, { projectId, id: known.id }, changes);
  return known.id;
}

/**
 * Registers the demo's receiver, or moves the endpoint of an earlier start to it.
 *
 * @returns the id of the endpoint
 */
export async function ensureDemoEndpoint(
  deps: EnsureEndpointDeps,
  projectId: string,
  receiver: Receiver,
): Promise<string> {
  const moved = await moveDemoEndpoint(deps, projectId, receiver);
  if (moved) return moved;
  const made = await createEndpoint(
    { ...deps, policy: policyFor(receiver) },
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
