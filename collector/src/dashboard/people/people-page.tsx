import type { FC } from "hono/jsx";
import type { Member } from "../../sign-in/members.ts";
import { ROLES, type Role } from "../../sign-in/role.ts";
import { Faulty, type FieldFault, GroupField, TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { PageHead, Panel, Scroll, When } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { PEOPLE_TABS } from "./tabs.ts";

const ROLE_WORDS: Record<Role, string> = {
  viewer: "sees everything, changes nothing",
  operator: "acts on alerts, runs surveys, replays",
  admin: "changes the model, keys, endpoints and people",
};

interface PeopleProps {
  members: Member[];
  invites: { role: Role | null; note: string; expiresAt: Date }[];
  canChange: boolean;
  /** Just made; shown this once. */
  link: string | null;
  draft: { note: string; role: string };
  faults: FieldFault[];
}

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
      <Notice kind="good">
        <p>Send this link to one person. It works once, and is shown this once:</p>
        <pre id="link">{link}</pre>
      </Notice>
    )}
    <div class="stack">
      <section class="panel" aria-label="Members">
        <Scroll label="Members">
          <table>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Role</th>
                <th scope="col">Since</th>
                {canChange && <th scope="col">Change</th>}
              </tr>
            </thead>
            <tbody>
              {members.map((member) => (
                <tr>
                  <th scope="row">{member.name}</th>
                  <td>{member.isOwner ? "owner" : member.role}</td>
                  <td>
                    <When at={member.createdAt} />
                  </td>
                  {canChange && (
                    <td>
                      {member.isOwner ? (
                        <span class="soft">gets a link with every start</span>
                      ) : (
                        <span class="row">
                          <form method="post" action={`/dashboard/people/${member.id}/link`}>
                            <button
                              type="submit"
                              aria-label={`New sign-in link for ${member.name}`}
                            >
                              New link
                            </button>
                          </form>
                          <form method="post" action={`/dashboard/people/${member.id}/remove`}>
                            <button
                              type="submit"
                              class="danger"
                              aria-label={`Remove ${member.name}`}
                            >
                              Remove
                            </button>
                          </form>
                        </span>
                      )}
                    </td>
                  )}
                </tr>
              ))}
              {invites.map(({ role, note, expiresAt }) => (
                <tr>
                  <th scope="row">
                    {note || "Somebody"} <span class="soft">(invited)</span>
                  </th>
                  <td>{role}</td>
                  <td colspan={canChange ? 2 : 1} class="soft">
                    the link ends <When at={expiresAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
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
