import { parseArgs } from 'node:util'
import { Usage } from '../command.ts'

export const USAGE = `repair --repo <path> [--test "<command>"] [--log <ci.log> | --event <event.json>] [options]

Finds out why it fails and repairs it, on a copy: no server, no account, no nightshift.json needed, and nothing of the
checkout is changed. Every change is proven in the sandbox before it is called a fix.

  --repo <path>       a checkout as it stands, changes not committed included
  --test <command>    what fails, such as "npm test"; its tests are the judges and stay as they are. Beside one of the
                      next two: how the tests are run, where neither they nor the repository say so
  --log <file>        the log of a failed CI run; the failing tests are read from it and run here
  --event <file>      an error event as an SDK sends it
  --sha <sha>         the commit to repair, instead of the checkout as it stands
  --base <sha>        a commit known to be good: the one that broke it is found by running the tests
  --model <route>     asked where the recipes find nothing, and for a test of an event that cannot be sent again, such as
                      anthropic:claude-sonnet-5-5 or replay:<folder>; "none" for recipes alone. Without it: MODEL, or
                      recipes alone
  --budget <usd>      most that may be spent on models (default 5)
  --attempts <n>      most attempts of a model, 1 to 3 (default 3)
  --time <seconds>    most that candidates of recipes are tried for (default 240; 0: no recipes)
  --out <folder>      where the results go (default ./nightshift-repair)
  --branch            commits a proven fix to agent/fix-<id> in the repository; nothing may be uncommitted then
  --json              the whole answer as JSON

Always written: diagnosis-<run>.json, patch-<run>.diff (empty when refused), metadata-<run>.json and transcript-<run>/.
Exit: 0 proven, 2 diagnosed but not fixed, 3 refused by a gate, 1 it could not be done.`

export interface Asked {
  repo: string
  /** How the tests are run; null: as the log or the repository says. */
  command: string | null
  source: { kind: 'test' } | { kind: 'log'; file: string } | { kind: 'event'; file: string }
  sha: string | null
  base: string | null
  model: string | null
  budget: number
  attempts: number
  searchMs: number
  out: string
  branch: boolean
  json: boolean
}

/** What the command line asks for; throws `Usage` with words for people. */
export function parseRepair(argv: string[]): Asked {
  const { values, positionals } = read(argv)
  if (positionals.length > 0) throw new Usage(`${positionals[0]} is one word too many.`)
  if (!values.repo) throw new Usage('--repo is missing: the checkout to repair.')
  const { test, log, event } = values
  if (test === undefined && log === undefined && event === undefined)
    throw new Usage('It wants one of --test, --log and --event.')
  if (log !== undefined && event !== undefined) throw new Usage('--log and --event exclude each other.')
  for (const [name, value] of Object.entries({ test, log, event }))
    if (value?.trim() === '') throw new Usage(`--${name} is empty.`)
  return {
    repo: values.repo,
    command: test ?? null,
    source:
      log !== undefined
        ? { kind: 'log', file: log }
        : event !== undefined
          ? { kind: 'event', file: event }
          : { kind: 'test' },
    sha: values.sha ?? null,
    base: values.base ?? null,
    model: values.model ?? null,
    budget: number('--budget', values.budget, 5, 0, 1000),
    attempts: number('--attempts', values.attempts, 3, 1, 3, true),
    searchMs: number('--time', values.time, 240, 0, 7200) * 1000,
    out: values.out ?? 'nightshift-repair',
    branch: values.branch ?? false,
    json: values.json ?? false,
  }
}

function read(argv: string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        ...{ repo: text, test: text, log: text, event: text, sha: text, base: text, model: text, budget: text },
        ...{ attempts: text, time: text, out: text, branch: flag, json: flag },
      },
    })
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error))
  }
}

function number(
  name: string,
  value: string | undefined,
  fallback: number,
  least: number,
  most: number,
  whole = false,
): number {
  if (value === undefined) return fallback
  const read = Number(value)
  if (!Number.isFinite(read) || read < least || read > most || (whole && !Number.isInteger(read)))
    throw new Usage(`${name} wants a ${whole ? 'whole ' : ''}number from ${least} to ${most}.`)
  return read
}
