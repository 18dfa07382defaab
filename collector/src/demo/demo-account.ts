/** The account whose product the visitor of the demo uses. */
export const DEMO_ACCOUNT = {
  id: "northwind-studio",
  name: "Northwind Studio",
} as const;
