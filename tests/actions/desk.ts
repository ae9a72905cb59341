import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { type Answer, act, type Control, type Verb } from '../../lib/actions/act.ts'
import { VERBS, type VerbName } from '../../lib/actions/control.ts'
import { hashPassword } from '../../lib/actions/signIn.ts'
import { fileAnchors } from '../../lib/adapters/anchors.file.ts'
import { passwordAuth } from '../../lib/adapters/auth.password.ts'
import type { Role, Who } from '../../lib/domain/person.ts'
import { sealingKey } from '../../lib/domain/sealed.ts'
import type { Agent } from '../../lib/domain/work.ts'

export const SEALING = sealingKey('5e'.repeat(32))!
export const PASSWORD = 'the password of the owner'

/** Once a file: hashing is slow on purpose. */
let hash: Promise<string> | undefined

/** People at the control room's verbs, without a browser. */
export interface Desk {
  control: Control
  rings: Agent[]
  people: Record<Role, Who>
  /** Decides as `who`, with a key of its own unless one is given. */
  decide(who: Who, verb: VerbName, body: object, more?: { key?: string | null; password?: string }): Promise<Answer>
  close(): void
}

export async function openDesk(sql: Sql, admin: Sql): Promise<Desk> {
  const home = mkdtempSync(join(tmpdir(), 'ns-desk-'))
  const rings: Agent[] = []
  const control: Control = {
    sql,
    clock: { now: () => new Date() },
    ring: (agent) => rings.push(agent),
    anchors: fileAnchors(home),
    sealing: [SEALING],
    auth: passwordAuth(sql, 'a secret for sessions, of the tests only', false),
  }
  hash ??= hashPassword(PASSWORD)
  const known = await hash
  const person = async (role: Role): Promise<Who> => {
    const [row] = await admin<{ id: number }[]>`
      insert into nightshift.people (name, role, password_hash) values (${`Ada the ${role}`}, ${role}, ${known}) returning id`
    await admin`insert into nightshift.members (project, person) select id, ${row!.id} from nightshift.projects`
    return { person: row!.id, name: `Ada the ${role}`, role, via: 'page' }
  }
  let keys = 0
  return {
    control,
    rings,
    people: { owner: await person('owner'), operator: await person('operator'), viewer: await person('viewer') },
    decide: (who, verb, body, { key = `key-${++keys}-xxxxxxx`, password } = {}) =>
      act(control, who, verb, VERBS[verb] as Verb<unknown>, { key, body, password: password ?? null }),
    close: () => rmSync(home, { recursive: true, force: true }),
  }
}
