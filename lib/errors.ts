/** Every error a person can meet: code → what happened → what to do next. */
const CATALOGUE = {
  CONFIG_INVALID: ['A setting is missing or malformed.', 'Correct what is listed and start again.'],
  DATABASE_ROLE: [
    'The application would log in to PostgreSQL as a role that owns tables.',
    'Use the role nightshift_app; the audit is only worth something if its writer cannot rewrite it.',
  ],
  SANDBOX_UNAVAILABLE: [
    'Tests and apps are not run here: the sandbox did not pass its self-test.',
    'See the line after this one; `nightshift doctor` repeats the test.',
  ],
  MANIFEST_INVALID: [
    'nightshift.json at the base commit cannot be read.',
    'Check it against docs/nightshift.schema.json.',
  ],
  NOT_FOUND: ['There is no such thing.', 'Check the address or the id.'],
  UNAUTHENTICATED: ['Sign in first.', 'Use the owner password printed at first start.'],
  FORBIDDEN: ['This request did not come from the control room.', 'Open the page and try again there.'],
  LEASE_LOST: ['Another worker took over this piece of work.', 'Nothing to do: the other worker finishes it.'],
  ILLEGAL_MOVE: ['That step is not possible from here.', 'Reload: something changed meanwhile.'],
  CODE_UNREACHABLE: ['The git repository did not answer as expected.', 'Check its address and permissions.'],
  DEPLOY_UNREACHABLE: ['The host that deploys the app did not answer as expected.', 'Check that it is running.'],
  HARNESS_FAILED: ['The app could not be run in the sandbox.', 'The output on the issue page says where it stopped.'],
} as const

export type FaultCode = keyof typeof CATALOGUE

export class Fault extends Error {
  readonly code: FaultCode
  readonly detail: string
  readonly remedy: string
  constructor(code: FaultCode, detail = '') {
    const [sentence, remedy] = CATALOGUE[code]
    super(detail ? `${sentence} ${detail}` : sentence)
    this.name = 'Fault'
    this.code = code
    this.detail = detail
    this.remedy = remedy
  }
}
