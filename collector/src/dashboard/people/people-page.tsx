import type { FC } from "hono/jsx";
import type { Member } from "../../sign-in/members.ts";
import { ROLES, type Role } from "../../sign-in/role.ts";
import { Faulty, type FieldFault, GroupField, TextField } from "../ui/field.tsx";
import { Result } from "../ui/notice.tsx";
import { PageHead, Panel, When } from "../ui/parts.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { PEOPLE_TABS } from "./tabs.ts";

const ROLE_WORDS: Record<Role, string> = {
  viewer: "sees everything, changes nothing",
  operator: "acts on alerts, runs surveys, sends webhooks again",
  admin: "changes the model, keys, endpoints and people",
};

/** Somebody who was asked to come and did not yet. */
interface Invite {
  role: Role | null;
  note: string;
  expiresAt: Date;
}

interface PeopleProps {
  members: Member[];
  invites: Invite[];
  canChange: boolean;
  /** Just made; shown this once. */
  link: string | null;
  draft: { note: string; role: string };
  faults: FieldFault[];
}

const COLUMNS: Column<Member | Invite>[] = [
  {
    head: "Name",
    cell: (one) =>
      "id" in one ? (
        one.name
      ) : (
        <>
          {one.note || "Somebody"} <span class="soft">(invited)</span>
        </>
      ),
  },
  { head: "Role", cell: (one) => ("id" in one && one.isOwner ? "owner" : one.role) },
  {
    head: "Since",
    cell: (one) =>
      "id" in one ? (
        <When at={one.createdAt} />
      ) : (
        <span class="soft">
          the link ends <When at={one.expiresAt} />
        </span>
      ),
  },
];

const CHANGE: Column<Member | Invite> = {
  head: "Change",
  cell: (one) => "id" in one && <MemberActions member={one} />,
};

const MemberActions: FC<{ member: Member }> = ({ member: { id, name, isOwner } }) =>
  isOwner ? (
    <span class="soft">gets a link with every start</span>
  ) : (
    <span class="row">
      <form method="post" action={`/dashboard/people/${id}/link`}>
        <button type="submit" aria-label={`New sign-in link for ${name}`}>
          New link
        </button>
      </form>
      <form method="post" action={`/dashboard/people/${id}/remove`}>
        <button type="submit" class="danger" aria-label={`Remove ${name}`}>
          Remove
        </button>
      </form>
    </span>
  );

/** Who may come in. */
export const PeoplePage: FC<PeopleProps> = ({
  members,
  invites,
  canChange,
  link,
  draft,
  faults,
}) => (
  <Faulty faults={faults}>
    <PageHead title="People" note="Who may see this project, and what they may do." />
    <Tabs label="People" tabs={PEOPLE_TABS} current="/dashboard/people" />
    {link && (
      <Result kind="good">
        <p>Send this link to one person. It works once, and is shown this once:</p>
        <pre id="link">{link}</pre>
      </Result>
    )}
    <div class="stack">
      <section class="panel" aria-label="Members">
        <Table
          label="Members"
          rows={[...members, ...invites]}
          columns={canChange ? [...COLUMNS, CHANGE] : COLUMNS}
        />
      </section>
      {canChange && (
        <Panel title="Invite">
          <form method="post" action="/dashboard/people" class="form">
            <TextField
              name="note"
              label="Whom"
              value={draft.note}
              input={{ required: true, maxlength: 80, placeholder: "Ada, customer success" }}
            />
            <RoleFields role={draft.role} />
            <div>
              <button type="submit" class="primary">
                Make an invitation link
              </button>
            </div>
          </form>
        </Panel>
      )}
    </div>
  </Faulty>
);

const RoleFields: FC<{ role: string }> = ({ role }) => (
  <GroupField class="stack tight" id="role" legend="Role">
    {ROLES.map((one) => (
      <label class="check">
        <input type="radio" name="role" value={one} checked={one === role} />
        <span>
          <strong>{one}</strong> <span class="soft">{ROLE_WORDS[one]}</span>
        </span>
      </label>
    ))}
  </GroupField>
);
