import type { FC, PropsWithChildren } from "hono/jsx";
import type { Assets } from "../dashboard/assets.ts";
import { Brand, Document } from "../dashboard/frame.tsx";
import { Notice } from "../dashboard/ui/notice.tsx";
import type { Role } from "./role.ts";

/**
 * `ask`: a link that a person confirms; `spent`: used, too old or unknown; `wrong`: address and
 * password don't belong together.
 */
export type SignInState = "no-link" | "spent" | "invite" | "ask" | "wrong";

interface SignInPageProps {
  state: SignInState;
  token: string;
  role: Role | null;
  /** A path of the dashboard. */
  next: string;
  assets: Assets;
  nonce: string;
}

/** Where people come in. */
export const SignInPage: FC<SignInPageProps> = ({ state, token, role, next, assets, nonce }) => (
  <Document title="Sign in" assets={assets} nonce={nonce} islands={[]}>
    <main class="lone" id="main">
      <div class="panel">
        <Brand href="/dashboard" />
        {state === "invite" && (
          <>
            <h1>You are invited</h1>
            <p class="soft">This link makes you a member, with the role {role}. It works once.</p>
            <LinkForm token={token}>
              <div class="field">
                <label for="name">Your name, as colleagues will see it</label>
                <input id="name" name="name" required maxlength={80} autocomplete="name" />
              </div>
              <button type="submit" class="primary">
                Join and sign in
              </button>
            </LinkForm>
          </>
        )}
        {state === "ask" && (
          <>
            <h1>Sign in?</h1>
            <p class="soft">You followed a sign-in link from another page. It works once.</p>
            <LinkForm token={token}>
              <button type="submit" class="primary">
                Sign in
              </button>
            </LinkForm>
          </>
        )}
        {(state === "no-link" || state === "spent" || state === "wrong") && (
          <>
            <h1>{state === "spent" ? "This link was used already" : "Sign in"}</h1>
            {state === "spent" && (
              <p class="soft">Each link works once and for a limited time. Ask for a new one.</p>
            )}
            {state === "wrong" && (
              <Notice kind="bad">
                This e-mail address and password don't belong together. Whoever has no password yet
                signs in by link.
              </Notice>
            )}
            <PasswordForm next={next} />
            <ByLink />
          </>
        )}
      </div>
    </main>
  </Document>
);

const LinkForm: FC<PropsWithChildren<{ token: string }>> = ({ token, children }) => (
  <form method="post" action="/dashboard/sign-in" class="stack">
    <input type="hidden" name="token" value={token} />
    {children}
  </form>
);

const PasswordForm: FC<{ next: string }> = ({ next }) => (
  <form method="post" action="/dashboard/sign-in/password" class="stack">
    <input type="hidden" name="next" value={next} />
    <div class="field">
      <label for="email">E-mail</label>
      <input
        id="email"
        name="email"
        type="email"
        required
        maxlength={254}
        autocomplete="username"
      />
    </div>
    <div class="field">
      <label for="password">Password</label>
      <input
        id="password"
        name="password"
        type="password"
        required
        maxlength={200}
        autocomplete="current-password"
      />
    </div>
    <button type="submit" class="primary">
      Sign in
    </button>
  </form>
);

const ByLink: FC = () => (
  <details open>
    <summary>By link, without a password</summary>
    <div class="stack tight inner">
      <p class="soft small">
        Whoever runs this Telltale gets a fresh link with every <code>npm start</code>, in the
        terminal:
      </p>
      <pre>Dashboard …/dashboard/sign-in?token=…</pre>
      <p class="soft small">
        Everybody else asks an admin for one, on the page People. Once inside, a password can be set
        there too, under You.
      </p>
    </div>
  </details>
);
