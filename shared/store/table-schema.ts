/**
 * The shape that every table of the product has. The stack that deploys the tables and the tests that create them
 * on a local engine both read it here, so that they cannot drift apart. Every attribute named is a string, except
 * the time to live, which is a number of epoch seconds; an index projects all attributes.
 */
export const tableSchema = {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: [{ name: 'gsi1', partitionKey: 'gsi1pk', sortKey: 'gsi1sk' }],
  timeToLiveAttribute: 'deleteAfter',
} as const;
