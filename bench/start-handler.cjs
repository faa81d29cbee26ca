// Starts a function's bundle as Lambda does, and asks it for the page that says that it is well.
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
Object.assign(process.env, {
  AWS_REGION: 'eu-west-2',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
});
const { handler } = require(process.argv[2]);
handler({
  rawPath: '/health',
  rawQueryString: '',
  headers: {},
  requestContext: { http: { method: 'GET', path: '/health' } },
  isBase64Encoded: false,
}).then(({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1));
