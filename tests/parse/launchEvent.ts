/** The launch fault of the sample app as `@sentry/node` 10.78 reports it, shortened; every value is made up. */

export const SHA = '0123456789abcdef0123456789abcdef01234567'
export const AT = '2026-11-20T11:47:42.000Z'

const answer = {
  filename: '/app/src/app.ts',
  module: 'app.ts',
  function: 'answer',
  lineno: 26,
  colno: 3,
  in_app: true,
  context_line: '  await handler({ ...clinic, req, res, params, query: url.searchParams })',
  post_context: ['}'],
}
const queue = {
  filename: 'node:internal/process/task_queues',
  function: 'process.processTicksAndRejections',
  lineno: 104,
  colno: 5,
  in_app: false,
}
export const crash = {
  filename: '/app/src/routes/campaigns.ts',
  module: 'routes:campaigns.ts',
  function: 'launchCampaign',
  lineno: 32,
  colno: 46,
  in_app: true,
  pre_context: ['  const practice = findPractice(db, practiceId)'],
  context_line: '  const recipients = patientsOf(db, practice.id).filter((patient) => patient.consent === 1)',
}

export const thrown = {
  type: 'TypeError',
  value: "Cannot read properties of undefined (reading 'id')",
  stacktrace: { frames: [answer, queue, crash] },
  mechanism: { type: 'clinic', handled: false },
}

export const launchEvent = {
  exception: { values: [thrown] },
  event_id: 'd4d4f665220047c98634cc5f0034fd35',
  level: 'error',
  platform: 'node',
  contexts: { trace: { trace_id: 'ee24c6493e3343b588bbbbc15abd3a4c', span_id: 'b95a0abfa7727f53' } },
  server_name: 'vm',
  timestamp: 1795175262.703,
  environment: 'production',
  release: SHA,
  user: { id: 'u-3', ip_address: '203.0.113.9' },
  transaction: 'POST /api/campaigns/launch',
  breadcrumbs: [{ category: 'console', data: { arguments: ['listens on 9912'] }, level: 'log' }],
  request: {
    headers: {
      host: 'localhost:9912',
      authorization: 'Bearer abc',
      'content-type': 'application/json',
      'x-user-id': 'u-3',
      'content-length': '46',
    },
    method: 'POST',
    url: 'http://localhost:9912/api/campaigns/launch',
    cookies: {},
    data: '{"practiceId":"p-97","startedBy":"front desk"}',
  },
}
