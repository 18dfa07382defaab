/** Attributes of an element; those without a value are left out. */
export interface Attributes {
  [name: string]: string | number | undefined;
}

/** Builds an element, without any markup text that a strict page would refuse. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const name in attributes) {
    if (attributes[name] !== undefined) made.setAttribute(name, String(attributes[name]));
  }
  made.append(...children);
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

/** Builds a line drawing of 24 × 24 units from the commands of a path; it has no name of its own. */
export function drawing(path: string): SVGElement {
  const [svg, line] = ["svg", "path"].map((tag) =>
    document.createElementNS("http://www.w3.org/2000/svg", tag),
  ) as [SVGElement, SVGElement];
  svg.setAttribute("viewBox", "0 0 24 24");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
