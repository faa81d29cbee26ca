// Starts a function's bundle as Lambda does, and asks it for a page: the one that says that it is well, or another.
for (const name of [
  'STAGE',
  'SERVICE',
  'DIRECTORY_TABLE',
  'CYCLES_TABLE',
  'INDICATORS_TABLE',
  'DOCUMENTS_BUCKET',
])
  process.env[name] = 'bench';
for (const name of ['CYCLE_MACHINE', 'LCPG_MACHINE'])
  process.env[name] = 'arn:aws:states:eu-west-2:000000000000:stateMachine:bench';
process.env.WEB_ORIGIN = 'https://bench.example.org';
process.env.ERRAND_FUNCTION = 'bench';
Object.assign(process.env, {
  AWS_REGION: 'eu-west-2',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
});
const [, , bundle, path = '/health'] = process.argv;
const { handler } = require(bundle);
handler({
  rawPath: path,
  rawQueryString: '',
  headers: {},
  requestContext: { http: { method: 'GET', path } },
  isBase64Encoded: false,
}).then(({ statusCode, body }) => {
  if (process.argv.length > 3) process.stdout.write(`${body}\n`);
  process.exit(statusCode === 200 ? 0 : 1);
});
