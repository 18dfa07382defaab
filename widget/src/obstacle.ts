/** How long a focused, empty field counts as being typed in after the last key, in milliseconds. */
const TYPING_MS = 10_000;

/** Says whether this is a bad moment to appear. */
export interface ObstacleWatch {
  /** What stands in the way; null when the moment is good. */
  find(): string | null | false | undefined;
  stop(): void;
}

/** What has the focus, also inside shadow roots. */
function findActive(): HTMLInputElement | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active as HTMLInputElement | null;
}

const MODAL = "dialog[open],[aria-modal=true]";

/** One in a shadow root has the focus in it. */
const isModalOpen = () =>
  [...document.querySelectorAll(MODAL), findActive()?.closest(MODAL)].some(
    (modal) => modal?.checkVisibility?.() ?? modal,
  );

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

  // A field that the page itself focused, and that stays empty, is no typing after a while.
  const isTyping = () => {
    const field = findActive();
    return (
      // What happens inside a frame is not told: a card number may be typed there.
      field?.matches("iframe") ||
      (field?.matches(":read-write") &&
        (field.value || field.textContent || Date.now() - typedAt < TYPING_MS))
    );
  };

  return {
    // A prerendered page is hidden too.
    find: () =>
      (document.hidden && "hidden") ||
      (document.fullscreenElement && "full_screen") ||
      (isModalOpen() && "dialog_open") ||
      (isTyping() && "typing"),
    stop: () => removeEventListener("keydown", onKey, true),
  };
}
