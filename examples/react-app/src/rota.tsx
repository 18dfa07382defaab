import { useFeature, useTelltale } from "@telltale/sdk/react";
import { useEffect, useState } from "react";
import { PublishButton } from "./publish-button.tsx";
import { ShiftCell } from "./shift-cell.tsx";

const PEOPLE = ["Amal", "Beatriz", "Chidi", "Dana"];
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri"];

/** Who works when, this week: tap a cell to change the shift. */
export function Rota() {
  const telltale = useTelltale();
  const copyWeekUsed = useFeature("copy-week");
  const [shifts, setShifts] = useState<{ [cell: string]: number }>({});

  // Once the person has signed in, say who they are and which account they work in.
  useEffect(() => {
    telltale.identify("harbour-cafe-lee", { name: "Lee Tan", role: "manager" });
    telltale.account("harbour-cafe", { name: "Harbour Café", plan: "starter", seats: 4 });
  }, [telltale]);

  const copyMonday = () => {
    copyWeekUsed();
    const copied = PEOPLE.flatMap((person) =>
      DAYS.map((day) => [`${person} ${day}`, shifts[`${person} Mon`] ?? 0] as const),
    );
    setShifts(Object.fromEntries(copied));
  };

  return (
    <main>
      <header>
        <h1>Rota</h1>
        <p>Harbour Café, this week</p>
      </header>
      <table>
        <thead>
          <tr>
            <td />
            {DAYS.map((day) => (
              <th key={day} scope="col">
                {day}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {PEOPLE.map((person) => (
            <tr key={person}>
              <th scope="row">{person}</th>
              {DAYS.map((day) => {
                const cell = `${person} ${day}`;
                return (
                  <td key={day}>
                    <ShiftCell
                      label={cell}
                      shift={shifts[cell] ?? 0}
                      onChange={(shift) => setShifts({ ...shifts, [cell]: shift })}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <footer>
        <button type="button" onClick={copyMonday}>
          Copy Monday to the week
        </button>
        <PublishButton isEmpty={Object.values(shifts).every((shift) => shift === 0)} />
      </footer>
    </main>
  );
}
