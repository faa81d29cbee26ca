/** Visits the deployed pages over HTTP, in the shape in which the simulated members' browser asks for them. */

import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** @param base where the local AWS serves the HTTP API */
export const visitOverHttp =
  (base: string) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const query = event.rawQueryString === '' ? '' : `?${event.rawQueryString}`;
    const contentType = event.headers['content-type'];
    const response = await fetch(`${base}${event.rawPath}${query}`, {
      method: event.requestContext.http.method,
      redirect: 'manual',
      headers: {
        cookie: (event.cookies ?? []).join('; '),
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      },
      ...(event.body === undefined ? {} : { body: event.body }),
    });
    const location = response.headers.get('location');
    return {
      statusCode: response.status,
      headers: location === null ? {} : { location },
      cookies: response.headers.getSetCookie(),
      body: await response.text(),
    };
  };
