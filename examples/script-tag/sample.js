const DAY_MS = 86_400_000;

/** The people who sign in to this demo; `?person=1` takes the second. All work in one account. */
export const PEOPLE = [
  { id: "northwind-maya", name: "Maya Okafor", role: "Studio lead" },
  { id: "northwind-jonas", name: "Jonas Weber", role: "Bookkeeper" },
  { id: "northwind-priya", name: "Priya Raman", role: "Project manager" },
  { id: "northwind-elise", name: "Elise Marchand", role: "Producer" },
];

export const ACCOUNT = {
  id: "northwind-studio",
  name: "Northwind Studio",
  plan: "growth",
  seats: 6,
};

export const CLIENTS = [
  { id: "harbour", name: "Harbour & Co.", place: "Rotterdam" },
  { id: "fable", name: "Fable Press", place: "Dublin" },
  { id: "alder", name: "Alder Architects", place: "Copenhagen" },
  { id: "kestrel", name: "Kestrel Outdoor", place: "Innsbruck" },
  { id: "lumen", name: "Lumen Clinics", place: "Lisbon" },
  { id: "tansy", name: "Tansy Foods", place: "Lyon" },
];

const inDays = (days) => new Date(Date.now() + days * DAY_MS);

const row = ([number, clientId, issued, due, amount, status]) => ({
  number,
  clientId,
  issuedAt: inDays(issued),
  dueAt: inDays(due),
  amount,
  status,
});

/** The invoices of the session, newest first. */
export const invoices = [
  [1047, "alder", -1, 29, 4850, "draft"],
  [1046, "harbour", -3, 27, 12400, "sent"],
  [1045, "lumen", -6, 24, 3180, "sent"],
  [1044, "fable", -12, 18, 7260, "paid"],
  [1043, "kestrel", -16, 14, 2475, "sent"],
  [1042, "tansy", -38, -8, 5890, "overdue"],
  [1041, "harbour", -41, -11, 1050, "overdue"],
  [1040, "alder", -45, -15, 9300, "paid"],
  [1039, "lumen", -52, -22, 6420, "paid"],
].map(row);

/** Revenue of the last eight months, oldest first. */
export const REVENUE = [18400, 22100, 19750, 26300, 24800, 29150, 27600, 31870];

export const clientOf = (invoice) => CLIENTS.find((client) => client.id === invoice.clientId);

/** Stores an invoice at the top of the list. */
export function addInvoice({ clientId, amount, dueAt }) {
  const number = Math.max(...invoices.map((invoice) => invoice.number)) + 1;
  invoices.unshift({ number, clientId, issuedAt: new Date(), dueAt, amount, status: "sent" });
  return number;
}
