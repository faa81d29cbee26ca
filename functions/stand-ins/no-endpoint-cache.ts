/**
 * Stands in the bundles for what the DynamoDB client keeps discovered addresses in, with two libraries for it. Discovery is
 * off, so it is made and never asked.
 */
export class EndpointCache {
  has(): boolean {
    return false;
  }
}
