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
  UNAUTHENTICATED: ['Sign in first.', 'Open the control room and sign in there; the command line uses its token.'],
  FORBIDDEN: ['This request did not come from the control room.', 'Open the page and try again there.'],
  ROLE_TOO_LOW: ['This person may not decide that.', 'Ask an owner of the project.'],
  MALFORMED: ['The request is not what it should be.', 'Correct what is listed and send it again.'],
  KEY_MISSING: [
    'Every request that changes something carries a key of its own.',
    'Send the header Idempotency-Key with 8 to 100 letters, digits, hyphens or underscores.',
  ],
  KEY_REUSED: ['This key stands for another request.', 'Use a new key for a new request.'],
  IN_PROGRESS: ['The same request is being answered right now.', 'Wait a moment and look again.'],
  PASSWORD_NEEDED: ['This needs your password again.', 'Type the password and send it once more.'],
  PASSWORD_WRONG: [
    'That is not the password.',
    'It was printed at the first start; `nightshift password` prints it again.',
  ],
  PROOF_NEEDED: [
    'This needs a proof that it is still you.',
    'Type your password, or sign out and in again: for ten minutes after that nothing more is asked.',
  ],
  PROOF_WRONG: [
    'That is not your password.',
    'Try again; without a password, sign out and in again: for ten minutes after that none is asked for.',
  ],
  TOO_MANY_TRIES: ['There were too many tries.', 'Wait some minutes, then try again.'],
  SIGN_IN_UNREACHABLE: ['The service people sign in with did not answer.', 'Try again in a moment.'],
  REFUSED: ['The gate said no.', 'Reload: the page shows how things stand now.'],
  LEVEL_NOT_EARNED: [
    'Level 3 is earned at level 2.',
    'It takes 30 days at level 2 with at least 10 cured and none relapsed or rolled back, in an audit that holds.',
  ],
  LEASE_LOST: ['Another worker took over this piece of work.', 'Nothing to do: the other worker finishes it.'],
  TOO_LATE: [
    'This worker was stopped for longer than its call was allowed to take, so it sends nothing.',
    'Nothing to do: whoever holds the work now asks what happened and goes on.',
  ],
  ILLEGAL_MOVE: ['That step is not possible from here.', 'Reload: something changed meanwhile.'],
  CODE_UNREACHABLE: ['The git repository did not answer as expected.', 'Check its address and permissions.'],
  GIT_UNREACHABLE: [
    'The git host does not answer.',
    'Nothing to do while it is down: it is asked again, and nothing is lost. Otherwise check the address and the network.',
  ],
  GIT_UNAUTHORISED: [
    'The git host does not accept the credentials.',
    'They may be missing, expired or revoked: see `nightshift connect`. Nothing is lost; it goes on once they are accepted.',
  ],
  GIT_LIMITED: ['The git host asks for fewer requests.', 'Nothing to do: it goes on when the limit is over.'],
  GIT_HOST_KEY: [
    'The git host is not the one that was trusted.',
    'Compare its fingerprint with what its operator publishes; if they are equal, `nightshift connect trust`.',
  ],
  GIT_CERTIFICATE: [
    'The git host’s certificate is not accepted.',
    'Name the authority that vouches for it with GIT_CAFILE. It is never left unchecked.',
  ],
  GIT_PROGRAM_MISSING: ['A program that reaches the repository is not installed.', 'Install what is named.'],
  CREDENTIAL_SEALED: [
    'A stored credential cannot be opened.',
    'ENCRYPTION_KEY has to hold the key it was sealed with, or the credential has to be given again.',
  ],
  GITHUB_UNAUTHORISED: [
    'GitHub does not accept the credentials.',
    'Check the App’s id and private key, or make a new token: it may have expired or been revoked.',
  ],
  GITHUB_NOT_INSTALLED: [
    'The GitHub App cannot reach the repository.',
    'Install it on the repository, or lift the suspension, in GitHub’s settings.',
  ],
  GITHUB_PERMISSIONS: [
    'The credentials for GitHub do not allow something that is needed.',
    'Grant the App what is named, and accept the change where it is installed.',
  ],
  GITHUB_OVER_SCOPED: [
    'The credentials for GitHub allow more than Nightshift accepts.',
    'Take it from the App, or use a fine-grained token without it: nobody who repairs may change the rules.',
  ],
  GITHUB_LIMITED: ['GitHub asks for fewer requests.', 'Nothing to do: it goes on when the limit is over.'],
  CONNECTION_OVER: [
    'This step of the connection is over.',
    'Begin again on the page of the connection; nothing was changed here.',
  ],
  BRANCH_PROTECTED: [
    'The rules of the repository do not let Nightshift move the branch.',
    'Merge it yourself, or have changes arrive by pull request.',
  ],
  DEPLOY_UNREACHABLE: ['The host that deploys the app did not answer as expected.', 'Check that it is running.'],
  DEPLOY_DENIED: [
    'The host that deploys the app does not accept this login for this project.',
    'Check its token, the team and the project; a token of another team is refused like a wrong one.',
  ],
  DEPLOY_LIMITED: ['The host that deploys the app wants fewer calls.', 'Nothing to do: it is asked again later.'],
  DEPLOY_REFUSED: ['The host that deploys the app refused.', 'The words after this say what; look at it there.'],
  DEPLOY_GOES_LIVE: [
    'A production build would take the traffic as soon as it is ready, so nothing was built.',
    'Turn off "Auto-assign Custom Production Domains" in the settings of the project\'s production environment.',
  ],
  CHANNEL_UNREACHABLE: [
    'Slack or the mail service did not answer as expected.',
    'Nothing to do: it is asked what arrived, and tried again. The inbox has everything.',
  ],
  REPOSITORY_TOO_LARGE: [
    'The repository is larger than a sandbox is given.',
    'Name the part with the fault: --repo may be a folder of it.',
  ],
  NO_TESTS: [
    'Nothing says how the tests of this repository are run.',
    'Name the command, or put it into nightshift.json.',
  ],
  NOT_COMMITTED: [
    'The checkout has changes that are not committed, and a branch would not be what was tested.',
    'Commit them, name a commit with --sha, or leave --branch out.',
  ],
  OUT_UNWRITABLE: ['The results cannot be written there.', 'Name another folder with --out.'],
  INSTALL_FAILED: [
    'Its dependencies could not be installed.',
    'Install them in the checkout and run it again: what is installed there is used.',
  ],
  HARNESS_FAILED: ['The app could not be run in the sandbox.', 'The output on the issue page says where it stopped.'],
} as const

export type FaultCode = keyof typeof CATALOGUE

export class Fault extends Error {
  readonly code: FaultCode
  readonly detail: string
  readonly remedy: string
  /** When whoever said no wants to be asked again, where they said. */
  readonly again: Date | null
  constructor(code: FaultCode, detail = '', again: Date | null = null) {
    const [sentence, remedy] = CATALOGUE[code]
    super(detail ? `${sentence} ${detail}` : sentence)
    this.name = 'Fault'
    this.code = code
    this.detail = detail
    this.remedy = remedy
    this.again = again
  }
}

/** By its look, since one process may hold the class twice: what starts a server and what answers are bundled apart. */
export const isFault = (error: unknown): error is Fault =>
  error instanceof Fault || (error instanceof Error && error.name === 'Fault' && 'remedy' in error)
