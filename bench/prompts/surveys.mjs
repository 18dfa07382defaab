const thanks = { id: "thanks", kind: "thanks", prompt: "Thank you." };
const task = { kind: "task", outcome: "completed" };

const rating = (id, measure, scale) => ({
  id,
  kind: "rating",
  measure,
  display: "numbers",
  scale,
  prompt: "How was it?",
});

/** Of the project. */
export const SIMULATED_SETTINGS = {
  promptsPerAccountDay: 2,
  promptLimits: [{ tag: "effort", prompts: 1, days: 21 }],
};

/** Surveys that compete for the same people, each with a rhythm of its own. */
export const SIMULATED_SURVEYS = [
  { key: "csat", definition: { steps: [rating("a", "csat", 5), thanks], trigger: task } },
  {
    key: "ces",
    definition: {
      steps: [rating("a", "ces", 7)],
      trigger: task,
      repeatAfterDays: 30,
      tags: ["effort"],
    },
  },
  {
    key: "nps",
    definition: { steps: [{ id: "a", kind: "nps", prompt: "Recommend?" }], trigger: task },
  },
  {
    key: "thumbs",
    definition: {
      steps: [{ id: "a", kind: "thumbs", prompt: "Useful?" }],
      trigger: { kind: "feature", feature: "export" },
      repeatAfterDays: 14,
      sampleShare: 0.5,
      tags: ["effort"],
    },
  },
  {
    key: "capped",
    definition: { steps: [rating("a", "custom", 10)], trigger: task, responseCap: 40 },
  },
  {
    key: "feedback",
    definition: {
      steps: [rating("a", "csat", 5)],
      trigger: { kind: "manual" },
      repeatAfterDays: 1,
    },
  },
].map((survey) => ({ ...survey, name: survey.key, status: "live" }));
