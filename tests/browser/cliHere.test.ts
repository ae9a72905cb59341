import { readFile, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepAnchors } from '../../lib/actions/keepAnchors.ts'
import { gitActor } from '../../lib/adapters/code.git.ts'
import { anchors } from '../../lib/adapters/index.ts'
import { auditHead } from '../../lib/store/audit.ts'
import { projectBySlug } from '../../lib/store/projects.ts'
import { bareRepository, type Repository } from '../contracts/repository.ts'
import { atTerminal, elsewhere, here, type Ran, run } from './command.ts'
import { type ADesk, openDesk } from './desk.ts'
import { seed } from './seed.ts'

let desk: ADesk
let origin: Repository
let ids: Awaited<ReturnType<typeof seed>>
const servers: { close(): void }[] = []
beforeAll(async () => {
  desk = await openDesk()
  ids = await seed(desk.sql, desk.admin)
  origin = bareRepository()
  origin.commit('main', { 'a.txt': 'a' }, 'First')
  await desk.admin`update nightshift.projects set settings = settings || ${desk.admin.json({ repository: origin.path })}`
})
afterAll(async () => {
  for (const server of servers) server.close()
  await desk.close()
  origin.remove()
})

const nightshift = (argv: string[], input = ''): Promise<Ran> => run(argv, here(desk), input)

test('the state folder says where it runs, to its owner alone, and nothing has to be set', async () => {
  const file = join(desk.home, 'ports/url')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readFile(file, 'utf8')).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(await nightshift(['status'])).toMatchObject({ code: 0, out: expect.stringContaining('Northside Clinic') })
})

test('a password comes by standard input, or is typed and not shown; a wrong one is refused', async () => {
  const { ownerPassword } = desk.stack.secrets
  await nightshift(['pause'])
  expect(await nightshift(['resume', '--password-stdin'], 'not this one\n')).toMatchObject({ code: 3 })
  expect(await nightshift(['resume', '--password-stdin'], `${ownerPassword}\n`)).toMatchObject({ code: 0 })
  await nightshift(['pause'])
  const typed = await atTerminal(['resume'], here(desk), 'Owner password: ', ownerPassword)
  expect(typed).toMatchObject({ code: 0, out: expect.stringContaining('At work again.') })
  expect(typed.out).not.toContain(ownerPassword.slice(0, 4))
  const wrong = await atTerminal(['level', '1'], here(desk), 'never asked', '')
  expect(wrong.out).toContain('is at level 1')
  const up = await atTerminal(['level', '2'], here(desk), 'Owner password: ', 'wrong')
  expect(up).toMatchObject({ code: 3, out: expect.stringContaining('not the password') })
  expect(await nightshift(['level', '2', '--password-stdin'], ownerPassword)).toMatchObject({ code: 0 })
})

async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  servers.push(server)
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a token follows no redirect, and what is not Nightshift is said to be something else', async () => {
  const seen: IncomingMessage[] = []
  const thief = await listening((request, response) => response.end(String(seen.push(request))))
  const lure = await listening((_, response) =>
    response.writeHead(307, { location: `${thief}/api/control/status` }).end(),
  )
  const lost = { ...elsewhere(desk), NIGHTSHIFT_URL: lure }
  const ran = await run(['status'], lost)
  expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('is not Nightshift (status 307)') })
  expect(await run(['pause', '--json'], lost)).toMatchObject({ code: 1 })
  expect(seen).toHaveLength(0)
  const page = await listening((_, response) => response.end('<html>'))
  expect((await run(['status'], { ...lost, NIGHTSHIFT_URL: page })).err).toContain('is not Nightshift')
  expect((await run(['status', '--url', 'http://me:pa55@127.0.0.1:1'], here(desk))).err).not.toContain('pa55')
})

const verify = async (...more: string[]) => {
  const { code, out } = await nightshift(['audit', 'verify', '--json', ...more])
  return {
    code,
    ...(JSON.parse(out) as { answer: string; problems: { problem: string }[]; commits: { count: number } }),
  }
}

test('the audit is held against the file here and the commits, and only ours count', async () => {
  const project = (await projectBySlug(desk.sql, 'clinic'))!
  const head = (await auditHead(desk.sql, project.id))!
  await keepAnchors({ sql: desk.sql, anchors: anchors({ home: desk.home }) })
  const base = origin.git('rev-parse', 'main')
  const code = gitActor(desk.home, project)
  const tree = await code.composeTree(base, [{ path: 'a.txt', bytes: Buffer.from('b') }])
  const message = `Guard\n\nNightshift-Audit: ${head.seq} ${head.hash}\n`
  const sha = await code.composeCommit({ parents: [base], tree, message, at: '2026-11-20T03:00:00Z' })
  await code.push('agent/fix-0123456789ab', sha, null)
  expect(await nightshift(['audit', 'verify'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/holds: \d+ rows, against [1-9]\d* positions in the state folder and 1 in commits/),
  })
  origin.commit('main', { 'a.txt': 'c' }, `Not ours\n\nNightshift-Audit: ${head.seq} ${'0'.repeat(64)}\n`)
  expect(await verify()).toMatchObject({ code: 0, commits: { count: 1 } })
  const lie = await code.composeCommit({
    parents: [base],
    tree,
    message: `Guard\n\nNightshift-Audit: ${head.seq} ${'0'.repeat(64)}\n`,
    at: '2026-11-20T03:00:00Z',
  })
  await code.push('agent/fix-0123456789ac', lie, null)
  const { code: status, problems } = await verify()
  expect(status).toBe(3)
  expect(problems[0]?.problem).toBe(`commit ${lie.slice(0, 12)} knows another row ${head.seq}: history was rewritten`)
  origin.git('update-ref', '-d', 'refs/heads/agent/fix-0123456789ac')
  expect(await nightshift(['audit', 'verify', '--repository', '/nowhere'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('is no git repository'),
  })
})

test('what a server says of its own state folder is not taken where the file is here', async () => {
  const cut = async (work: () => Promise<void>) => {
    const [kept] = await desk.admin`select audit_seq, audit_head from nightshift.projects where slug = 'clinic'`
    await desk.admin`update nightshift.projects set audit_seq = audit_seq - 1, audit_head = '\\x01' where slug = 'clinic'`
    await work()
    await desk.admin`update nightshift.projects set audit_seq = ${kept!.audit_seq}, audit_head = ${kept!.audit_head} where slug = 'clinic'`
  }
  await cut(async () => {
    expect(await verify()).toMatchObject({ code: 3, answer: 'broken' })
    const direct = await verify('--database', desk.stack.database.adminUrl)
    expect(direct).toMatchObject({ code: 3, answer: 'broken', commits: { count: 1 } })
    const sick = await nightshift(['doctor', '--json'])
    expect(sick.code).toBe(1)
    const { checks } = JSON.parse(sick.out) as { checks: { state: string; name: string; detail: string }[] }
    expect(checks.filter(({ state }) => state === 'fails').map(({ name }) => name)).toContain('audit of clinic')
  })
  // Nothing drives the agents here, which it says; all else is well.
  const well = await nightshift(['doctor'])
  for (const line of [
    '✓ secrets: ',
    '✓ git: ',
    '✓ server: ',
    '✓ database: ',
    '✓ kill switch: it is off',
    '✓ audit of clinic: ',
  ])
    expect(well.out).toContain(line)
})

test('doctor works without a server, and says so', async () => {
  const ran = await run(['doctor'], { ...here(desk), NIGHTSHIFT_URL: 'http://127.0.0.1:9' })
  expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('– server: Nightshift does not answer') })
})

test('doctor of a server elsewhere says nothing of this machine, and a server that was named and is not there is ill', async () => {
  const { NIGHTSHIFT_TOKEN } = elsewhere(desk)
  const gone = await run(['doctor'], { ...elsewhere(desk), NIGHTSHIFT_URL: 'http://127.0.0.1:9' })
  expect(gone).toMatchObject({ code: 1, out: expect.stringContaining('✗ server: Nightshift does not answer') })
  const there = await run(['doctor'], {
    ...here(desk),
    NIGHTSHIFT_TOKEN: NIGHTSHIFT_TOKEN!,
    NIGHTSHIFT_URL: desk.stack.url,
  })
  expect(there.out).toContain('✓ server: ')
  expect(there.out).not.toMatch(/^. (?:secrets|git): /m)
})

test('a rollback is waited for until it was read back, or is held', async () => {
  const begin = async (issue: number) => {
    await desk.admin`delete from nightshift.releases where issue = ${issue}`
    const [row] = await desk.admin<{ id: number }[]>`
      insert into nightshift.releases (project, fix, issue, state, facts)
      select project, id, issue, 'held', '{}' from nightshift.fixes where issue = ${issue} limit 1 returning id`
    return String(row!.id)
  }
  const until = (id: string) =>
    expect
      .poll(async () => (await desk.sql`select state from releases where id = ${id}`)[0]?.state, { timeout: 30_000 })
      .toBe('rolling-back')
  await desk.admin`delete from nightshift.releases where state in ('staging', 'soaking', 'promoting', 'watching')`
  const first = await begin(ids.soaking)
  const waiting = nightshift(['rollback', first, '--why', 'slow', '--wait'])
  await until(first)
  await nightshift(['tick', 'releaser'])
  const told = await waiting
  expect(told).toMatchObject({ code: 0, out: expect.stringContaining(`Release ${first}: rolled back.`) })

  const second = await begin(ids.watching)
  const held = nightshift(['rollback', second, '--why', 'slow', '--wait', '--json'])
  await until(second)
  await desk.admin`update nightshift.releases set state = 'held', facts = ${desk.admin.json({ waiting: 'w' })} where id = ${second}`
  const answer = await held
  expect(answer.code).toBe(3)
  expect(JSON.parse(answer.out)).toMatchObject({ state: 'held', waiting: 'w' })
  expect(await nightshift(['rollback', 'x', '--why', 'y'])).toMatchObject({ code: 2 })
  expect(await nightshift(['rollback', first])).toMatchObject({ code: 2, err: expect.stringContaining('--why') })
})

test('the address is forgotten when it stops', async () => {
  await desk.stack.stop()
  const ran = await nightshift(['status', '--json'])
  expect(ran.code).toBe(1)
  expect((JSON.parse(ran.out) as { error: string }).error).toContain('does not run from this folder')
})
