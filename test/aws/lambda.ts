/** The little of Lambda's API that the tests need; a local AWS looks at no signature. */

import type { LocalAws } from './ministack.ts';

const functionsPath = '2015-03-31/functions';

/** Invokes a function and waits for its result. @throws {Error} with what the function said when it failed */
export const invoke = async (aws: LocalAws, name: string, payload: object): Promise<unknown> => {
  const response = await fetch(`${aws.endpoint}/${functionsPath}/${name}/invocations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  });
  const text = await response.text();
  if (!response.ok || response.headers.has('x-amz-function-error')) throw new Error(`${name}: ${text}`);
  return text === '' ? null : JSON.parse(text);
};

/** Changes some variables of every function. */
export const changeVariables = async (
  aws: LocalAws,
  variables: Readonly<Record<string, string>>,
): Promise<void> => {
  const listed = (await (await fetch(`${aws.endpoint}/${functionsPath}/`)).json()) as {
    readonly Functions: readonly {
      readonly FunctionName: string;
      readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
    }[];
  };
  for (const { FunctionName, Environment } of listed.Functions) {
    const response = await fetch(`${aws.endpoint}/${functionsPath}/${FunctionName}/configuration`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ Environment: { Variables: { ...Environment?.Variables, ...variables } } }),
    });
    if (!response.ok) throw new Error(`variables of ${FunctionName}: ${await response.text()}`);
  }
};
