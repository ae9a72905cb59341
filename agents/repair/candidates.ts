import { type LineEdit, wholeEdit } from '../../lib/domain/lineEdit.ts'
import type { CrashSite, Proposal, RecipeAnswer, RecipeInput, SearchInput, Suspect } from '../../lib/domain/repair.ts'
import type { TestCase } from '../../lib/domain/testRun.ts'
import type { Edit } from '../../lib/domain/tree.ts'
import { foldPath } from '../../lib/policy/paths.ts'
import { isTest } from '../../lib/policy/testPaths.ts'
import type { Bench } from '../tools/desk.ts'
import { filesFor, READS } from './readable.ts'
import type { Spectrum } from './spectrum.ts'

/** Programs that propose repairs, by the language they read: our own, run in the sandbox, since they read untrusted text. */
const PROGRAMS = [
  {
    language: 'javascript',
    reads: READS.javascript,
    crash: ['node', '/nightshift/lib/harness/repair.js'],
    search: ['node', '/nightshift/lib/harness/search.js'],
  },
  {
    language: 'python',
    reads: READS.python,
    crash: ['/usr/bin/python3', '-I', '/nightshift/lib/recipes/python/main.py'],
    search: ['/usr/bin/python3', '-I', '/nightshift/lib/recipes/python/main.py'],
  },
] as const

/** More than there is time for in most repositories: the time is what ends a search. */
const MOST_CANDIDATES = 1500
const TIME = { wallMs: 120_000, memoryBytes: 4 * 1024 ** 3, outputBytes: 32 * 1024 ** 2 }

export interface Candidates {
  /** The likeliest first; a crash's own recipes before the search. */
  proposals: Proposal[]
  /** Why recipes had nothing to say. */
  refusals: string[]
}

/** What recipes propose, from the crashes the failing tests show and from the lines under suspicion. */
export async function candidatesOf(
  bench: Bench,
  targets: TestCase[],
  suspects: Suspect[],
  coverage: SearchInput['coverage'],
  most = MOST_CANDIDATES,
): Promise<Candidates> {
  const answers: RecipeAnswer[] = []
  const near = [...new Set([...suspects.map(({ path }) => path), ...targets.flatMap(pathsOf)])]
  for (const program of PROGRAMS) {
    const files = filesFor(bench.texts, program.reads, near)
    if (!near.some((path) => path in files)) continue
    for (const input of crashesIn(targets, files)) answers.push(...(await propose(bench, program.crash, input)))
    const failures = targets.flatMap(({ id, file, failure }) => (failure ? [{ test: id, file, failure }] : []))
    const own = suspects.filter(({ path }) => path in files)
    const search: SearchInput = {
      files,
      suspects: own,
      failures,
      most,
      ...(coverage ? { coverage: within(coverage, files) } : {}),
    }
    if (own.length > 0) answers.push(...(await propose(bench, program.search, search)))
  }
  return {
    proposals: distinct(
      answers.flatMap((answer) => (answer.ok ? [answer.proposal] : [])),
      bench.texts,
    ),
    refusals: answers.flatMap((answer) => (answer.ok ? [] : [`${answer.recipe}: ${answer.why}`])),
  }
}

/** Of the files a program reads alone: the rest would only fill its input. */
function within({ failing, passing }: Spectrum, files: Record<string, string>): Spectrum {
  const of = (run: Spectrum['failing'][number]) =>
    Object.fromEntries(Object.entries(run).filter(([path]) => path in files))
  return { failing: failing.map(of), passing: passing.map(of) }
}

/** One crash for each place that is not a test's own: what is thrown there is what recipes read. */
function crashesIn(targets: TestCase[], files: Record<string, string>): RecipeInput[] {
  const crashes = new Map<string, RecipeInput>()
  for (const { failure } of targets) {
    const frames = failure?.frames.filter(({ path }) => path in files) ?? []
    const [first] = frames
    if (!failure || !first || isTest(foldPath(first.path))) continue
    const crash: CrashSite = { ...first, type: failure.type, message: failure.message }
    const key = `${first.path}:${first.line} ${failure.type}`
    if (!crashes.has(key)) crashes.set(key, { crash, frames, files })
  }
  return [...crashes.values()].slice(0, 3)
}

const pathsOf = ({ failure }: TestCase): string[] => failure?.frames.map(({ path }) => path) ?? []

async function propose(
  bench: Bench,
  argv: readonly string[],
  input: RecipeInput | SearchInput,
): Promise<RecipeAnswer[]> {
  const { sandbox, dependencies } = bench
  const run = await sandbox.run({
    ...{ files: [], dependencies, argv: [...argv], stdin: JSON.stringify(input), limits: TIME },
  })
  try {
    const answers: unknown = run.exit === 0 ? JSON.parse(run.stdout) : null
    if (Array.isArray(answers)) return (answers as Told[]).map((answer) => whole(answer, bench.texts))
  } catch {}
  const why = run.end === 'exited' ? run.stderr.trim().split('\n').at(-1)?.slice(0, 200) : run.end
  return [{ ok: false, recipe: argv.at(-1)!.split('/').at(-1)!, why: `it came to nothing (${why})` }]
}

function whole(answer: Told, texts: Record<string, string>): RecipeAnswer {
  if (!answer.ok) return answer
  return {
    ok: true,
    proposal: { ...answer.proposal, edits: answer.proposal.edits.map((one) => wholeEdit(one, texts)) },
  }
}

type Told =
  | Extract<RecipeAnswer, { ok: false }>
  | { ok: true; proposal: Omit<Proposal, 'edits'> & { edits: (Edit | LineEdit)[] } }

/** Each change once, and only changes of files that are there. */
function distinct(proposals: Proposal[], texts: Record<string, string>): Proposal[] {
  const seen = new Set<string>()
  return proposals.filter(({ edits }) => {
    const key = JSON.stringify(edits.map(({ path, text }) => [path, text]))
    const real = edits.length > 0 && edits.every(({ path, text }) => path in texts && texts[path] !== text)
    if (!real || seen.has(key)) return false
    seen.add(key)
    return true
  })
}
