const url = process.env.TELLTALE_URL ?? "http://127.0.0.1:4700";
const secretKey = process.env.TELLTALE_SECRET_KEY;

/** One request with the secret key; throws what the collector says is wrong. */
export async function call(method, path, body) {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${secretKey}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) {
    const faults = (answer.errors ?? []).map(({ pointer, detail }) => `\n  ${pointer} ${detail}`);
    throw new Error(`${method} ${path}: ${answer.detail}${faults.join("")}`);
  }
  return answer;
}

export function checkKey() {
  if (secretKey) return;
  console.error("Set TELLTALE_SECRET_KEY to the secret key of the project to fill; see README.md.");
  process.exit(2);
}
