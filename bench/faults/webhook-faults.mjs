export const webhookFaults = {};
