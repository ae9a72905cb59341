import { randomBytes } from 'node:crypto'
import type { BareGit } from './git.ts'
import { pageOf, urlOf } from './shapes.ts'
import type { Login, Repo } from './types.ts'

export interface NewCommit {
  message: string
  tree: string
  parents: string[]
  /** Whoever names an author gets no signature. */
  author?: { name: string; email: string; date?: string }
}

/** A commit as the service makes it: dated by its clock, signed for Apps alone, and never the same twice. */
export async function writeCommit(git: BareGit, login: Login, asked: NewCommit, now: Date): Promise<string> {
  const at = `${Math.floor(now.getTime() / 1000)} +0000`
  const { name, email } = asked.author ?? { name: login.name, email: `1+${login.name}@users.noreply.github.com` }
  const signed = login.kind === 'installation' && !asked.author
  const committer = signed ? 'GitHub <noreply@github.com>' : `${name} <${email}>`
  const signature = `gpgsig -----BEGIN PGP SIGNATURE-----\n \n ${randomBytes(24).toString('base64')}\n -----END PGP SIGNATURE-----\n`
  const head = [`tree ${asked.tree}`, ...asked.parents.map((parent) => `parent ${parent}`)]
  const who = [`author ${name} <${email}> ${at}`, `committer ${committer} ${at}`]
  const text = `${[...head, ...who].join('\n')}\n${signed ? signature : ''}\n${asked.message}`
  return git.line(['hash-object', '-t', 'commit', '-w', '--stdin'], text)
}

/** As `GET /git/commits/{sha}` shows it. */
export async function commitBody(repo: Repo, sha: string) {
  const raw = (await repo.git.run(['cat-file', 'commit', sha])).out.toString('utf8')
  const split = raw.indexOf('\n\n')
  const [head, message] = [raw.slice(0, split), raw.slice(split + 2)]
  const fields = (name: string) => [...head.matchAll(new RegExp(`^${name} (.*)$`, 'gm'))].map((match) => match[1]!)
  const person = (name: string) => {
    const [, who = '', email = '', seconds = '0'] = /^(.*) <(.*)> (\d+)/.exec(fields(name)[0] ?? '') ?? []
    return { name: who, email, date: new Date(Number(seconds) * 1000).toISOString().replace('.000', '') }
  }
  const verified = head.includes('\ngpgsig ')
  return {
    ...{ sha, node_id: `C_${sha}`, ...addresses(repo, sha) },
    ...{ author: person('author'), committer: person('committer'), message },
    tree: { sha: fields('tree')[0]!, url: `${urlOf(repo)}/git/trees/${fields('tree')[0]}` },
    parents: fields('parent').map((parent) => ({ sha: parent, ...addresses(repo, parent) })),
    verification: {
      ...{ verified, reason: verified ? 'valid' : 'unsigned', payload: null, verified_at: null },
      signature: verified ? 'emulated' : null,
    },
  }
}

const addresses = (repo: Repo, sha: string) => ({
  ...{ url: `${urlOf(repo)}/git/commits/${sha}`, html_url: `${pageOf(repo)}/commit/${sha}` },
})

/** As lists and comparisons show it: what git knows is one level down. */
export async function listedCommit(repo: Repo, sha: string) {
  const { author, committer, message, tree, parents, verification, ...rest } = await commitBody(repo, sha)
  const commit = { author, committer, message, tree, verification, comment_count: 0, url: rest.url }
  return { ...rest, commit, parents, author: null, committer: null, comments_url: `${rest.url}/comments` }
}
