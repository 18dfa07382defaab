import type { FC } from "hono/jsx";
import { PASSWORD_LENGTH } from "../../sign-in/password.ts";
import type { OwnAccount } from "../../sign-in/sessions.ts";
import { Faulty, type FieldFault, TextField } from "../ui/field.tsx";
import { PageHead, Panel, When } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { PEOPLE_TABS } from "./tabs.ts";

/** One's own password and sessions. */
export const YouPage: FC<{ own: OwnAccount; email: string; faults: FieldFault[] }> = ({
  own,
  email,
  faults,
}) => (
  <Faulty faults={faults}>
    <PageHead title={own.name} note="How you come in, and where you are signed in." />
    <Tabs label="People" tabs={PEOPLE_TABS} current="/dashboard/people/you" />
    <div class="columns even">
      <PasswordPanel own={own} email={email} />
      <SessionsPanel own={own} />
    </div>
  </Faulty>
);

const PasswordPanel: FC<{ own: OwnAccount; email: string }> = ({ own: { hasPassword }, email }) => (
  <Panel
    title="Password"
    note={hasPassword ? "beside sign-in links" : "none: you sign in by link alone"}
  >
    <form method="post" action="/dashboard/people/you/password" class="form">
      <TextField
        name="email"
        label="E-mail, to sign in with"
        value={email}
        input={{ type: "email", maxlength: 254, required: true, autocomplete: "username" }}
      />
      {hasPassword && (
        <TextField
          name="current"
          label="Present password"
          value=""
          input={{
            type: "password",
            maxlength: PASSWORD_LENGTH.most,
            required: true,
            autocomplete: "current-password",
          }}
        />
      )}
      <TextField
        name="password"
        label={hasPassword ? "New password" : "Password"}
        value=""
        hint={`${PASSWORD_LENGTH.least} characters or more; a few words are easier to keep in mind.`}
        input={{
          type: "password",
          minlength: PASSWORD_LENGTH.least,
          maxlength: PASSWORD_LENGTH.most,
          required: true,
          autocomplete: "new-password",
        }}
      />
      <div class="row">
        <button type="submit" class="primary">
          {hasPassword ? "Change the password" : "Set a password"}
        </button>
        {hasPassword && (
          <button type="submit" name="remove" value="1" formnovalidate>
            Back to links alone
          </button>
        )}
      </div>
      <p class="soft small">You stay signed in here; all your other sessions end.</p>
    </form>
  </Panel>
);

const SessionsPanel: FC<{ own: OwnAccount }> = ({ own: { sessions } }) => (
  <Panel title="Sessions" note="a session that nobody uses ends after 14 days">
    <ul class="list">
      {sessions.map(({ isThis, createdAt, seenAt }) => (
        <li class="row apart">
          <span>
            {isThis ? <strong>This browser</strong> : "Another browser"}
            <span class="soft">
              , signed in <When at={createdAt} />
            </span>
          </span>
          <span class="soft small">
            seen <When at={seenAt} />
          </span>
        </li>
      ))}
    </ul>
    {sessions.length > 1 && (
      <footer>
        <form method="post" action="/dashboard/people/you/sessions">
          <button type="submit">Sign out everywhere else</button>
        </form>
      </footer>
    )}
  </Panel>
);
