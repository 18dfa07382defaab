import type { FC } from "hono/jsx";
import { Faulty, type FieldFault, TextField } from "../ui/field.tsx";
import { PageHead, Panel } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { DATA_TABS } from "./tabs.ts";

/** Currencies that a list offers first to who types; every other is taken too. */
const OFTEN = ["EUR", "USD", "GBP", "CHF", "SEK", "DKK", "NOK", "PLN", "CAD", "AUD", "JPY", "INR"];

interface ProjectProps {
  project: { name: string; timeZone: string };
  canChange: boolean;
  draft: { name: string; currency: string };
  faults: FieldFault[];
}

/** What a project is called, and how its days and amounts are meant. */
export const ProjectPage: FC<ProjectProps> = ({ project, canChange, draft, faults }) => (
  <Faulty faults={faults}>
    <PageHead title="Project" note="What it is called, and how its days and amounts are meant." />
    <Tabs label="Data" tabs={DATA_TABS} current="/dashboard/data/project" />
    <Panel title={project.name}>
      <form method="post" action="/dashboard/data/project" class="form">
        <TextField
          name="name"
          label="Name"
          value={draft.name}
          input={{ required: true, maxlength: 200, disabled: !canChange }}
        />
        <TextField
          name="currency"
          label="Currency of contract values"
          value={draft.currency}
          hint="Three letters, such as EUR. Amounts are shown with it and never converted: send the traits contract_value, arr and mrr in this one currency. Empty: bare numbers."
          input={{ maxlength: 3, list: "currencies", autocomplete: "off", disabled: !canChange }}
        />
        <datalist id="currencies">
          {OFTEN.map((code) => (
            <option value={code} />
          ))}
        </datalist>
        <p class="soft small">
          Days are cut in {project.timeZone}. <code>PATCH /v1/project</code> changes that, and
          counts the usage anew.
        </p>
        {canChange ? (
          <div>
            <button type="submit">Save</button>
          </div>
        ) : (
          <p class="soft">An admin can change this.</p>
        )}
      </form>
    </Panel>
  </Faulty>
);
