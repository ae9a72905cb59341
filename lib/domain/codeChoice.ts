/** As whom Nightshift talks to GitHub. */
export type GithubLogin =
  /** PKCS#8, PEM. */
  { kind: 'app'; appId: number; privateKey: string } | { kind: 'token'; token: string }

/** Where projects' code is, with what it needs and nothing of the others. */
export type CodeChoice =
  | { kind: 'git' }
  /** `webhookSecret: null`: no webhooks are taken; clocks find everything as well, a little later. */
  | { kind: 'github'; apiUrl: string; login: GithubLogin; webhookSecret: string | null }
