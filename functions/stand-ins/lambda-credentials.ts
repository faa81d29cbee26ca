/**
 * Stands in the bundles for the SDK's own chain of credential providers, which brings the clients of four other services
 * with it. A Lambda function has its credentials in its environment.
 */
import { fromEnv } from '@aws-sdk/credential-provider-env';

export const defaultProvider = (): ReturnType<typeof fromEnv> => fromEnv();
