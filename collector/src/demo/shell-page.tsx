import type { FC } from "hono/jsx";
import { DEMO_ACCOUNT } from "./demo-account.ts";

const Step: FC<{ id: string; title: string; children?: unknown }> = ({ id, title, children }) => (
  <li data-step={id}>
    <strong>{title}</strong> {children}
  </li>
);

/** The demo: a product in a frame, and beside it what its maker would see. */
export const ShellPage: FC = () => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>Telltale · live demo</title>
      <link rel="icon" href="/demo/mark.svg" type="image/svg+xml" />
      <link rel="stylesheet" href="/demo/panel.css" />
      <link rel="stylesheet" href="/demo/panel-views.css" />
      <script type="module" src="/demo/panel.js" />
    </head>
    <body>
      <header class="bar">
        <h1>
          <a class="mark" href="/demo">
            <img src="/demo/mark.svg" alt="" width="22" height="22" />
            Telltale
          </a>{" "}
          <span class="bar-note">live demo</span>
        </h1>
        <nav aria-label="Telltale">
          <a href="/dashboard">Dashboard</a>
          <a href="/docs">API</a>
        </nav>
      </header>
      <main class="product" aria-labelledby="product-title">
        <div class="caption">
          <h2 id="product-title">The product</h2>
          <p>Ledgerline, used by {DEMO_ACCOUNT.name}</p>
          <button type="button" id="again">
            Start again as a colleague
          </button>
        </div>
        <iframe id="product" src="/demo/app/" title="Ledgerline, the demo product" />
      </main>
      <aside class="panel" aria-labelledby="panel-title" tabindex={0}>
        <div class="caption">
          <h2 id="panel-title">What Telltale sees</h2>
          <p id="pulse">connecting …</p>
        </div>
        <ol class="steps" aria-label="Try this">
          <Step id="feature" title="Use it.">
            Press Export or Remind.
          </Step>
          <Step id="task" title="Finish a task.">
            Create an invoice and send it.
          </Step>
          <Step id="answer" title="Answer">
            the one-tap question that follows.
          </Step>
        </ol>
        <section class="health" aria-labelledby="health-title">
          <h3 id="health-title">
            Health of <span id="account">{DEMO_ACCOUNT.name}</span>
          </h3>
          <div class="score-row">
            <output id="score" aria-live="polite">
              –
            </output>
            <span id="tier" class="tier" data-tier="unknown">
              not scored yet
            </span>
            <span id="moved" class="moved" hidden />
          </div>
          <div class="scale" aria-hidden="true">
            <span class="needle" id="needle" hidden />
          </div>
          <p class="small" id="evidence" />
          <h4>Drivers, in points against a typical account</h4>
          <ul id="drivers" class="drivers" />
        </section>
        <section aria-labelledby="events-title">
          <h3 id="events-title">
            Events <span class="count" id="event-count" />
          </h3>
          <ul id="events" class="events" aria-labelledby="events-title" tabindex={0}>
            <li class="none">Nothing yet. Click something in Ledgerline.</li>
          </ul>
        </section>
        <section aria-labelledby="webhooks-title">
          <h3 id="webhooks-title">Webhooks delivered</h3>
          <ul id="webhooks" class="webhooks">
            <li class="none">None yet. One leaves when the score moves by a point.</li>
          </ul>
        </section>
        <p class="small foot">
          The other accounts of this project are simulated. The receiver of{" "}
          <code>examples/webhook-receiver</code> checks every signature.
        </p>
      </aside>
    </body>
  </html>
);
