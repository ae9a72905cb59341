import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Report } from '../../lib/domain/report.ts'
import { elsewhere, type Ran, run } from './command.ts'
import { type ADesk, openDesk } from './desk.ts'
import { seed } from './seed.ts'

let desk: ADesk
let ids: Awaited<ReturnType<typeof seed>>
beforeAll(async () => {
  desk = await openDesk()
  ids = await seed(desk.sql, desk.admin)
})
afterAll(() => desk.close())

const nightshift = (...argv: string[]): Promise<Ran> => run(argv, elsewhere(desk))

test('the morning note: what happened, what waits with its command, what it cost; nothing steers the terminal', async () => {
  const { code, out } = await nightshift('report')
  expect(code).toBe(0)
  expect(out).toMatch(/^Northside Clinic \(clinic\), since \w{3} \d{4}-\d\d-\d\d \d\d:\d\d Europe\/London: 1 cured, /)
  expect(out).toContain('Cured: 22 expected, 0 seen.')
  expect(out).toMatch(
    /\n {6}Look at it, and roll release \d+ back if it should not stay\.\n {8}nightshift rollback \d+ /,
  )
  expect(out).toContain(`        nightshift show ${ids['needs-person']}`)
  expect(out).toMatch(/What it cost\n {4}Money: \$0\.00: no model was called\n {4}Sandbox: \d+ seconds/)
  expect(out).not.toMatch(/[^\P{C}\n]/u)
})

test('as JSON, since a moment, and refused in words where there is none', async () => {
  const { out } = await nightshift('report', '--since', '7d', '--json', '--project', 'clinic')
  const [report] = (JSON.parse(out) as { reports: Report[] }).reports
  expect(Date.parse(report!.until) - Date.parse(report!.since)).toBe(7 * 86_400_000)
  expect(report!.sections.cured.map((item) => item.issue)).toEqual([ids.cured])
  const wrong = await nightshift('report', '--since', 'dinner')
  expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('Say 24h, 7d or 2026-11-27T18:00.') })
  expect(await nightshift('report', '--project', 'no')).toMatchObject({ code: 1, err: 'There is no project no.\n' })
})

test('an issue’s story: claims with marks, and what they stand for', async () => {
  const { code, out } = await nightshift('show', `${ids.cured}`)
  expect(code).toBe(0)
  expect(out).toContain(`Issue ${ids.cured} in clinic: Cured: 22 expected, 0 seen.`)
  expect(out).toContain('Without the fix it fails: [run 1] [run 3] [run 5]')
  expect(out).toMatch(/\[audit \d+\] \S+ watcher issue\.opened, hash [0-9a-f]{64}\n/)
  expect((await nightshift('show', `${ids.hostile}`)).out).not.toMatch(/[^\P{C}\n]/u)
  const json = JSON.parse((await nightshift('show', `${ids['needs-person']}`, '--json')).out)
  expect(json).toMatchObject({ project: 'clinic', stage: { stage: 'needs-person' }, witnesses: [{ event: null }, {}] })
  expect(await nightshift('show', '4711')).toMatchObject({ code: 1, err: expect.stringContaining('no such thing') })
  expect(await nightshift('show', 'x')).toMatchObject({ code: 2, err: expect.stringContaining('no issue’s number') })
})
