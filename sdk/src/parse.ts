/** Reads a stored object; anything broken or foreign is as good as nothing. */
export function parseStored(text: string | null): object {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value ? value : {};
  } catch {
    return {};
  }
}
