import type { Hono } from "hono";
import type { Sql } from "postgres";

/** Makes the tables when they are missing. */
export function prepare(sql: Sql): Promise<void>;

/** `POST /webhooks` keeps the tables right; `GET /accounts` shows them. */
export function createSync(options: { sql: Sql; secret: string }): Hono;
