import type { FC } from "hono/jsx";
import type { ModelIdea } from "../../models/changelog/schema.ts";
import { AreaField, Faulty, type FieldFault, TextField } from "../ui/field.tsx";
import { PageHead, Panel, When } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { MODEL_TABS } from "./tabs.ts";

interface IdeasProps {
  ideas: ModelIdea[];
  canChange: boolean;
  /** What was typed of a new one. */
  draft: { title: string; why: string };
  faults: FieldFault[];
}

const Answer: FC<{ idea: ModelIdea }> = ({ idea }) => (
  <form method="post" action={`/dashboard/model/ideas/${idea.id}`} class="row">
    <input
      name="answer"
      aria-label={`What became of ${idea.title}`}
      placeholder="In which version, or why not"
      required
      maxlength={2_000}
    />
    <button type="submit" name="status" value="done">
      Done
    </button>
    <button type="submit" name="status" value="declined">
      Decline
    </button>
  </form>
);

const Idea: FC<{ idea: ModelIdea; canAnswer: boolean }> = ({ idea, canAnswer }) => (
  <li class="stack tight">
    <div class="row apart">
      <strong>{idea.title}</strong>
      <span class="soft small">
        {idea.author}, <When at={idea.createdAt} />
      </span>
    </div>
    <p>{idea.why}</p>
    {idea.answeredAt && idea.status !== "open" && (
      <p class="soft small">
        {idea.status === "done" ? "Done" : "Declined"} by {idea.answeredBy},{" "}
        <When at={idea.answeredAt} />: {idea.answer}
      </p>
    )}
    {canAnswer && <Answer idea={idea} />}
  </li>
);

/** What people would change about the score, and what became of it. */
export const IdeasPage: FC<IdeasProps> = ({ ideas, canChange, draft, faults }) => {
  const open = ideas.filter(({ status }) => status === "open");
  const answered = ideas.filter(({ status }) => status !== "open");
  return (
    <Faulty faults={faults}>
      <PageHead title="Backlog" note="What to change about the score, and what became of it">
        <a class="button" href="/dashboard/model/changelog.md">
          Changelog as a document
        </a>
      </PageHead>
      <Tabs label="Model" tabs={MODEL_TABS} current="/dashboard/model/ideas" />
      <div class="columns main-aside">
        <div class="stack">
          <Panel title="Open">
            {open.length === 0 ? (
              <p class="soft">Nothing is open.</p>
            ) : (
              <ul class="list">
                {open.map((idea) => (
                  <Idea idea={idea} canAnswer={canChange} />
                ))}
              </ul>
            )}
          </Panel>
          {answered.length > 0 && (
            <Panel title="Answered">
              <ul class="list">
                {answered.map((idea) => (
                  <Idea idea={idea} canAnswer={false} />
                ))}
              </ul>
            </Panel>
          )}
        </div>
        {canChange && (
          <Panel title="Note an idea">
            <form method="post" action="/dashboard/model/ideas" class="form">
              <TextField
                name="title"
                label="What to change"
                value={draft.title}
                input={{ required: true, maxlength: 200, autocomplete: "off" }}
              />
              <AreaField
                name="why"
                label="Why, and how one would see that it is better"
                value={draft.why}
                input={{ required: true, maxlength: 2_000 }}
              />
              <button type="submit" class="primary">
                Note it
              </button>
            </form>
          </Panel>
        )}
      </div>
    </Faulty>
  );
};
