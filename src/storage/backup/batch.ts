/** Rows that are copied from one database to the other at once. */
export const batchSize = 1000;
