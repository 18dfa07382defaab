/**
 * Makes a radio group one stop for Tab in which arrows, Home and End move without choosing. With
 * native radios an arrow chooses, and where a choice answers, the later options are out of reach.
 */
export function roveWithArrows(group: HTMLElement, direction: "ltr" | "rtl"): void {
  const buttons = [...group.children] as HTMLElement[];
  const stopAt = (target: HTMLElement | undefined) => {
    for (const button of buttons) button.tabIndex = button === target ? 0 : -1;
  };
  stopAt(buttons[0]);
  group.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target as HTMLElement);
    const key = event.key.replace("Arrow", "");
    const forward = /Down|Up/.test(key) || direction === "ltr" ? 1 : -1;
    const to = /Right|Down/.test(key)
      ? at + forward
      : /Left|Up/.test(key)
        ? at - forward
        : { Home: 0, End: -1 }[key];
    if (to === undefined) return;
    event.preventDefault();
    const target = buttons.at(to % buttons.length);
    stopAt(target);
    target?.focus();
  });
}
