/** What a person holds, as far as a browser says it. */
export const DEVICES = ["phone", "tablet", "desktop"] as const;

export type Device = (typeof DEVICES)[number];

/**
 * Reads the kind of device from a browser's `User-Agent`. A recent iPad gives itself out as a Mac, so
 * it counts as a desktop.
 */
export function toDevice(userAgent = ""): Device {
  if (/iPad|Tablet|PlayBook|Silk/i.test(userAgent)) return "tablet";
  if (/Mobi|iPhone|iPod/i.test(userAgent)) return "phone";
  return /Android/i.test(userAgent) ? "tablet" : "desktop";
}
