export const receiverFaults = {};
