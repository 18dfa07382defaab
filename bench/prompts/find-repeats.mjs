/**
 * The rules of prompting, written a second time and without the collector's code: given all prompts
 * that people saw, which of them broke a rule? What the server could not know counts for nothing: a
 * visitor without a name on a new device is a stranger until they log in, and what somebody did with a
 * prompt is known once its record arrived.
 */

const DAY = 86_400_000;

/** Whether two prompts were known to be one person's when the second was claimed. */
function isSamePerson(earlier, later) {
  if (earlier.anonymousId === later.anonymousId) return true;
  const nameOf = (prompt) =>
    prompt.userId || (prompt.linkedAt() <= later.claimedAt ? prompt.personId : "");
  const name = nameOf(later);
  return name !== "" && nameOf(earlier) === name;
}

const bySight = (prompts) => [...prompts].sort((a, b) => a.shownAt - b.shownAt);

/** One prompt against the earlier prompts of the same person, newest last. */
function checkAgainst(prompt, history, survey) {
  const broken = [];
  const at = prompt.claimedAt;
  const known = history.filter((one) => one.recordedAt <= at);
  const asked = history.filter((one) => !one.isRequested);
  const own = known.filter((one) => one.surveyId === prompt.surveyId);
  const within = (moment, days) => moment !== null && at - moment < days * DAY;
  if (prompt.isRequested) {
    if (history.filter((one) => one.isRequested && within(one.claimedAt, 1)).length >= 5) {
      broken.push("5 requests a day");
    }
    return broken;
  }
  if (asked.some((one) => within(one.shownAt, 7))) broken.push("7 days between prompts");
  // At the same moment a wish may have come second, which is no fault.
  const before = history.filter((one) => !one.isRequested || one.claimedAt < at);
  if (before.some((one) => one.sessionId === prompt.sessionId)) broken.push("1 a session");
  if (known.some((one) => one.neverAt !== null)) broken.push("never means never");
  if (asked.some((one) => within(one.laterAt, 7))) broken.push("later means 7 days");
  if (own.some((one) => within(one.dismissedAt, 30))) broken.push("30 days after a dismissal");
  const repeat = survey.definition.repeatAfterDays ?? Number.POSITIVE_INFINITY;
  if (own.some((one) => within(one.answeredAt, repeat))) broken.push("not again once answered");
  if (survey.isNps && known.some((one) => one.isNps && within(one.answeredAt, 90))) {
    broken.push("90 days between NPS");
  }
  let ignored = 0;
  for (const one of bySight(asked)) ignored = one.answeredAt === null ? ignored + 1 : 0;
  if (ignored > 0 && ignored % 3 === 0 && within(bySight(asked).at(-1).shownAt, 90)) {
    broken.push("90 days after 3 without an answer");
  }
  return broken;
}

/** Whether a person saw as many prompts of a tag before as the project allows. */
function breaksLimit(prompt, history, { surveys, limit: { tag, prompts, days } }) {
  const hasTag = ({ surveyId }) => surveys.get(surveyId).definition.tags?.includes(tag) ?? false;
  if (prompt.isRequested || !hasTag(prompt)) return false;
  const counted = history.filter((one) => !one.isRequested && hasTag(one));
  const recent = counted.filter((one) => prompt.claimedAt - one.shownAt < days * DAY);
  return recent.length >= prompts;
}

/**
 * @param {object[]} shown prompts that people saw, as `simulatePrompts` records them
 * @param {Map<string, object>} surveys by id
 * @param {{ promptsPerAccountDay: number, promptLimits: object[] }} settings of the project
 * @returns {{ byRule: Map<string, number>, prompts: number }} how often each rule was broken, and by
 *   how many of the prompts
 */
export function findRepeats(shown, surveys, { promptsPerAccountDay, promptLimits }) {
  const byRule = new Map();
  const guilty = new Set();
  const note = (rule, prompt) => {
    byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
    guilty.add(prompt);
  };
  const ordered = [...shown].sort((a, b) => a.claimedAt - b.claimedAt || a.shownAt - b.shownAt);
  const byPerson = groupBy(ordered, "personId");
  for (const prompts of byPerson.values()) {
    for (const [index, prompt] of prompts.entries()) {
      const history = prompts.slice(0, index).filter((earlier) => isSamePerson(earlier, prompt));
      for (const rule of checkAgainst(prompt, history, surveys.get(prompt.surveyId))) {
        note(rule, prompt);
      }
      for (const limit of promptLimits) {
        if (breaksLimit(prompt, history, { surveys, limit })) note("the limit of a tag", prompt);
      }
    }
  }
  const asked = ordered.filter((one) => one.accountId !== "" && !one.isRequested);
  for (const prompts of groupBy(asked, "accountId").values()) {
    for (const [index, prompt] of prompts.entries()) {
      const day = prompts.slice(0, index).filter((one) => prompt.claimedAt - one.claimedAt < DAY);
      if (day.length >= promptsPerAccountDay) note("the account's budget", prompt);
    }
  }
  for (const [surveyId, prompts] of groupBy(ordered, "surveyId")) {
    const cap = surveys.get(surveyId).definition.responseCap ?? Number.POSITIVE_INFINITY;
    const answered = prompts.filter((one) => one.answeredAt !== null);
    for (const prompt of answered.slice(cap)) note("the response cap", prompt);
  }
  return { byRule, prompts: guilty.size };
}

function groupBy(rows, key) {
  const groups = new Map();
  for (const row of rows) {
    const group = groups.get(row[key]);
    if (group) group.push(row);
    else groups.set(row[key], [row]);
  }
  return groups;
}
