import type { FC } from "hono/jsx";
import type { ContactBudget } from "../../playbooks/contact-budget.ts";
import { Icon } from "../ui/icon.tsx";
import { When } from "../ui/parts.tsx";

/** Whether somebody may get in touch with an account now. */
export const BudgetText: FC<{ budget: ContactBudget }> = ({
  budget: { spent, budget, isOpen, freeAt },
}) =>
  budget === 0 ? (
    <>no limit in this project</>
  ) : (
    <span class={`status-line ${isOpen ? "ok" : "wait"}`}>
      <Icon name={isOpen ? "check" : "warn"} />
      <span>
        {spent} of {budget} points used this week
        {!isOpen && freeAt && (
          <>
            ; room again <When at={freeAt} />
          </>
        )}
      </span>
    </span>
  );
