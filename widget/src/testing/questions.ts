import type { SurveyStep } from "@telltale/protocol";

const id = "question";

/** One step of every kind and look. */
export const questionSteps: { [name: string]: SurveyStep } = {
  faces: {
    id,
    kind: "rating",
    measure: "csat",
    display: "faces",
    scale: 5,
    prompt: "How satisfied are you with the new export?",
    lowLabel: "Very unhappy",
    highLabel: "Very happy",
  },
  stars: {
    id,
    kind: "rating",
    measure: "csat",
    display: "stars",
    scale: 5,
    prompt: "How do you rate the report builder?",
  },
  numbers: {
    id,
    kind: "rating",
    measure: "ces",
    display: "numbers",
    scale: 7,
    prompt: "Setting up the import was easy.",
    lowLabel: "Strongly disagree",
    highLabel: "Strongly agree",
  },
  ten: {
    id,
    kind: "rating",
    measure: "custom",
    display: "numbers",
    scale: 10,
    prompt: "How confident are you in these figures?",
    lowLabel: "Not at all",
    highLabel: "Completely",
  },
  nps: {
    id,
    kind: "nps",
    prompt: "How likely are you to recommend us to a colleague?",
    lowLabel: "Not at all likely",
    highLabel: "Extremely likely",
  },
  thumbs: { id, kind: "thumbs", prompt: "Was this summary helpful?" },
  choice: {
    id,
    kind: "choice",
    prompt: "What brought you here today?",
    options: [
      { value: "report", label: "Building a report" },
      { value: "share", label: "Sharing results with my team" },
      { value: "fix", label: "Fixing a number that looks wrong" },
    ],
    isMultiple: false,
    hasOther: true,
  },
  choices: {
    id,
    kind: "choice",
    prompt: "Which of these do you use every week?",
    options: [
      { value: "dash", label: "Dashboards" },
      { value: "alerts", label: "Alerts" },
      { value: "export", label: "Exports" },
    ],
    isMultiple: true,
    hasOther: true,
  },
  text: {
    id,
    kind: "text",
    prompt: "What is the one thing we should improve?",
    placeholder: "A word or two is enough",
    isOptional: false,
    maxLength: 2_000,
  },
  link: {
    id,
    kind: "link",
    prompt: "Would you like to talk to the people who build this?",
    href: "https://example.com/talk",
    label: "Pick a time",
  },
};
