/** Attributes of an element; `onX` listens to the event `x`, false and undefined leave it out. */
export interface Attributes {
  [name: string]: string | number | boolean | undefined | ((event: never) => void);
}

const SVG = "http://www.w3.org/2000/svg";

function fill(made: Element, attributes: Attributes, children: (Node | string)[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      made.addEventListener(name.slice(2), value as unknown as EventListener);
    } else if (value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  made.append(...children);
}

/** Builds an element, without any markup text that a strict page would refuse. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  fill(made, attributes, children);
  return made;
}

/** Builds a line drawing of 24 × 24 units from the commands of a path. */
export function drawing(path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  fill(line, { d: path }, []);
  fill(svg, { viewBox: "0 0 24 24", "aria-hidden": "true" }, [line]);
  return svg;
}
