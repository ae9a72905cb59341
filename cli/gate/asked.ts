import { parseArgs } from 'node:util'

export const USAGE = `gate <repo> <base> <head>

May the step from one commit to another leave the house? Asked of the tree gate, on any git repository of this machine
(worktree or bare): no server, no database, and nothing the repository sets up is run. The commits are named by sha,
branch or tag; nightshift.json is read from <base> alone.

  --json              the whole answer as JSON
  --protect <glob>    a pattern that is protected besides the floor; may be given more than once
  --fix <id>          the one fixture that may be added, <replay.fixtures>/<id>.json; without it, a lone new one may be

Exit status: 0 it passes, 3 it is refused or needs approval, 1 it could not be judged.`

export interface Asked {
  repo: string
  base: string
  head: string
  protect: string[]
  fix: string | null
}

/** What the command line asks for; throws with words for people. */
export function parseGate(argv: string[]): Asked {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      protect: { type: 'string', multiple: true },
      fix: { type: 'string' },
    },
  })
  const [repo, base, head, ...rest] = positionals
  if (!repo || !base || !head || rest.length > 0)
    throw new Error('It wants a repository and two commits: nightshift gate <repo> <base> <head>.')
  const fix = values.fix ?? null
  if (fix !== null && !/^[a-z0-9-]{1,64}$/.test(fix))
    throw new Error('--fix wants the id of a fix: up to 64 lower-case letters, digits or hyphens.')
  return { repo, base, head, protect: values.protect ?? [], fix }
}
