import type { Examined } from '../../lib/actions/doctor.ts'
import type { Status } from '../../lib/actions/status.ts'
import { sqlConfig } from '../../lib/config.ts'
import { connect, roleProblem } from '../../lib/store/database.ts'
import { verifyServer } from '../audit/verify.ts'
import { refusalInWords } from '../command.ts'
import { given } from '../env.ts'
import { isRefusal, type Remote, remote } from '../remote.ts'
import { type Check, check, wordsOf } from './check.ts'

interface Answer {
  killSwitch: boolean
  database: { problem: string | null }
  projects: Status[]
}

/** A server looks at everything at once, and tries a sandbox that it may first have to make. */
const PATIENCE_MS = 75_000

interface Asked {
  url: string | undefined
  slug: string | undefined
  /** It was named as a server that runs elsewhere. */
  elsewhere: boolean
}

/**
 * The running Nightshift and what it stands on. Not running is no illness of this machine's, and one of a server that was
 * named; a kill switch somebody forgot is worth a line.
 */
export async function serverChecks({ url, slug, elsewhere }: Asked): Promise<Check[]> {
  let far: Remote
  let answer: Awaited<ReturnType<Remote['get']>>
  try {
    far = await remote(url)
    answer = await far.get('status')
  } catch (error) {
    const state = elsewhere ? 'fails' : 'note'
    return [{ state, name: 'server', detail: wordsOf(error) }, ...(await databaseChecks())]
  }
  if (isRefusal(answer)) return [{ state: 'fails', name: 'server', detail: refusalInWords(answer).join(' ') }]
  const { killSwitch, database, projects } = answer as unknown as Answer
  const role = 'its login owns nothing and cannot rewrite the audit'
  return [
    { state: 'ok', name: 'server', detail: `it answers at ${far.url}, ${projects.length} project(s)` },
    check(database.problem === null, 'database', role, `${database.problem}; it must log in as nightshift_app`),
    killSwitch
      ? {
          state: 'note',
          name: 'kill switch',
          detail: 'it is on: nothing leaves. Start without KILL_SWITCH=on to go on',
        }
      : { state: 'ok', name: 'kill switch', detail: 'it is off' },
    ...(await outsideChecks(far, slug)),
    ...(await Promise.all(projects.map((project) => auditCheck(far, project)))),
  ]
}

async function auditCheck(far: Remote, { project }: Status): Promise<Check> {
  const name = `audit of ${project}`
  try {
    const { answer, folder, commits } = await verifyServer(far, project, undefined)
    const against = `${answer.rows} rows, against ${folder.count} positions in the state folder and ${commits.count} in commits`
    const { seq, problem } = answer.problems[0] ?? {}
    return check(
      answer.answer === 'holds',
      name,
      `it holds: ${against}`,
      `row ${seq}: ${problem}; pause, and see nightshift audit verify --project ${project}`,
    )
  } catch (error) {
    return { state: 'fails', name, detail: wordsOf(error) }
  }
}

/** What the server finds wherever it has a login, and in its rows. */
async function outsideChecks(far: Remote, slug: string | undefined): Promise<Check[]> {
  const of = slug ? `?project=${encodeURIComponent(slug)}` : ''
  const answer = await far.get(`doctor${of}`, PATIENCE_MS).catch((error: unknown) => wordsOf(error))
  // Nothing that was not looked at is well.
  if (typeof answer === 'string') return [{ state: 'fails', name: 'connections', detail: answer }]
  if (isRefusal(answer)) return [{ state: 'fails', name: 'connections', detail: refusalInWords(answer).join(' ') }]
  return (answer as unknown as Examined).areas.flatMap(({ area, looks }) =>
    looks.map(({ state, name, detail, todo, project }) => ({
      ...{ state, name: `${area}${project ? ` of ${project}` : ''}: ${name}` },
      detail: todo ? `${detail.replace(/\.$/, '')}. ${todo}` : detail,
    })),
  )
}

/** Without a server, the database it would use can be asked where somebody names it. */
async function databaseChecks(): Promise<Check[]> {
  const url = given('DATABASE_URL')
  if (!url)
    return [{ state: 'note', name: 'database', detail: 'not looked at: no server, and DATABASE_URL names none' }]
  const { choice, problems } = sqlConfig()
  if (!choice) return problems.map((detail) => ({ state: 'fails', name: 'database', detail }))
  const sql = connect(choice.url, 1, choice)
  const advice = choice.advice.map((detail): Check => ({ state: 'note', name: 'database', detail }))
  try {
    const problem = await roleProblem(sql)
    return [check(problem === null, 'database', 'the login owns nothing', `${problem}; use nightshift_app`), ...advice]
  } catch (error) {
    return [{ state: 'fails', name: 'database', detail: `it does not answer: ${wordsOf(error)}` }]
  } finally {
    await sql.end({ timeout: 5 })
  }
}
