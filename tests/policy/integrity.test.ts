import { expect, test } from 'vitest'
import { integrityOf } from '../../lib/policy/integrity.ts'

const SRC = 'src/launch.ts'
const BASE = `import { json } from './json.ts'
export async function launch(req, res) {
  if (!isAdmin(req)) return json(res, 403, {})
  const practice = practices.get(req.id)
  try {
    return json(res, 200, practice.id)
  } catch (error) {
    Sentry.captureException(error)
    throw error
  }
}
`
const added = (...lines: string[]): string => BASE.replace('  try {', `${lines.join('\n')}\n  try {`)
const rules = (after: string, before = BASE, path = SRC): string[] => {
  const answer = integrityOf({ [path]: before }, { [path]: after })
  return answer.ok ? [] : [...new Set(answer.findings.map((finding) => finding.rule))]
}

test('an honest guard passes', () => {
  expect(
    integrityOf(
      { [SRC]: BASE },
      { [SRC]: added("  if (!practice) return json(res, 404, { error: 'practice not found' })") },
    ),
  ).toEqual({ ok: true })
})

test('a finding names the file, the line and why', () => {
  expect(integrityOf({ [SRC]: BASE }, { [SRC]: added('  const id = practice as any') })).toEqual({
    ok: false,
    findings: [{ path: SRC, line: 5, rule: 'type-escape', why: 'It widens a type until nothing is checked.' }],
  })
})

test.each([
  ['as any', '  const id = (practice as any).id', 'type-escape'],
  ['any by annotation', '  const id: any = practice', 'type-escape'],
  ['by way of unknown', '  const id = practice as unknown as Practice', 'type-escape'],
  ['ts-ignore', '  // @ts-ignore', 'type-escape'],
  ['ts-expect-error', '  // @ts-expect-error it is there', 'type-escape'],
  ['eslint-disable', '  /* eslint-disable */', 'type-escape'],
  ['biome-ignore', '  // biome-ignore lint: no', 'type-escape'],
  ['an empty catch', '  try { run() } catch {}', 'swallowed-error'],
  ['a comment in a catch', '  try { run() } catch (e) { /* fine */ }', 'swallowed-error'],
  [
    'a log line in a catch',
    '  try { run() } catch (e) {\n    console.error("oops", describe(e))\n  }',
    'swallowed-error',
  ],
  ['a made-up value', '  try { run() } catch (e) { return null }', 'swallowed-error'],
  ['a made-up list, logged', '  try { run() } catch (e) {\n    logger.warn(e)\n    return []\n  }', 'swallowed-error'],
  ['a promise whose error is dropped', '  await run().catch(() => {})', 'swallowed-error'],
  ['a promise that becomes null', '  const x = await run().catch((error) => null)', 'swallowed-error'],
  ['a promise that is logged', '  await run().catch((e) => console.log(e))', 'swallowed-error'],
  ['a promise and a noop', '  run().catch(noop)', 'swallowed-error'],
  ['errors nobody handles', "  process.on('uncaughtException', () => {})", 'swallowed-error'],
  ['beforeSend', '  Sentry.addGlobal({ beforeSend: () => null })', 'silenced-telemetry'],
  ['sampling', '  options.tracesSampleRate = 0', 'silenced-telemetry'],
  ['ignored errors', '  options.ignoreErrors = [/id/]', 'silenced-telemetry'],
  ['init', '  Sentry.init({})', 'silenced-telemetry'],
  ['closing it', '  await Sentry.close()', 'silenced-telemetry'],
  ['eval', '  eval(req.body)', 'hidden-text'],
  ['a right-to-left override', '  const a = "\u202Eabc"', 'hidden-text'],
  ['a zero-width space', '  const a\u200B = 1', 'hidden-text'],
  ['tag characters', '  const a = "\u{E0041}"', 'hidden-text'],
  ['a look-alike identifier', '  const p\u0430th = 1', 'hidden-text'],
  ['a control character', '  const a = "\u0007"', 'hidden-text'],
  ['base64', `  const blob = "${'QUJD'.repeat(60)}"`, 'blob'],
  ['hex', `  const blob = "${'ab12'.repeat(50)}"`, 'blob'],
  ['escapes', `  const blob = "${'\\x41'.repeat(30)}"`, 'blob'],
  ['a very long line', `  const long = [${'1, '.repeat(300)}]`, 'blob'],
])('refuses %s', (_, line, rule) => {
  expect(rules(added(line))).toEqual([rule])
})

test.each([
  [
    'a report taken away',
    (text: string) => text.replace('    Sentry.captureException(error)\n', ''),
    'silenced-telemetry',
  ],
  ['a check of rights taken away', (text: string) => text.replace(/ {2}if \(!isAdmin.*\n/, ''), 'removed-check'],
  ['a check of rights turned off', (text: string) => text.replace('if (!isAdmin(req))', 'if (false)'), 'removed-check'],
  [
    'a catch that no longer throws on',
    (text: string) =>
      text.replace('    throw error\n', '    return null\n').replace('    Sentry.captureException(error)\n', ''),
    'swallowed-error',
  ],
])('refuses %s', (_, edit, rule) => {
  expect(rules(edit(BASE))).toContain(rule)
})

test.each([
  [
    'a catch that answers',
    '  try { parse() } catch (error) {\n    return json(res, 400, { error: "unreadable" })\n  }',
  ],
  ['a catch that throws on', '  try { run() } catch (error) { throw new Wrapped(error) }'],
  ['a catch that reports', '  try { run() } catch (error) { Sentry.captureException(error); return json(res, 500) }'],
  ['a promise that reports', '  await run().catch((error) => report(error))'],
  ['words in a comment', '  // as any, catch {}, beforeSend, eval( are words here'],
  ['words in a string', "  const text = 'catch {} as any beforeSend: eval('"],
  ['words in a template', '  const text = `$' + '{name} as any catch {}`'],
  ['letters of people in a string', "  const name = 'Zoë Łukasz'"],
  ['a hash', `  const hash = '${'a1'.repeat(32)}'`],
  ['a regular expression with quotes', '  const ok = /["\'`]/.test(text) as boolean'],
  ['words that only look like any', '  const company = many as Company'],
])('lets %s pass', (_, line) => {
  expect(rules(added(line))).toEqual([])
})

test('a setting of the reports may not go either', () => {
  expect(rules(BASE, added('  options.beforeSend = withoutNames'))).toEqual(['silenced-telemetry'])
})

test('a file that did not change is not judged', () => {
  expect(rules('on: push\n', 'on: push\n', '.github/workflows/ci.yml')).toEqual([])
})

test('a line that moved, at any depth, has not gone', () => {
  const moved = BASE.replace(/ {2}(if \(!isAdmin.*)\n/, '').replace(
    '  try {',
    '    if (!isAdmin(req)) return json(res, 403, {})\n  try {',
  )
  expect(rules(moved)).toEqual([])
})

test('an old sin is not blamed on the patch that leaves it there', () => {
  const sinful = `${BASE}\ntry { run() } catch {}\nconst x = y as any\n`
  expect(rules(sinful.replace('practice.id', 'practice?.id ?? none'), sinful)).toEqual([])
  expect(rules(`${sinful}try { other() } catch {}\n`, sinful)).toEqual(['swallowed-error'])
})

test('a file that is not code is read for hidden text alone', () => {
  expect(rules('catch {} as any\n', '', 'notes.md')).toEqual([])
  expect(rules('a\u202Eb\n', '', 'notes.md')).toEqual(['hidden-text'])
})

test('more lines than anybody reads are refused as such', () => {
  expect(rules('x\n'.repeat(3000), '')).toEqual(['too-much'])
  expect(rules(`x(${'1, '.repeat(30_000)})\n`, '')).toEqual(['too-much'])
})

test('names of files from a hostile repository are only names', () => {
  expect(integrityOf({ constructor: 'a' }, { constructor: 'a', ['__proto__']: 'x' })).toEqual({ ok: true })
})

test('hostile text is judged, and judging ends', () => {
  for (const piece of ['(', 'catch(', 'catch{', '`${', '/*', "'", 'a(', '.catch(', '\\']) {
    expect(() => rules(piece.repeat(20_000))).not.toThrow()
    expect(() => rules(piece.repeat(5000))).not.toThrow()
  }
})
