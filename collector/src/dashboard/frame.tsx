import { html } from "hono/html";
import type { FC, PropsWithChildren } from "hono/jsx";
import type { MemberProject, Session } from "../sign-in/find-session.ts";
import type { Assets } from "./assets.ts";
import { toWhole } from "./format.ts";
import { Icon, type IconName } from "./ui/icon.tsx";

/** The parts of the dashboard, in the order of the menu. */
const SECTIONS = [
  { key: "book", href: "/dashboard", word: "Book", icon: "book" },
  { key: "alerts", href: "/dashboard/alerts", word: "Alerts", icon: "bell" },
  { key: "features", href: "/dashboard/features", word: "Features", icon: "shapes" },
  { key: "surveys", href: "/dashboard/surveys", word: "Surveys", icon: "speech" },
  { key: "model", href: "/dashboard/model", word: "Model", icon: "sliders" },
  { key: "data", href: "/dashboard/data", word: "Data", icon: "pulse" },
  { key: "people", href: "/dashboard/people", word: "People", icon: "people" },
] as const satisfies { key: string; href: string; word: string; icon: IconName }[];

export type Section = (typeof SECTIONS)[number]["key"];

/** The name with its sign: a line that tells. */
export const Brand: FC<{ href: string }> = ({ href }) => (
  <a class="brand" href={href}>
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path class="beat" d="M2 14h4.500l3-9 4.500 14 3-8.500 1.500 3.500H22" />
    </svg>
    Telltale
  </a>
);

/** The document around every page. */
export const Document: FC<
  PropsWithChildren<{ title: string; assets: Assets; nonce: string; islands: readonly string[] }>
> = ({ title, assets, nonce, islands, children }) => (
  <>
    {html`<!doctype html>`}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · Telltale`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={assets.style.path} nonce={nonce} />
        {islands.map((name) => (
          <script type="module" src={assets.islands.get(name)?.path} nonce={nonce} />
        ))}
      </head>
      <body>{children}</body>
    </html>
  </>
);

const ProjectSwitch: FC<{ projects: MemberProject[]; current: MemberProject }> = ({
  projects,
  current,
}) =>
  projects.length < 2 ? (
    <span class="soft">{current.name}</span>
  ) : (
    <form method="post" action="/dashboard/project">
      <div class="field">
        <label for="switch-project">Project</label>
        <select id="switch-project" name="project">
          {projects.map(({ id, name }) => (
            <option value={id} selected={id === current.id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <button type="submit">Go</button>
    </form>
  );

/** The menu beside every page, and the page. */
export const Frame: FC<
  PropsWithChildren<{
    section: Section | null;
    session: Session;
    project: MemberProject;
    openAlerts: number;
  }>
> = ({ section, session, project, openAlerts, children }) => (
  <>
    <a class="skip" href="#main">
      Skip to the page
    </a>
    <div class="frame">
      <header class="side">
        <Brand href="/dashboard" />
        <nav class="nav" aria-label="Dashboard">
          <ul>
            {SECTIONS.map(({ key, href, word, icon }) => (
              <li>
                <a href={href} {...(key === section && { "aria-current": "page" })}>
                  <Icon name={icon} />
                  {word}
                  {key === "alerts" && openAlerts > 0 && (
                    <span class="count">
                      {toWhole(openAlerts)}
                      <span class="hidden-text"> open</span>
                    </span>
                  )}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="who">
          <ProjectSwitch projects={session.projects} current={project} />
          <div class="name">
            <span>
              <a href="/dashboard/people/you">{session.member.name}</a>,{" "}
              <span class="soft">{project.role}</span>
            </span>
            <form method="post" action="/dashboard/sign-out">
              <button type="submit" class="link">
                Sign out
              </button>
            </form>
          </div>
        </div>
      </header>
      <main class="main" id="main" tabindex={-1}>
        {children}
      </main>
    </div>
  </>
);
