/** The library as batches name it. */
export const LIBRARY = { name: "@telltale/sdk", version: "0.1.0" };
