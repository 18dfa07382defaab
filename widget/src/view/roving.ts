/**
 * Makes a radio group one stop for Tab in which arrows move without choosing. With native radios an
 * arrow chooses, and where a choice answers, the later options are out of reach.
 */
export function roveWithArrows(group: HTMLElement, direction: "ltr" | "rtl"): void {
  const buttons = [...group.children] as HTMLElement[];
  const forward = direction === "rtl" ? -1 : 1;
  const stopAt = (target?: HTMLElement) => {
    for (const button of buttons) button.tabIndex = button === target ? 0 : -1;
    return target;
  };
  stopAt(buttons[0]);
  group.onkeydown = (event) => {
    const arrow = event.key.slice(5);
    const by = { Down: 1, Up: -1, Right: forward, Left: -forward }[arrow];
    if (!by) return;
    event.preventDefault();
    const at = buttons.indexOf(event.target as HTMLElement) + by;
    stopAt(buttons.at(at % buttons.length))?.focus();
  };
}
