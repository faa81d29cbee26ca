import type { AwsCall } from './call.ts';

/**
 * The text of a secret. Secrets Manager speaks AWS JSON 1.1.
 * @param id or ARN of the secret
 * @throws {AwsRefusal} such as `ResourceNotFoundException`
 * @throws {Error} where the secret holds no text
 */
export const readSecret = async (call: AwsCall, id: string): Promise<string> => {
  const answer = await call({
    service: 'secretsmanager',
    path: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'secretsmanager.GetSecretValue',
    },
    body: JSON.stringify({ SecretId: id }),
  });
  const { SecretString: text } = JSON.parse(answer) as { readonly SecretString?: string };
  if (text === undefined || text === '') throw new Error(`the secret ${id} holds no text`);
  return text;
};
