import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerProject } from '../../lib/actions/registerProject.ts'
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

const nightshift = (argv: string[], env: Record<string, string> = {}): Promise<Ran> =>
  run(argv, { ...elsewhere(desk), ...env })
const password = () => ({ NIGHTSHIFT_PASSWORD: desk.stack.secrets.ownerPassword })

const COMMANDS =
  'status report show pause resume approve reject rollback level link settings project setup connect worker tick repair migrate scan why audit doctor password home'.split(
    ' ',
  )

test('each command explains itself, to people and to programs', async () => {
  const explained = async (command: string) => {
    const people = await nightshift([command, '--help'])
    expect(people).toMatchObject({ code: 0, out: expect.stringContaining('nightshift ') })
    const programs = await nightshift([command, '--help', '--json'])
    expect(JSON.parse(programs.out)).toMatchObject({ usage: expect.any(String), does: expect.any(String) })
  }
  await Promise.all(COMMANDS.map(explained))
})

test('the overview lists every command', async () => {
  const { code, out } = await nightshift([])
  expect(code).toBe(0)
  for (const command of COMMANDS.filter((one) => one !== 'scan')) expect(out).toContain(`  ${command} `)
  expect(JSON.parse((await nightshift(['--json'])).out)).toHaveLength(COMMANDS.length + 1)
  expect((await nightshift(['help', 'pause'])).out).toContain('--roll-back')
})

test('status says what it does and what waits, without letting an error’s words steer the terminal', async () => {
  const { code, out } = await nightshift(['status'])
  expect(code).toBe(0)
  expect(out).toContain('Northside Clinic (clinic): at work')
  expect(out).not.toMatch(/[^\P{C}\n]/u)
  const { projects } = JSON.parse((await nightshift(['status', '--json'])).out)
  expect(projects[0]).toMatchObject({ project: 'clinic', level: 2, paused: null, killSwitch: false })
})

test('pause, refused resume, resume', async () => {
  expect(await nightshift(['pause', '--why', 'trying'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Paused\./),
  })
  expect((await nightshift(['status'])).out).toContain('by Owner: trying')
  expect(await nightshift(['resume'])).toMatchObject({ code: 1, err: expect.stringContaining('owner’s password') })
  expect(await nightshift(['resume'], { NIGHTSHIFT_PASSWORD: 'wrong' })).toMatchObject({
    code: 3,
    err: expect.stringContaining('not the password'),
  })
  expect(await nightshift(['resume'], password())).toMatchObject({ code: 0, out: 'At work again.\n' })
})

test('the level goes down at once, up with the password, and to 3 only when it is earned', async () => {
  expect((await nightshift(['level'])).out).toContain('clinic is at level 2.')
  expect(await nightshift(['level', '1'])).toMatchObject({ code: 0 })
  expect(await nightshift(['level', '2'], password())).toMatchObject({ code: 0 })
  const three = await nightshift(['level', '3', '--json'], password())
  expect(three.code).toBe(3)
  expect(JSON.parse(three.out)).toMatchObject({
    code: 'LEVEL_NOT_EARNED',
    detail: expect.stringContaining('0 of 30 days'),
  })
  expect(await nightshift(['level', '9'])).toMatchObject({ code: 2 })
})

test('an approval is bound to what is shown, and refused where that changed', async () => {
  const id = String(ids.soaking)
  const stale = await nightshift(['approve', id, '--policy-version', '1'])
  expect(stale).toMatchObject({ code: 3, err: expect.stringContaining('the policy changed since this was shown') })
  expect(await nightshift(['approve', id, '--target', 'moon'])).toMatchObject({ code: 2 })
  const other = await nightshift(['approve', id, '--tree', 'a'.repeat(40)])
  expect(other).toMatchObject({ code: 3, err: expect.stringContaining('not the tree that was proven') })
  expect(await nightshift(['approve', id, '--policy-version', 'x'])).toMatchObject({ code: 2 })
  const good = await nightshift(['approve', id, '--target', 'staging'])
  expect(good).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Approved: fix [0-9a-f]{12} up to staging, for 72 hours/),
  })
  expect((await nightshift(['approve', id, '--target', 'staging'])).out).toContain('approved already')
  expect(await nightshift(['approve', '4711'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('Nothing open is called 4711'),
  })
  expect(await nightshift(['reject', id])).toMatchObject({ code: 2, err: expect.stringContaining('--why') })
  expect(await nightshift(['reject', id, '--why', 'not this'])).toMatchObject({ code: 0 })
  expect((await nightshift(['reject', id, '--why', 'not this'])).code).not.toBe(0)
})

test('a rollback is ordered, and not said to be done', async () => {
  const [release] = await desk.sql<{ id: number }[]>`select id from releases where state = 'watching'`
  const ordered = await nightshift(['rollback', String(release!.id), '--why', 'slow'])
  expect(ordered).toMatchObject({ code: 0, out: expect.stringContaining('is ordered') })
  expect((await nightshift(['rollback', String(release!.id), '--why', 'slow'])).out).toContain('was ordered already')
  expect(await nightshift(['rollback', '99', '--why', 'x'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no such thing. release 99'),
  })
  const told = await nightshift(['why', String(release!.id)])
  expect(told).toMatchObject({ code: 0, out: expect.stringContaining('control.rollback') })
  expect(JSON.parse((await nightshift(['why', String(release!.id), '--json'])).out).release.state).toBe('rolling-back')
})

test('the audit is verified here, by what the server hands out', async () => {
  expect(await nightshift(['audit', 'verify'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/holds: \d+ rows/),
  })
  await desk.admin`update nightshift.projects set level = 1`
  const broken = await nightshift(['audit', 'verify', '--json'])
  await desk.admin`update nightshift.projects set level = 2`
  expect(broken.code).toBe(3)
  expect(JSON.parse(broken.out).problems[0].problem).toContain('the audit says level 2')
  const direct = ['audit', 'verify', '--project', 'clinic', '--database', desk.stack.database.appUrl]
  expect(await nightshift(direct)).toMatchObject({ code: 0 })
})

test('a tick runs the agents, one or all', async () => {
  const one = await nightshift(['tick', 'watcher', '--json'])
  expect(JSON.parse(one.out).reports).toMatchObject([{ agent: 'watcher' }])
  expect(await nightshift(['scan', 'nobody'])).toMatchObject({ code: 2 })
})

test('a wrong token, an agent’s token and no server are said as such, and no secret is told', async () => {
  for (const token of ['wrong-token-wrong-token', desk.stack.secrets.cronSecret]) {
    const ran = await nightshift(['pause'], { NIGHTSHIFT_TOKEN: token })
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('not this server’s') })
    expect(ran.out + ran.err).not.toContain(token)
  }
  expect(await nightshift(['status'], { NIGHTSHIFT_URL: 'http://127.0.0.1:9' })).toMatchObject({
    code: 1,
    err: expect.stringContaining('does not answer'),
  })
  const tokenless = await nightshift(['status', '--json'], { NIGHTSHIFT_TOKEN: '' })
  expect(tokenless.code).toBe(1)
  expect(JSON.parse(tokenless.out)).toMatchObject({ ok: false, error: expect.stringContaining('NIGHTSHIFT_TOKEN') })
  expect(await nightshift(['fly'])).toMatchObject({ code: 2, err: expect.stringContaining('no command "fly"') })
  expect(await nightshift(['status', '--nonsense'])).toMatchObject({ code: 2 })
})

test('how the repository is reached is shown; a key, a token and trust are for what is elsewhere', async () => {
  const shown = await nightshift(['connect', '--json'])
  expect(JSON.parse(shown.out)).toMatchObject({ project: 'clinic', logins: [], hosts: [] })
  expect((await nightshift(['connect'])).out).toMatch(/^clinic: \//)
  expect(await nightshift(['connect', 'key'])).toMatchObject({ code: 1, err: expect.stringContaining('password') })
  expect(await nightshift(['connect', 'key'], password())).toMatchObject({
    code: 3,
    err: expect.stringContaining('ssh://git@host/path'),
  })
  const token = await run(
    ['connect', 'token', '--token-stdin'],
    { ...elsewhere(desk), ...password() },
    'a-secret-token\n',
  )
  expect(token).toMatchObject({ code: 3, err: expect.stringContaining('https://host/path') })
  expect(token.out + token.err).not.toContain('a-secret-token')
  expect(await nightshift(['connect', 'trust'])).toMatchObject({ code: 1, err: expect.stringContaining('over SSH') })
  expect(await nightshift(['connect', 'fly'])).toMatchObject({ code: 2 })
  expect(await nightshift(['connect', 'forget'], password())).toMatchObject({ code: 0 })
})

test('a pause that has to wait says for what, and is not called one', async () => {
  await desk.admin`
    insert into nightshift.effects (project, key, subject, kind, class, target, aim, decision, deadline, audit_seq)
    values (1, 'k', 's', 'promote', 'change', 'production', 'd', '{}', now() + interval '1 minute', 1)`
  const waits = await nightshift(['pause'])
  expect(waits).toMatchObject({ code: 1, out: expect.stringContaining('Not paused yet: 1 under way.') })
  expect(waits.out).toMatch(/ {2}promote to production since \S+$/m)
  expect(waits.out).toMatch(
    /To take them back: nightshift pause --roll-back, or for one:\n {4}nightshift rollback \d+ --why/,
  )
  await desk.admin`update nightshift.effects set deadline = now()`
  expect((await nightshift(['pause'])).out).toContain(', its end is unknown')
  expect((await nightshift(['status'])).out).toMatch(/Calls under way:\n {4}promote to production since .*unknown/)
  await desk.admin`delete from nightshift.effects`
  const all = await nightshift(['pause', '--roll-back'])
  expect(all).toMatchObject({ code: 0, out: expect.stringMatching(/^Paused\./) })
  expect(all.out).toMatch(/Release \d+ of issue \d+ is being taken back\./)
})

test('of several projects one has to be named', async () => {
  await registerProject(desk.sql, { slug: 'shop', name: 'Shop', settings: { repository: '/r', app: 'shop' } })
  expect(await nightshift(['pause'])).toMatchObject({
    code: 1,
    err: 'Which project? Say --project clinic, --project shop.\n',
  })
  expect(await nightshift(['pause', '--project', 'shop'])).toMatchObject({ code: 0 })
  expect(await nightshift(['level', '--project', 'shop'])).toMatchObject({
    out: expect.stringContaining('shop is at level 1'),
  })
  for (const command of ['pause', 'status'])
    expect(await nightshift([command, '--project', 'no'])).toMatchObject({ code: 1, err: 'There is no project no.\n' })
  const { projects } = JSON.parse((await nightshift(['status', '--json'])).out) as { projects: unknown[] }
  expect(projects).toHaveLength(2)
})
