/** What a member may do: look; act on alerts and replay; change what others rely on. */
export type Role = "viewer" | "operator" | "admin";

/** All roles, weakest first. */
export const ROLES: readonly Role[] = ["viewer", "operator", "admin"];

/** Whether a role includes another. */
export function includesRole(held: Role, needed: Role): boolean {
  return ROLES.indexOf(held) >= ROLES.indexOf(needed);
}
