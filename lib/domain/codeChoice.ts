/** As whom Nightshift talks to GitHub. */
export type GithubLogin =
  /** PKCS#8, PEM. */
  { kind: 'app'; appId: number; privateKey: string } | { kind: 'token'; token: string }

/** One token for one host. `read: null`: what reads uses the one that writes. */
export interface GitToken {
  host: string
  user: string
  write: string
  read: string | null
}

/** How git reaches what is not on this machine. `program: null`: the program where there is one. */
export interface GitChoice {
  program: 'binary' | 'isomorphic' | null
  token: GitToken | null
  cafile: string | null
  proxy: string | null
}

/** Where projects' code is, with what it needs and nothing of the others. */
export type CodeChoice =
  | ({ kind: 'git' } & GitChoice)
  /** `webhookSecret: null`: no webhooks are taken; clocks find everything as well, a little later. */
  /** `url`: of the instance, without `/api/v4`. `read: null`: what reads uses the one that writes. */
  | ({ kind: 'gitlab'; url: string; login: { write: string; read: string | null } } & GitChoice)
  | { kind: 'github'; apiUrl: string; login: GithubLogin; webhookSecret: string | null }
