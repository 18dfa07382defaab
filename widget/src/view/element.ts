/** Builds an element with some properties, without any markup text that a strict page would refuse. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** Builds a button. */
export function button(
  child: Node | string,
  onclick: () => void,
  properties?: Partial<HTMLButtonElement>,
): HTMLButtonElement {
  return element("button", { type: "button", onclick, ...properties }, child);
}

/** Builds a line drawing of 24 × 24 units from the commands of a path; screen readers leave it out. */
export function drawing(path: string): SVGElement {
  const [svg, line] = ["svg", "path"].map((tag) =>
    document.createElementNS("http://www.w3.org/2000/svg", tag),
  ) as [SVGElement, SVGElement];
  svg.ariaHidden = "true";
  svg.setAttribute("viewBox", "0 0 24 24");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
