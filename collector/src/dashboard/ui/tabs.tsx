import type { FC } from "hono/jsx";

/** The pages of a part of the dashboard. */
export const Tabs: FC<{
  label: string;
  tabs: readonly { href: string; word: string }[];
  current: string;
}> = ({ label, tabs, current }) => (
  <nav class="tabs" aria-label={label}>
    <ul>
      {tabs.map(({ href, word }) => (
        <li>
          <a href={href} {...(href === current && { "aria-current": "page" })}>
            {word}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
