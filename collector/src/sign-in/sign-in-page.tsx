import type { FC } from "hono/jsx";
import type { Assets } from "../dashboard/assets.ts";
import { Brand, Document } from "../dashboard/frame.tsx";
import type { Role } from "./role.ts";

interface SignInPageProps {
  /** `ask`: a link that a person confirms; `spent`: used, too old or unknown. */
  state: "no-link" | "spent" | "invite" | "ask";
  token: string;
  role: Role | null;
  assets: Assets;
  nonce: string;
}

/** Where people come in. */
export const SignInPage: FC<SignInPageProps> = ({ state, token, role, assets, nonce }) => (
  <Document title="Sign in" assets={assets} nonce={nonce} islands={[]}>
    <main class="lone" id="main">
      <div class="panel">
        <Brand href="/dashboard" />
        {state === "invite" && (
          <>
            <h1>You are invited</h1>
            <p class="soft">This link makes you a member, with the role {role}. It works once.</p>
            <form method="post" action="/dashboard/sign-in" class="stack">
              <input type="hidden" name="token" value={token} />
              <div class="field">
                <label for="name">Your name, as colleagues will see it</label>
                <input id="name" name="name" required maxlength={80} autocomplete="name" />
              </div>
              <button type="submit" class="primary">
                Join and sign in
              </button>
            </form>
          </>
        )}
        {state === "ask" && (
          <>
            <h1>Sign in?</h1>
            <p class="soft">You followed a sign-in link from another page. It works once.</p>
            <form method="post" action="/dashboard/sign-in" class="stack">
              <input type="hidden" name="token" value={token} />
              <button type="submit" class="primary">
                Sign in
              </button>
            </form>
          </>
        )}
        {(state === "no-link" || state === "spent") && (
          <>
            <h1>{state === "spent" ? "This link was used already" : "Sign in by link"}</h1>
            <p>
              {state === "spent"
                ? "Each link works once and for a day."
                : "There are no passwords."}{" "}
              Whoever runs this Telltale gets a fresh link with every <code>npm start</code>, in the
              terminal:
            </p>
            <pre>Dashboard …/dashboard/sign-in?token=…</pre>
            <p class="soft">Everybody else asks an admin for an invitation, on the page People.</p>
          </>
        )}
      </div>
    </main>
  </Document>
);
