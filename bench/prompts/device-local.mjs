/**
 * The reference: what survey tools that keep their memory in the browser do. Each device remembers
 * when it last showed a prompt and what was answered on it; two tabs of one device look before either
 * of them writes.
 */

const DAY = 86_400_000;

export function createDeviceLocal(surveys) {
  const byId = new Map(surveys.map((survey) => [survey.id, survey]));
  const devices = new Map();
  let now = 0;
  let impressions = 0;

  const memoryOf = (anonymousId) => {
    const known = devices.get(anonymousId);
    if (known) return known;
    const memory = { shownAt: Number.NEGATIVE_INFINITY, closed: new Map() };
    devices.set(anonymousId, memory);
    return memory;
  };

  return {
    setNow: (ms) => {
      now = ms;
    },
    async claim({ surveyId, anonymousId, isRequested }) {
      const memory = memoryOf(anonymousId);
      const waitDays = byId.get(surveyId).definition.repeatAfterDays ?? Number.POSITIVE_INFINITY;
      const isClosed =
        now - (memory.closed.get(surveyId) ?? Number.NEGATIVE_INFINITY) < waitDays * DAY;
      const isCooling = now - memory.shownAt < 7 * DAY;
      await new Promise(setImmediate);
      if (!isRequested && (isClosed || isCooling)) return { granted: false, reason: "seen here" };
      if (!isRequested) memory.shownAt = now;
      impressions += 1;
      return { granted: true, impressionId: `impression ${impressions}` };
    },
    async send(messages) {
      for (const { event, anonymousId, properties, timestamp } of messages) {
        if (event !== "Survey Answered" && event !== "Survey Dismissed") continue;
        memoryOf(anonymousId).closed.set(properties.survey_id, Date.parse(timestamp));
      }
    },
  };
}
