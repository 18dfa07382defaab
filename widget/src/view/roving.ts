/**
 * Makes a radio group one stop for Tab in which arrows move without choosing. With native radios an
 * arrow chooses, and where a choice answers, the later options are out of reach.
 */
export function roveWithArrows(group: HTMLElement, direction: "ltr" | "rtl"): void {
  const buttons = [...group.children] as HTMLElement[];
  const forward = direction === "rtl" ? -1 : 1;
  buttons.forEach((button, at) => {
    button.tabIndex = at && -1;
  });
  group.onkeydown = (event) => {
    const by = { Down: 1, Up: -1, Right: forward, Left: -forward }[event.key.slice(5)];
    const from = event.target as HTMLElement;
    const to = by && buttons.at((buttons.indexOf(from) + by) % buttons.length);
    if (!to) return;
    event.preventDefault();
    from.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  };
}
