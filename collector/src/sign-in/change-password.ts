import { z } from "zod";
import type { Db } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { hashPassword, isPassword, PASSWORD_LENGTH } from "./password.ts";
import {
  deleteMemberSessions,
  findMemberByEmail,
  findMemberPassword,
  updateMemberPassword,
} from "./queries.ts";
import { toEmail } from "./sign-in-with-password.ts";
import { startSession } from "./use-sign-in-link.ts";

const email = z.email();

interface PasswordChange {
  memberId: string;
  /** The one before; empty for who has none. */
  current: string;
  email: string;
  /** Empty: from now on by link alone. */
  password: string;
}

const refuse = (field: string, detail: string): Problem =>
  new Problem("invalid-request", detail, { errors: [{ pointer: `/${field}`, detail }] });

/** An address and password that can be taken; null for none. */
function checkWish({ email: given, password }: PasswordChange) {
  if (password === "") return null;
  const { least, most } = PASSWORD_LENGTH;
  if (!email.safeParse(toEmail(given)).success) {
    throw refuse("email", "Sign in by password takes an e-mail address.");
  }
  if (password.length < least || password.length > most) {
    throw refuse("password", `A password has ${least} to ${most} characters.`);
  }
  return { email: toEmail(given), password };
}

/**
 * Gives a member a password, another one, or none. All sessions of the member end, and a new one
 * begins for who changed it.
 *
 * @returns the token of the new session
 * @throws {Problem} invalid-request; forbidden with a wrong present password; conflict when the
 *   address is another member's
 */
export async function changePassword(
  db: Db,
  clock: () => number,
  change: PasswordChange,
): Promise<string> {
  const wish = checkWish(change);
  const stored = await findMemberPassword(db, change.memberId);
  if (stored && !(await isPassword(change.current, stored))) {
    const detail = "The present password is another one.";
    throw new Problem("forbidden", detail, { errors: [{ pointer: "/current", detail }] });
  }
  const owner = wish && (await findMemberByEmail(db, wish.email));
  if (owner && owner.id !== change.memberId) {
    const detail = "This e-mail address can't be taken.";
    throw new Problem("conflict", detail, { errors: [{ pointer: "/email", detail }] });
  }
  const passwordHash = wish && (await hashPassword(wish.password));
  return db.transaction(async (tx) => {
    await updateMemberPassword(tx, change.memberId, { email: wish?.email ?? null, passwordHash });
    await deleteMemberSessions(tx, change.memberId);
    return startSession(tx, change.memberId, new Date(clock()));
  });
}
