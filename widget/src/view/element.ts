/** Attributes of an element; those without a value are left out. */
export interface Attributes {
  [name: string]: string | number | undefined;
}

type Children = (Node | string)[];

function fill(made: Element, attributes: Attributes, children: Children): void {
  for (const name in attributes) {
    if (attributes[name] !== undefined) made.setAttribute(name, String(attributes[name]));
  }
  made.append(...children);
}

/** Builds an element, without any markup text that a strict page would refuse. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Children
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  fill(made, attributes, children);
  return made;
}

/** Builds a button. */
export function button(
  child: Node | string,
  onclick: () => void,
  attributes?: Attributes,
): HTMLButtonElement {
  const made = element("button", { type: "button", ...attributes }, child);
  made.onclick = onclick;
  return made;
}

/** Builds a line drawing of 24 × 24 units from the commands of a path. */
export function drawing(path: string): SVGSVGElement {
  const [svg, line] = (["svg", "path"] as const).map((tag) =>
    document.createElementNS("http://www.w3.org/2000/svg", tag),
  ) as [SVGSVGElement, SVGPathElement];
  fill(line, { d: path }, []);
  fill(svg, { viewBox: "0 0 24 24", "aria-hidden": "true" }, [line]);
  return svg;
}
