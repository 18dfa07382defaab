/** How long a focused, empty field counts as being typed in after the last key, in milliseconds. */
const TYPING_MS = 10_000;

/** Says whether this is a bad moment to appear. */
export interface ObstacleWatch {
  /** What stands in the way, in words for `debug`; null when the moment is good. */
  find(): string | null;
  stop(): void;
}

function deepActiveElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

function isEditable(element: Element): boolean {
  return (
    (element as HTMLElement).isContentEditable ||
    element.matches(
      "textarea,select,[role=textbox],[contenteditable=''],[contenteditable=true]," +
        "input:not([type=button],[type=submit],[type=reset],[type=checkbox],[type=radio],[type=range],[type=color],[type=file],[type=image])",
    )
  );
}

/**
 * Watches for moments in which a prompt would be rude: while the person types, in a modal of the
 * host page, in full screen, in a hidden or a prerendered page.
 */
export function watchObstacles(): ObstacleWatch {
  let typedAt = Date.now();
  const onKey = () => {
    typedAt = Date.now();
  };
  addEventListener("keydown", onKey, true);

  const isTyping = () => {
    const active = deepActiveElement();
    if (!active || !isEditable(active)) return false;
    const text = (active as HTMLInputElement).value ?? active.textContent;
    return Boolean(text) || Date.now() - typedAt < TYPING_MS;
  };

  const isModalOpen = () =>
    [...document.querySelectorAll("dialog[open],[aria-modal=true]")].some(
      (modal) => modal.checkVisibility?.() ?? true,
    );

  return {
    find() {
      if ((document as { prerendering?: boolean }).prerendering) return "the page is prerendered";
      if (document.visibilityState !== "visible") return "the page is hidden";
      if (document.fullscreenElement) return "the page is in full screen";
      if (isModalOpen()) return "a dialog is open";
      return isTyping() ? "the user is typing" : null;
    },
    stop: () => removeEventListener("keydown", onKey, true),
  };
}
