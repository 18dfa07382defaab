import { Problem } from "../../problem.ts";
import type { ModelReport } from "./make-report.ts";
import { ReportDocument } from "./report-page.tsx";
import type { ReportState } from "./request-report.ts";

/** A report as HTML; scripts and other files are not needed to read it. */
export function renderReport(
  report: ModelReport,
  { projectName, nonce }: { projectName: string; nonce?: string },
): string {
  const page = (
    <ReportDocument report={report} projectName={projectName} {...(nonce && { nonce })} />
  );
  return `<!doctype html>${page}`;
}

/** @throws {Problem} conflict while there is no report */
export function requireReport({ version, report, status }: ReportState): ModelReport {
  if (report) return report;
  throw new Problem(
    "conflict",
    status === "none"
      ? `Nobody asked for the report on ${version}: POST /v1/models/${version}/report first.`
      : `The report on ${version} is ${status}.`,
  );
}
