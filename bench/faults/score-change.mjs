/** Written scores of one account, as scoring tells the alerts. */
export function createScoreChange(projectId) {
  let sequence = 0;
  let last = null;
  const health = (score, tier, at) => ({
    accountId: "acme",
    score,
    tier,
    confidence: 0.9,
    coverage: 1,
    band: null,
    baseline: 60,
    asOf: at,
    modelVersion: "m1",
    normsVersion: "n1",
    components: [],
    drivers: [
      {
        key: "usage",
        kind: "component",
        label: "Usage",
        contribution: -12,
        sentence: "Usage −12",
      },
    ],
    change: { days7: null, days30: null },
    sequence,
  });
  /** The next change; a repeated one follows the same predecessor again. */
  return (score, tier, { isRepeat = false } = {}) => {
    sequence += 1;
    const at = new Date().toISOString();
    const change = {
      projectId,
      account: { id: "acme", name: "Acme", externalIds: {} },
      previous: last,
      current: health(score, tier, at),
      link: "http://127.0.0.1:4700/accounts/acme",
      at,
    };
    if (!isRepeat) last = { score, tier };
    return change;
  };
}
