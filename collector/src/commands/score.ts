import { Command } from "commander";
import { calendarDayOf, toCalendarDay, toDayNumber } from "../scores/civil-day.ts";
import { countAccounts } from "../scores/queries.ts";
import { refreshNorms } from "../scores/refresh-norms.ts";
import { scoreProject } from "../scores/score-project.ts";
import { chooseProject } from "./choose-project.ts";
import { createProgress } from "./progress.ts";
import { fail, readConfig, say } from "./terminal.ts";
import { withDatabase } from "./with-database.ts";

interface Options {
  asOf?: string;
  from?: string;
  norms?: true;
  project?: string;
  json?: true;
}

/** `telltale score`: scores every account now, on a past day, or on each day since one. */
export function scoreCommand(): Command {
  return new Command("score")
    .description("score every account now, or as of past days")
    .option("--as-of <day>", "the end of a past day, for instance 2026-01-31")
    .option("--from <day>", "each day from this one to yesterday, then now: makes a history")
    .option("--norms", "measure first what is normal now")
    .option("--project <name>", "name or id; else the first project")
    .option("--json", "answer in JSON")
    .action((options: Options) =>
      withDatabase(readConfig(), async ({ db, sql }) => {
        const config = readConfig();
        const project = await chooseProject(db, options.project);
        const clock = () => Date.now();
        const publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`;
        const today = calendarDayOf(clock(), project.timeZone);
        const days = listDays(options, today);
        if (options.norms) await refreshNorms(sql, project, clock());
        const accounts = await countAccounts(sql, project.id);
        const progress = createProgress("Scoring", accounts * days.length, options);
        let scored = 0;
        for (const [index, day] of days.entries()) {
          const result = await scoreProject({ sql, publicUrl, clock }, project, day, (done) =>
            progress.update(index * accounts + done),
          );
          scored += result.scored;
        }
        progress.stop();
        if (options.json) say(JSON.stringify({ days: days.length, scored }));
        else say(`${scored} scores over ${days.length} ${days.length === 1 ? "day" : "days"}.`);
      }),
    );
}

const CALENDAR_DAY = /^\d{4}-\d{2}-\d{2}$/;

function listDays({ asOf, from }: Options, today: string): string[] {
  for (const day of [asOf, from]) {
    if (day === undefined) continue;
    if (!CALENDAR_DAY.test(day) || Number.isNaN(Date.parse(day)) || day > today) {
      fail(`${day} is not a calendar day up to ${today}.`, 2);
    }
  }
  if (from === undefined) return [asOf ?? today];
  const first = toDayNumber(from);
  return Array.from({ length: toDayNumber(today) - first + 1 }, (_, i) => toCalendarDay(first + i));
}
