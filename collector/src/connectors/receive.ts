import type { Sql } from "../db/client.ts";
import { Problem, WrongKey } from "../problem.ts";
import { createSecretBox } from "../webhooks/secret-box.ts";
import { createGenericPreset } from "./presets/generic.ts";
import { hubspot } from "./presets/hubspot.ts";
import { intercom } from "./presets/intercom.ts";
import { stripe } from "./presets/stripe.ts";
import { zendesk } from "./presets/zendesk.ts";
import type { InboundRequest, Preset } from "./signal.ts";
import { findSourceById, recordReceipt, recordRefusal, type SourceRow } from "./source-queries.ts";
import { type StoredSignals, storeSignals } from "./store-signals.ts";

interface ReceiveDeps {
  sql: Sql;
  appSecret: string;
}

function presetOf(source: SourceRow): Preset {
  switch (source.kind) {
    case "zendesk":
      return zendesk;
    case "intercom":
      return intercom;
    case "hubspot":
      return hubspot;
    case "stripe":
      return stripe;
    case "generic":
      return createGenericPreset(
        source.mapping ?? { account: { by: "id", path: "accountId" }, signals: [] },
      );
  }
}

/**
 * Takes a signed webhook of a source: the signature over the raw text is checked before anything
 * is parsed. Sending it again changes nothing.
 *
 * @throws {Problem} not-found; unauthenticated, for a bad signature; invalid-request, for no JSON
 */
export async function receiveWebhook(
  { sql, appSecret }: ReceiveDeps,
  sourceId: string,
  request: InboundRequest,
): Promise<StoredSignals> {
  const source = await findSourceById(sql, sourceId);
  if (!source) throw new Problem("not-found", "There is no such source.");
  const preset = presetOf(source);
  const secret = createSecretBox(appSecret).open(source.secretEncrypted, source.id);
  if (!preset.isGenuine(request, secret)) {
    await recordRefusal(sql, source.projectId, source.id);
    throw new WrongKey("The signature does not fit the body and the secret.");
  }
  const signals = preset.read(parseJson(request.body), request);
  const stored = await storeSignals(sql, source, { signals, now: request.receivedAt });
  await recordReceipt(sql, {
    projectId: source.projectId,
    id: source.id,
    at: new Date(request.receivedAt).toISOString(),
    accepted: stored.accepted,
    unmatched: stored.unmatched,
  });
  return stored;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem("invalid-request", "The body is not JSON.", {
      errors: [{ pointer: "", detail: "must be JSON" }],
    });
  }
}
