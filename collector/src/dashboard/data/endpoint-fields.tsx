import type { FC } from "hono/jsx";
import type { FORMAT_NAMES } from "../../webhooks/formats/format.ts";
import { VALUE_NAMES } from "../../webhooks/formats/message-values.ts";
import { WEBHOOK_TYPES } from "../../webhooks/schema.ts";
import { AreaField, CheckField, Choice, GroupField, TextField } from "../ui/field.tsx";
import { SegmentsField } from "../ui/segments-field.tsx";
import { TIER_WORDS, TIERS } from "../ui/tier.tsx";
import type { EndpointDraft } from "./endpoint-draft.ts";

const FORMAT_WORDS: Record<(typeof FORMAT_NAMES)[number], string> = {
  standard: "Standard Webhooks, signed",
  slack: "Slack",
  hubspot: "HubSpot: properties of companies",
  salesforce: "Salesforce: fields of accounts",
  zendesk: "Zendesk: fields of organisations",
  intercom: "Intercom: attributes of companies",
  fields: "Fields of your own",
};

interface EndpointFieldsProps {
  draft: EndpointDraft;
  segments: { key: string; name: string }[];
  /** An endpoint that is there keeps its format and its secrets. */
  mode: "new" | "change";
}

/** All that an endpoint can be told. */
export const EndpointFields: FC<EndpointFieldsProps> = ({ draft, segments, mode }) => (
  <>
    <div class="columns">
      <TextField
        name="url"
        label="URL"
        value={draft.url}
        hint="Private addresses are refused, also later, at each delivery. With a vendor's format: the origin of its API."
        input={{ type: "url", required: true, maxlength: 2_000, placeholder: "https://" }}
      />
      <TextField
        name="description"
        label="What it is"
        value={draft.description}
        input={{ maxlength: 500 }}
      />
    </div>
    <WantedFields draft={draft} segments={segments} />
    <details {...(mode === "new" && draft.format === "standard" ? {} : { open: true })}>
      <summary>Format and credentials</summary>
      <div class="stack tight">
        <div class="columns three">
          {mode === "new" ? (
            <Choice name="format" label="Format" value={draft.format} words={FORMAT_WORDS} />
          ) : (
            <p>
              <span class="soft small">Format</span>
              <br />
              {FORMAT_WORDS[draft.format as keyof typeof FORMAT_WORDS] ?? draft.format}
            </p>
          )}
          <TextField
            name="credentials"
            label="Token of the vendor's API"
            value=""
            hint={mode === "new" ? "Stored encrypted, never shown" : "Empty: stays as it is"}
            input={{ type: "password", maxlength: 4_000, autocomplete: "off" }}
          />
          <TextField
            name="email"
            label="E-mail of its owner (Zendesk)"
            value={draft.email}
            input={{ type: "email", maxlength: 254, autocomplete: "off" }}
          />
        </div>
        <AreaField
          name="fieldMap"
          label="Field map, one a line: their field = our value"
          value={draft.fieldMap}
          hint={`Empty: ${mode === "new" ? "the format's own fields" : "stays as it is"}. Values: ${VALUE_NAMES.join(", ")}`}
          input={{ maxlength: 10_000, placeholder: "health_score = score" }}
        />
      </div>
    </details>
    <details {...(mode === "new" ? {} : { open: true })}>
      <summary>Pace{mode === "new" && " and secret"}</summary>
      <div class="columns three">
        <TextField
          name="maxConcurrent"
          label="Messages at once"
          value={draft.maxConcurrent}
          hint="1 to 32, by each collector process; empty: 32"
          input={{ type: "number", min: 1, max: 32 }}
        />
        <TextField
          name="maxPerSecond"
          label="Messages a second"
          value={draft.maxPerSecond}
          hint="Empty: as many as it takes"
          input={{ type: "number", min: 0, max: 1_000, step: "any" }}
        />
        {mode === "new" && (
          <TextField
            name="secret"
            label="Secret"
            value={draft.secret}
            hint="Empty: a random one; else whsec_ and base64"
            input={{ maxlength: 200, autocomplete: "off" }}
          />
        )}
      </div>
    </details>
  </>
);

const WantedFields: FC<Pick<EndpointFieldsProps, "draft" | "segments">> = ({ draft, segments }) => {
  return (
    <>
      <GroupField id="types" legend="Tell it of (nothing chosen: everything)">
        <div class="columns three">
          {WEBHOOK_TYPES.filter((type) => type !== "ping").map((type) => (
            <CheckField
              name="types"
              value={type}
              label={<code>{type}</code>}
              isOn={draft.types.includes(type)}
            />
          ))}
        </div>
      </GroupField>
      <div class="columns">
        <GroupField
          id="tiers"
          legend="Only of accounts that come from or go to (nothing chosen: any tier)"
        >
          <div class="row">
            {TIERS.map((tier) => (
              <CheckField
                name="tiers"
                value={tier}
                label={TIER_WORDS[tier]}
                isOn={draft.tiers.includes(tier)}
              />
            ))}
          </div>
        </GroupField>
        <SegmentsField
          legend="Only of accounts of these segments (nothing chosen: all)"
          segments={segments}
          chosen={draft.segments}
        />
      </div>
    </>
  );
};
