import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { applied, type Candidate, type Metadata, type Repair, type Repaired } from '../recipes/repair.ts'
import { commit } from '../recipes/run.ts'
import { runCommand } from '../recipes/suite.ts'
import type { Project } from './project.ts'

type Judged = Omit<Candidate, 'patch'> & { right: boolean }

export interface Result {
  name: string
  /** `broken`: the project is no case, because it passes as it stands or fails when mended. */
  outcome: Repaired['outcome'] | 'broken'
  /** Proven, and the held-out tests fail. */
  escaped: boolean
  /** The true fix, letter by letter. */
  exact: boolean
  why: string
  seconds: number
  attempts: number | null
  tokens: number | null
  /** Seconds. */
  stages: Record<string, number>
  /** Each candidate of the search that passes what the repair was given, and whether it passes what was held out. */
  candidates: Judged[]
}

const WALL_MS = 300_000

/** One project: checked, laid out as people would have it, repaired, and judged by what was held out. */
export async function runProject(project: Project, repair: Repair, more: string[]): Promise<Result> {
  const work = mkdtempSync(join(tmpdir(), 'bench-repair-'))
  const folder = join(work, project.name.split('/')[1]!)
  try {
    const broken = await brokenBecause(project, join(work, 'check'))
    if (broken) return result(project, { ...NOTHING, outcome: 'broken', why: broken }, false)
    layOutProject(project, folder)
    commit(folder)
    const repaired = await repair(folder, project.command, more).catch(failed)
    const isRight = async (patched: Record<string, string>) => {
      const judged = join(work, 'judged')
      layOutProject(project, judged, patched, visibleTests(project, patched), project.heldOut)
      return (await runCommand(judged, project.command, WALL_MS)).green
    }
    const candidates: Result['candidates'] = []
    for (const { patch, ...candidate } of repaired.metadata?.green_candidates ?? [])
      candidates.push({ ...candidate, right: await isRight(applied(folder, patch)) })
    const escaped = repaired.outcome === 'proven' && !(await isRight(repaired.patched))
    return { ...result(project, repaired, escaped), candidates }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

const NOTHING = { patched: {}, ms: 0, metadata: null }
const failed = (error: unknown): Repaired => ({
  ...{ ...NOTHING, outcome: 'error' },
  why: error instanceof Error ? error.message : String(error),
})

/** Why a project is no case: it has to fail as it stands, and to pass with the true fix, held-out tests included. */
export async function brokenBecause(project: Project, folder: string): Promise<string | null> {
  layOutProject(project, folder)
  if ((await runCommand(folder, project.command, WALL_MS)).green) return 'its tests pass as it stands'
  layOutProject(project, folder, project.truth, project.heldOut)
  const mended = await runCommand(folder, project.command, WALL_MS)
  return mended.green ? null : `the true fix does not pass: ${mended.output.trim().slice(-200)}`
}

/** A copy without the hidden folders, other texts over it in order. */
function layOutProject(project: Project, folder: string, ...overlays: Record<string, string | null>[]): void {
  rmSync(folder, { recursive: true, force: true })
  for (const path of project.visible) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(join(project.folder, path), join(folder, path))
  }
  for (const [path, text] of overlays.flatMap((one) => Object.entries(one))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    if (text === null) rmSync(join(folder, path), { force: true })
    else writeFileSync(join(folder, path), text)
  }
  const modules = join(project.folder, 'node_modules')
  if (existsSync(modules)) cpSync(modules, join(folder, 'node_modules'), { recursive: true, verbatimSymlinks: true })
}

/** Null for tests a patch brought along: the project's own, and what is held out, judge alone. */
const visibleTests = ({ visible }: Project, patched: Record<string, string>): Record<string, null> =>
  Object.fromEntries(
    Object.keys(patched)
      .filter((path) => !visible.includes(path) && /(^|[._/-])(test|spec)s?[._/-]/i.test(path))
      .map((path) => [path, null]),
  )

type Made = Pick<Repaired, 'patched' | 'why' | 'ms' | 'metadata'> & { outcome: Result['outcome'] }

function result(project: Project, { outcome, patched, why, ms, metadata }: Made, escaped: boolean): Result {
  const fix = Object.entries(project.truth)
  const exact = fix.length === Object.keys(patched).length && fix.every(([path, text]) => patched[path] === text)
  return {
    ...{ name: project.name, outcome, escaped, exact: outcome === 'proven' && exact, why: why.slice(0, 300) },
    seconds: Math.round(ms / 100) / 10,
    attempts: metadata?.attempts?.length ?? null,
    ...{ tokens: tokensOf(metadata), candidates: [] },
    stages: Object.fromEntries(
      Object.entries(metadata?.stages ?? {}).map(([stage, spent]) => [stage, Math.round(spent / 100) / 10]),
    ),
  }
}

function tokensOf(metadata: Metadata | null): number | null {
  const tokens = metadata?.cost?.tokens
  return tokens
    ? Object.values(tokens)
        .filter((count) => typeof count === 'number')
        .reduce((sum, count) => sum + count, 0)
    : null
}
