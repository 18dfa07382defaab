/** What a form says of a name that no key can be made of. */
export const KEYLESS_NAME = "“Name” needs a letter a–z or a digit.";

const LONGEST = 60;

/** A name as a key of small letters, digits and a mark between: `Fell 15 points` → `fell-15-points`. */
export const toKey = (name: string, mark: "-" | "_" = "-", longest = LONGEST): string =>
  name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    .join(mark)
    .slice(0, longest);
