/** What the stand-in of the collector grants: a rating with faces and a text for low ratings. */
export const survey = {
  id: "bench",
  key: "bench",
  name: "Bench",
  locale: "en",
  direction: "ltr",
  appearance: { theme: "auto", position: "bottom_right" },
  steps: [
    {
      id: "rating",
      kind: "rating",
      measure: "csat",
      display: "faces",
      scale: 5,
      prompt: "How satisfied are you with the export?",
      lowLabel: "Very unhappy",
      highLabel: "Very happy",
      branches: [{ when: { operator: "at_least", value: 4 }, goTo: "end" }],
    },
    { id: "text", kind: "text", prompt: "What went wrong?", isOptional: true, maxLength: 2000 },
    { id: "thanks", kind: "thanks", prompt: "Thank you." },
  ],
};
