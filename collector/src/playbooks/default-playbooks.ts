/** What to do when an alert opens, before it is filled in for an account. */
export interface Playbook {
  key: string;
  name: string;
  /** The role whose turn it is, for instance `cs_lead`. */
  ownerRole: string;
  /** Hours after the alert by which the first step is taken. */
  dueHours: number;
  steps: string[];
  /** A template; see `renderTemplate`. */
  message: string;
  /** What it is chosen for; null: only by its key. */
  pattern: Pattern | null;
  /** What has to be true before its alert resolves by itself, besides the rule's own condition. */
  exit: ExitCriterion | null;
}

/** What moves a score, as far as it decides who has to act. */
export type Pattern = "adoption" | "satisfaction" | "support" | "remediation";

/** When a playbook has done its work. */
export type ExitCriterion = { kind: "tier"; tier: "healthy" } | { kind: "score"; atLeast: number };

const GREETING = "{{ accountName }} went from {{ previousTier }} to {{ tier }} ({{ score }}).";

/** Adoption fell short: the product has to become useful again. */
const ADOPTION_PLAYBOOK: Playbook = {
  key: "adoption_gap",
  name: "Adoption gap",
  pattern: "adoption",
  exit: null,
  ownerRole: "product_manager",
  dueHours: 48,
  steps: [
    "Look at which core features the account stopped using, or never took up",
    "Ask one active user what got in the way",
    "Offer a short session on the one feature that fits their goal",
  ],
  message: `${GREETING}\nWhat moved it:\n{{ drivers }}\nFind out which core feature lost them.`,
};

/** Satisfaction fell: somebody has to listen. */
const SATISFACTION_PLAYBOOK: Playbook = {
  key: "satisfaction_decline",
  name: "Satisfaction decline",
  pattern: "satisfaction",
  exit: null,
  ownerRole: "cs_lead",
  dueHours: 24,
  steps: [
    "Read the latest answers and comments of the account",
    "Call the person who gave the lowest answer",
    "Agree on one thing to change and a date",
  ],
  message: `${GREETING}\nWhat moved it:\n{{ drivers }}\nCall before you write.`,
};

/** Support is the trouble: close what is open. */
const SUPPORT_PLAYBOOK: Playbook = {
  key: "support_burden",
  name: "Support burden",
  pattern: "support",
  exit: null,
  ownerRole: "support_lead",
  dueHours: 24,
  steps: [
    "Review every open ticket of the account with the agent who has it",
    "Give the account one person and one date",
    "Report the cause to the product team when it is not theirs alone",
  ],
  message: `${GREETING}\nWhat moved it:\n{{ drivers }}\nOne person, one date.`,
};

/** They use it more and like it less: no call mends that, the product has to. */
const REMEDIATION_PLAYBOOK: Playbook = {
  key: "product_remediation",
  name: "Product remediation",
  pattern: "remediation",
  exit: null,
  ownerRole: "product_manager",
  dueHours: 72,
  steps: [
    "Collect what the account does more of, and where it fails or complains",
    "Reproduce the worst of it",
    "Tell the account what will be fixed and when, then fix it",
  ],
  message: `{{ accountName }} uses the product more and likes it less ({{ score }}).\n{{ drivers }}\nThis is for the product, not for a call.`,
};

/** What a project starts with. */
export const DEFAULT_PLAYBOOKS: readonly Playbook[] = [
  ADOPTION_PLAYBOOK,
  SATISFACTION_PLAYBOOK,
  SUPPORT_PLAYBOOK,
  REMEDIATION_PLAYBOOK,
];
