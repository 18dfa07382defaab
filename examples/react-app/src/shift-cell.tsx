const SHIFTS = ["off", "early", "late"] as const;

interface ShiftCellProps {
  label: string;
  /** 0 off, 1 early, 2 late. */
  shift: number;
  onChange(shift: number): void;
}

/** One person's day. The attribute alone counts its clicks as use of a feature. */
export function ShiftCell({ label, shift, onChange }: ShiftCellProps) {
  const name = SHIFTS[shift] ?? "off";
  return (
    <button
      type="button"
      className={`shift ${name}`}
      aria-label={`${label}: ${name}`}
      data-telltale-feature="set-shift"
      onClick={() => onChange((shift + 1) % SHIFTS.length)}
    >
      {name === "off" ? "·" : name}
    </button>
  );
}
