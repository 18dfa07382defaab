/**
 * What a request to the REST interface does, `noun.verb` in the past, by its method and path. What is
 * missing here changes nothing worth a line: data that streams in, and questions asked with POST.
 */
export const REST_ACTIONS = {
  "POST /v1/alerts/{id}/acknowledge": "alert.acknowledged",
  "POST /v1/alerts/{id}/assign": "alert.assigned",
  "POST /v1/alerts/{id}/snooze": "alert.snoozed",
  "POST /v1/alerts/{id}/resolve": "alert.resolved",
  "POST /v1/alert-rules": "alert_rule.created",
  "PATCH /v1/alert-rules/{key}": "alert_rule.changed",
  "DELETE /v1/alert-rules/{key}": "alert_rule.removed",
  "PUT /v1/accounts/{id}/pulse": "account.pulse_given",
  "POST /v1/milestones": "milestone.saved",
  "DELETE /v1/milestones/{key}": "milestone.removed",
  "PATCH /v1/project": "project.changed",
  "POST /v1/project/identity-secret": "identity_secret.rotated",
  "POST /v1/model-ideas": "model_idea.created",
  "PATCH /v1/model-ideas/{id}": "model_idea.answered",
  "POST /v1/models": "model.drafted",
  "POST /v1/models/{version}/publish": "model.published",
  "POST /v1/models/{version}/backtest": "model.backtested",
  "POST /v1/models/{version}/report": "model.report_requested",
  "PUT /v1/models/{version}/shadow": "model.shadow_set",
  "POST /v1/outcomes": "outcome.created",
  "PUT /v1/playbooks/{key}": "playbook.saved",
  "DELETE /v1/playbooks/{key}": "playbook.removed",
  "POST /v1/rejected-messages/replay": "rejected_message.replayed",
  "POST /v1/rejected-messages/{id}/replay": "rejected_message.replayed",
  "POST /v1/releases": "release.created",
  "POST /v1/requests": "request.created",
  "PUT /v1/requests/{id}/tags": "request.tagged",
  "POST /v1/rule-experiments": "rule_experiment.created",
  "POST /v1/rule-experiments/{key}/end": "rule_experiment.ended",
  "POST /v1/score": "scores.requested",
  "POST /v1/segments": "segment.saved",
  "DELETE /v1/segments/{key}": "segment.removed",
  "POST /v1/sources": "source.created",
  "DELETE /v1/sources/{id}": "source.removed",
  "POST /v1/sources/{id}/csv": "source.csv_imported",
  "POST /v1/surveys": "survey.created",
  "PATCH /v1/surveys/{id}": "survey.changed",
  "DELETE /v1/surveys/{id}": "survey.removed",
  "POST /v1/surveys/{id}/publish": "survey.published",
  "POST /v1/webhook-endpoints": "endpoint.created",
  "PATCH /v1/webhook-endpoints/{id}": "endpoint.changed",
  "DELETE /v1/webhook-endpoints/{id}": "endpoint.removed",
  "POST /v1/webhook-endpoints/{id}/rotate-secret": "endpoint.secret_rotated",
  "POST /v1/webhook-endpoints/{id}/test": "endpoint.tested",
  "POST /v1/webhook-endpoints/{id}/replay": "endpoint.replayed",
  "POST /v1/webhook-endpoints/{id}/deliveries/{deliveryId}/resend": "delivery.resent",
} as const satisfies { [request: string]: `${string}.${string}` };

/** What only the dashboard does, and what writes its own line. */
type OtherAction =
  | `key.${"created" | "rotated" | "revoked"}`
  | `member.${"invited" | "removed" | "link_made" | "sessions_ended"}`
  | `member.${"password_set" | "password_removed"}`
  | `member.signed_in_by_${"link" | "password"}`
  | "playbook.progressed"
  | `survey.${"drafted" | "draft_discarded"}`
  | `user.${"erased" | "exported"}`
  | `view.${"saved" | "removed"}`;

/** A change that switched something, told by what it is now. */
type SwitchAction =
  | `alert_rule.${"enabled" | "disabled"}`
  | `endpoint.${"enabled" | "disabled"}`
  | `survey.${"draft" | "live" | "stopped"}`;

/** Everything that the audit log tells: one act has one name, wherever it is done. */
export type AuditAction =
  | (typeof REST_ACTIONS)[keyof typeof REST_ACTIONS]
  | OtherAction
  | SwitchAction;
