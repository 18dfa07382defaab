export const testedFaults = {};
export async function runTests() {}
