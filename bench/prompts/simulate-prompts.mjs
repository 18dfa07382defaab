/**
 * People who use a product on several devices, in several tabs at once, for months: their tabs ask
 * for prompts at the same moment, some tabs die before they show anything, records arrive late, and
 * people log in while a prompt is on its way.
 */

export { SIMULATED_SETTINGS, SIMULATED_SURVEYS } from "./surveys.mjs";

const DAY = 86_400_000;
const MINUTE = 60_000;
/** So many people act at the same time. */
const CROWD = 16;

/** mulberry32: the same draws for the same seed. */
function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function createPeople({ people, devices, seed }) {
  return Array.from({ length: people }, (_, at) => {
    const random = createRandom(seed * 1_000_003 + at);
    return {
      id: `user ${at}`,
      accountId: `account ${Math.floor(at / 5)}`,
      random,
      activity: 0.1 + 0.4 * random(),
      devices: Array.from({ length: devices }, (_, device) => ({
        anonymousId: `visitor ${at}.${device}`,
        // Somebody known from the start, somebody who logs in later.
        linkedAt: random() < 0.7 ? 0 : Number.POSITIVE_INFINITY,
        // When the collector hears of it.
        announcedAt: Number.POSITIVE_INFINITY,
      })),
    };
  });
}

/** What a person makes of a prompt that they see. */
function reactTo(random, survey, prompt) {
  const draw = random();
  const after = prompt.shownAt + Math.floor(random() * 60_000);
  const question = survey.definition.steps[0];
  const answer = {
    question_id: question.id,
    value: question.kind === "nps" ? 9 : 1,
    is_final: true,
  };
  if (draw < 0.35) {
    prompt.answeredAt = after;
    return { at: after, event: "Survey Answered", properties: answer };
  }
  const properties = { question_id: question.id };
  if (draw < 0.55) {
    prompt.dismissedAt = after;
    return { at: after, event: "Survey Dismissed", properties };
  }
  if (draw < 0.65) {
    prompt.laterAt = after;
    return { at: after, event: "Survey Postponed", properties: { ...properties, until: "later" } };
  }
  if (draw < 0.66) {
    prompt.neverAt = after;
    return { at: after, event: "Survey Postponed", properties: { ...properties, until: "never" } };
  }
  return null;
}

/**
 * Runs the months against a collector whose clock it moves.
 *
 * @returns what was asked, granted and seen
 */
export async function simulatePrompts(collector, surveys, options) {
  const { tabs, days, startMs, onDay } = options;
  const people = createPeople(options);
  const result = { claims: 0, granted: 0, refusals: new Map(), shown: [], claimMs: [] };
  const byKey = new Map(surveys.map((survey) => [survey.key, survey]));
  const unrecorded = [];
  const prompted = surveys.filter(({ key }) => key !== "feedback");

  async function claim(person, device, at) {
    const isRequested = person.random() < 0.01;
    const survey = isRequested
      ? byKey.get("feedback")
      : prompted[Math.floor(person.random() * prompted.length)];
    const userId = device.linkedAt <= at.now ? person.id : "";
    const wish = {
      surveyId: survey.id,
      anonymousId: device.anonymousId,
      sessionId: at.sessionId,
      ...(userId !== "" && { userId, accountId: person.accountId }),
      isRequested,
    };
    const startedAt = performance.now();
    const answer = await collector.claim(wish);
    result.claimMs.push(performance.now() - startedAt);
    result.claims += 1;
    if (!answer.granted) {
      result.refusals.set(answer.reason, (result.refusals.get(answer.reason) ?? 0) + 1);
      return [];
    }
    result.granted += 1;
    // The tab dies before anything is seen.
    if (person.random() < 0.06) return [];
    const prompt = {
      surveyId: survey.id,
      isNps: survey.isNps,
      isRequested,
      personId: person.id,
      userId,
      anonymousId: device.anonymousId,
      accountId: userId === "" ? "" : person.accountId,
      sessionId: at.sessionId,
      claimedAt: at.now,
      shownAt: at.now + Math.floor(person.random() * 3 * MINUTE),
      answeredAt: null,
      dismissedAt: null,
      laterAt: null,
      neverAt: null,
      // When the collector hears what became of it.
      recordedAt: Number.POSITIVE_INFINITY,
      linkedAt: () => device.announcedAt,
    };
    result.shown.push(prompt);
    unrecorded.push(prompt);
    const first = { at: prompt.shownAt, event: "Survey Shown", properties: {} };
    const reaction = reactTo(person.random, survey, prompt);
    return [first, ...(reaction ? [reaction] : [])].map(
      ({ at: happenedAt, event, properties }) => ({
        type: "track",
        event,
        timestamp: new Date(happenedAt).toISOString(),
        anonymousId: device.anonymousId,
        ...(userId !== "" && { userId, context: { groupId: person.accountId } }),
        properties: {
          survey_id: survey.id,
          impression_id: answer.impressionId,
          ...properties,
        },
      }),
    );
  }

  /** All tabs of some devices of one person ask at once. */
  async function visit(person, devices, at) {
    const asking = devices.flatMap((device) =>
      Array.from({ length: tabs }, () =>
        claim(person, device, { ...at, sessionId: `${device.anonymousId} ${at.session}` }),
      ),
    );
    return (await Promise.all(asking)).flat();
  }

  async function inCrowds(list, act) {
    const messages = [];
    let next = 0;
    const walk = async () => {
      while (next < list.length) messages.push(...(await act(list[next++])));
    };
    await Promise.all(Array.from({ length: Math.min(CROWD, list.length) }, walk));
    return messages;
  }

  async function sendAll(messages, now) {
    collector.setNow(now);
    for (let at = 0; at < messages.length; at += 200) {
      await collector.send(messages.slice(at, at + 200));
    }
    for (const prompt of unrecorded.splice(0)) prompt.recordedAt = now;
  }

  for (let day = 0; day < days; day += 1) {
    // Sometimes less than 24 hours apart, sometimes more.
    const hour = day % 2 ? 9 : 15;
    const slot = startMs + day * DAY + hour * 60 * MINUTE;
    const active = people.filter((person) => person.random() < person.activity);
    const logins = new Map();
    const visitAt = (minutes) => {
      const now = slot + minutes * MINUTE;
      collector.setNow(now);
      // Everybody acts at first, some again a little later.
      const acting = minutes === 0 ? active : active.filter((person) => person.random() < 0.35);
      return inCrowds(acting, (person) => {
        const used = person.devices.filter(() => person.random() < 0.6);
        for (const device of used) {
          if (device.linkedAt > now && person.random() < 0.1) device.linkedAt = now;
          const isNamed = device.linkedAt <= now;
          if (isNamed && device.announcedAt > now) logins.set(device, person);
        }
        return visit(person, used, { now, session: `${day}.${hour}` });
      });
    };
    // The records of the first prompts arrive after the second round of claims.
    const records = [...(await visitAt(0)), ...(await visitAt(4))];
    const identities = [...logins].map(([device, person]) => {
      device.announcedAt = slot + 8 * MINUTE;
      return {
        type: "identify",
        userId: person.id,
        anonymousId: device.anonymousId,
        context: { groupId: person.accountId },
      };
    });
    await sendAll([...identities, ...records], slot + 8 * MINUTE);
    await sendAll(await visitAt(10), slot + 14 * MINUTE);
    onDay?.(day + 1);
  }
  return result;
}
