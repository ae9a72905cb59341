import type { TestCase } from '../../domain/testRun.ts'
import { visible } from '../../parse/visible.ts'
import { failureFrom } from './failure.ts'
import { named } from './named.ts'
import { type Block, blockAfter } from './tapBlock.ts'

const TEXT_MAX = 8 * 1024 * 1024
const POINT = /^( *)(not )?ok (\d{1,9})(?: - | |$)(.*)$/
const SUBTEST = /^( *)# Subtest: (.+)$/
/** With tape a bare `# title` begins a test; these are its sums. */
const GROUP = /^# (?!(?:tests|pass|fail|ok|suites|cancelled|skipped|todo|duration_ms|failed|passed)\b|time=)(.+)$/

interface Open {
  title: string
  /** The first point inside that failed. */
  failed: Block | null
  /** Tests inside, and whether one of them failed. */
  inner: number
  innerFailed: boolean
}

/**
 * Tests of a program that prints TAP. Where subtests are announced (tap, node) a test is one that has none inside, and
 * the points in it are its assertions; with tape a test is what stands below its `# title`; elsewhere (ava) every point
 * is a test.
 */
export function tapTests(output: string, workspace: string): TestCase[] {
  const lines = visible(output.slice(0, TEXT_MAX)).split('\n')
  if (!lines.some((line) => /^TAP version 1[34]/.test(line))) return []
  const nested = lines.some((line) => SUBTEST.test(line))
  return nested ? subtests(lines, workspace) : flat(lines, workspace)
}

function subtests(lines: string[], workspace: string): TestCase[] {
  const tests: TestCase[] = []
  const path: Open[] = []
  for (const [at, line] of lines.entries()) {
    const begins = SUBTEST.exec(line)
    if (begins) {
      const depth = begins[1]!.length / 4
      path.length = Math.min(path.length, depth)
      path.push({ title: begins[2]!.trim(), failed: null, inner: 0, innerFailed: false })
      continue
    }
    const point = pointIn(lines, at)
    if (!point) continue
    const open = path[point.depth]
    if (open?.title !== point.name) {
      const around = path[Math.min(point.depth, path.length) - 1]
      if (around) around.failed ??= point.block
      else tests.push(testOf([point.name], point, workspace))
      continue
    }
    const parent = path[point.depth - 1]
    if (parent) {
      parent.inner += 1
      parent.innerFailed ||= point.block !== null
    }
    const sums = open.inner > 0 && (point.block === null || open.innerFailed)
    const titles = path.slice(0, point.depth + 1).map(({ title }) => title)
    const block = point.block && (open.failed ?? point.block)
    if (!sums) tests.push(testOf(titles, { ...point, block }, workspace))
    path.length = point.depth
  }
  return tests
}

function flat(lines: string[], workspace: string): TestCase[] {
  const tests: TestCase[] = []
  const eachPoint = isAva(lines)
  let group: { title: string; points: number; failed: Block | null } | null = null
  const flush = () => {
    if (group && group.points > 0) tests.push(testOf([group.title], { block: group.failed, skipped: false }, workspace))
  }
  for (const [at, line] of lines.entries()) {
    const title = GROUP.exec(line)?.[1]
    if (title) {
      flush()
      group = { title: title.trim(), points: 0, failed: null }
    }
    const point = pointIn(lines, at)
    if (!point) continue
    if (!group || eachPoint) tests.push(testOf([point.name], point, workspace))
    else {
      group.points += 1
      group.failed ??= point.block
    }
  }
  flush()
  return tests
}

/** Ava repeats each point's name above it. */
const isAva = (lines: string[]): boolean =>
  lines.some(
    (line, at) =>
      GROUP.exec(line)?.[1] !== undefined &&
      /^(?:not )?ok \d+ - /.test(lines[at + 1] ?? '') &&
      (lines[at + 1] ?? '').includes(GROUP.exec(line)![1]!.trim()),
  )

interface Point {
  depth: number
  name: string
  block: Block | null
  skipped: boolean
}

function pointIn(lines: string[], at: number): Point | null {
  const match = POINT.exec(lines[at]!)
  if (!match) return null
  const words = match[4] ?? ''
  const skipped = /(?:^| )# (?:skip|todo)\b/i.test(words)
  const name = words
    .replace(/(?:^| )# (?:time=|skip|todo).*$/i, '')
    .replace(/ \{$/, '')
    .trim()
  return {
    depth: match[1]!.length / 4,
    name,
    skipped,
    block: match[2] && !skipped ? blockAfter(lines, at, name) : null,
  }
}

function testOf(titles: string[], { block, skipped }: Pick<Point, 'block' | 'skipped'>, workspace: string): TestCase {
  const file = titles[0] && /\.[cm]?[jt]sx?$/.test(titles[0]) ? titles[0].replace(/^\.\//, '') : null
  const inner = file ? titles.slice(1) : titles
  return {
    ...{
      ...named(
        file,
        inner.map((title) => title || '(unnamed)'),
      ),
      ms: null,
    },
    state: skipped ? 'skipped' : block ? 'failed' : 'passed',
    failure: block ? failureFrom(block, workspace) : null,
  }
}
