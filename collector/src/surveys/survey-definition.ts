import type {
  PropertyFilter,
  SurveyAppearance,
  SurveyStep,
  SurveyTrigger,
} from "@telltale/protocol";
import type { Device } from "./device.ts";

/** The texts of one step in a further language; what is absent stays as it is. */
export interface StepTexts {
  prompt?: string | undefined;
  lowLabel?: string | undefined;
  highLabel?: string | undefined;
  placeholder?: string | undefined;
  /** Of a link. */
  label?: string | undefined;
  /** Labels by the value of an option. */
  options?: { [value: string]: string } | undefined;
}

/** Whom a survey is for; every test must pass. */
export interface SurveyTargeting {
  /** Tests of the user's traits. */
  user: PropertyFilter[];
  /** Tests of the account's traits. */
  account: PropertyFilter[];
  /** Keys of segments; the account must be in one of them. Empty: any account. */
  segments: string[];
  /** Kinds of device that are asked; absent: any. */
  devices?: Device[] | undefined;
  /** CSS selector of an element that must be on the page; the browser looks for it. */
  selector?: string | undefined;
}

/** A share of the answers for one segment. */
export interface SegmentQuota {
  /** Key of the segment. */
  segment: string;
  /** Nobody of the segment is asked once so many of it answered. */
  answers: number;
}

/** All that a survey is but its name and whether it is live. */
export interface SurveyDefinition {
  /** The language of the texts in `steps`, BCP 47. */
  locale: string;
  steps: SurveyStep[];
  /** Texts by language, then by step. */
  translations: { [locale: string]: { [stepId: string]: StepTexts } };
  trigger: SurveyTrigger;
  delayMs: number;
  cancelEvents: string[];
  targeting: SurveyTargeting;
  /** Share of the users who may be asked, 0–1, the same users each time. */
  sampleShare: number;
  /** ISO 8601; absent: at once, and without end. */
  schedule: { startAt?: string | undefined; endAt?: string | undefined };
  /** Days after an answer until the same person may be asked again; null: never. */
  repeatAfterDays: number | null;
  /** Spreads the first asking over so many days, by user; 0: asks at once. */
  spreadDays: number;
  /** Stops asking once so many people answered. */
  responseCap: number | null;
  /** Stops asking single segments sooner. */
  quotas?: SegmentQuota[] | undefined;
  /** What it is about, in the team's words; the project may limit the prompts of a tag. Absent: none. */
  tags?: string[] | undefined;
  appearance: SurveyAppearance;
}

/** A survey of a project. */
export interface Survey {
  id: string;
  key: string;
  name: string;
  status: "draft" | "live" | "stopped";
  /** What it asks. */
  definition: SurveyDefinition;
  /** Counts from 1; grows when a survey that was live asks something else. */
  version: number;
  /** What it will ask once somebody publishes it; null: nothing waits. */
  draft: SurveyDefinition | null;
  createdAt: Date;
  updatedAt: Date;
  /** When it last went live. */
  liveAt: Date | null;
}

/** What a survey asked from a moment on. */
export interface SurveyVersion {
  version: number;
  definition: SurveyDefinition;
  publishedAt: Date;
}

/** Days between two NPS questions to one person, and over which a new NPS survey is spread. */
export const NPS_DAYS = 90;

/** Whether a survey asks how likely the person is to recommend the product. */
export function isNpsSurvey(definition: Pick<SurveyDefinition, "steps">): boolean {
  return definition.steps.some(({ kind }) => kind === "nps");
}
