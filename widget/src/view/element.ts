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

/** Builds a button. It sends no form, since a shadow root keeps it out of the page's. */
export function button(
  child: Node | string,
  onclick: () => void,
  properties?: Partial<HTMLButtonElement>,
): HTMLButtonElement {
  return element("button", { onclick, ...properties }, child);
}

/** A drawing without a line: a copy is made quicker than a new one. */
let blank: Element | undefined;

const part = (tag: string) => document.createElementNS("http://www.w3.org/2000/svg", tag);

/** Builds a line drawing of 32 × 32 pixels from the commands of a path; screen readers leave it out. */
export function drawing(path: string): Element {
  if (!blank) {
    blank = part("svg");
    blank.ariaHidden = "true";
    blank.append(part("path"));
  }
  const made = blank.cloneNode(true) as Element;
  (made.firstChild as Element).setAttribute("d", path);
  return made;
}

/** One place of a scale, or an option. */
export interface Mark<Value = number> {
  value: Value;
  /** For screen readers, where they need more than what is shown. */
  name?: string;
  shown: Node | string;
}

/**
 * Builds a radio group, or a group of checkboxes, whose places are drawn as buttons.
 *
 * @param onChosen - called with the button that was pressed, and its place
 */
export function group<Value>(
  { className, ariaLabel, role = "radio" }: { className: string; ariaLabel: string; role?: string },
  marks: Mark<Value>[],
  onChosen: (button: HTMLButtonElement, mark: Mark<Value>) => void,
): HTMLElement {
  return element(
    "div",
    { role: role === "radio" ? "radiogroup" : "group", className, ariaLabel },
    ...marks.map((mark) => {
      const { shown, name } = mark;
      const made = button(shown, () => onChosen(made, mark), {
        role,
        ariaChecked: "false",
        ariaLabel: name ?? null,
      });
      return made;
    }),
  );
}
