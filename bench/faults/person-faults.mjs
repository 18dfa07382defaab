/** One person: who wants to be left alone, and who wants to be counted a thousand times. */

import { newId, post, track, WRITE_KEY } from "./client.mjs";
import { seconds } from "./judge.mjs";

const DEFINITION = {
  steps: [
    { id: "rating", kind: "rating", measure: "csat", display: "faces", scale: 5, prompt: "How?" },
    { id: "comment", kind: "text", prompt: "Why?", isOptional: true, maxLength: 2_000 },
    { id: "thanks", kind: "thanks", prompt: "Thank you." },
  ],
  trigger: { kind: "task", outcome: "completed" },
};

/** Tables with a row that still holds a text. */
async function findText(sql, text) {
  const tables = await sql`
    SELECT c.relname AS name FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND NOT c.relispartition`;
  const found = [];
  for (const { name } of tables) {
    const rows = await sql`
      SELECT 1 FROM ${sql(name)} t WHERE t::text LIKE ${`%${text}%`} LIMIT 1`;
    if (rows.length > 0) found.push(name);
  }
  return found;
}

export const personFaults = {
  "F48 privacy": async ({ startCollector, sql }) => {
    const { url, ask } = await startCollector();
    const gpc = await post(url, [track({ userId: "private-person" })], {
      headers: { "sec-gpc": "1" },
    });
    const kept = await findText(sql, "private-person");
    const late = track({ userId: "erased-person", anonymousId: "erased-visitor" });
    await post(url, [
      late,
      {
        type: "identify",
        userId: "erased-person",
        anonymousId: "erased-visitor",
        traits: { a: 1 },
      },
      { type: "group", userId: "erased-person", groupId: "acme", messageId: newId() },
      track({ anonymousId: "erased-visitor", userId: undefined }),
      { type: "track", userId: "erased-person" },
    ]);
    const before = await findText(sql, "erased-");
    const startedAt = performance.now();
    const { status } = await ask("DELETE", "/v1/users/erased-person");
    const ms = performance.now() - startedAt;
    const after = await findText(sql, "erased-");
    await post(url, [
      late,
      track({ userId: "erased-person" }),
      track({ userId: undefined, anonymousId: "erased-visitor" }),
    ]);
    const back = await findText(sql, "erased-");
    return [
      gpc.body.accepted === 0 &&
        kept.length === 0 &&
        before.length >= 4 &&
        status === 200 &&
        ms < 60_000 &&
        after.length === 0 &&
        back.length === 0,
      `Sec-GPC: ${gpc.body.accepted} stored; erased from ${before.length} tables in ${seconds(ms)} s, left in ${after.join(", ") || "0"}; a late queue brought back ${back.join(", ") || "0 rows"}`,
    ];
  },

  "F49 survey abuse": async ({ startCollector, sql }) => {
    const { url, ask } = await startCollector();
    const made = await ask("POST", "/v1/surveys", {
      key: "csat",
      name: "csat",
      status: "live",
      definition: DEFINITION,
    });
    const surveyId = made.body.id;
    const person = { userId: "ann", anonymousId: "visitor" };
    const claim = await post(url, null, {
      path: "/v1/prompts/claim",
      body: JSON.stringify({
        writeKey: WRITE_KEY,
        sessionId: "s",
        accountId: "acme",
        surveyId,
        ...person,
      }),
    });
    const impressionId = claim.body.impressionId;
    const answer = (properties, given = {}) =>
      track({
        event: "Survey Answered",
        ...person,
        context: { groupId: "acme" },
        properties: {
          survey_id: surveyId,
          impression_id: impressionId,
          question_id: "rating",
          is_final: true,
          ...properties,
        },
        ...given,
      });
    const comment = { question_id: "comment", text: "x".repeat(100_000) };
    const huge = await post(url, [answer(comment)]);
    const first = answer({ value: 1 });
    await post(url, [first]);
    for (let sent = 0; sent < 1_000; sent += 250) {
      await post(
        url,
        Array.from({ length: 250 }, () => answer({ value: 5 })),
      );
    }
    const replayed = await post(url, [first]);
    await post(url, [
      answer({ value: 5, impression_id: newId() }),
      answer({ value: 5 }, { userId: "mallory" }),
    ]);
    const rows =
      await sql`SELECT question_id, value::float AS value, user_id FROM survey_responses`;
    const published = await sql`SELECT 1 FROM webhook_messages WHERE type = 'survey.answered'`;
    const isRefused = huge.body.rejected[0]?.code === "too_large";
    const result = await ask("GET", `/v1/surveys/${surveyId}/results`);
    const isFirst = rows.length === 1 && rows[0].value === 1 && rows[0].user_id === "ann";
    return [
      isFirst && published.length === 1 && isRefused && replayed.body.duplicates === 1,
      `1,003 answers by one user and others: ${rows.length} counted, its value still ${rows[0]?.value}, ${published.length} published; 100 KB comment ${isRefused ? "refused" : "taken"}; a replay is ${replayed.body.duplicates ? "a duplicate" : "stored"}; results ${result.status}`,
    ];
  },
};
