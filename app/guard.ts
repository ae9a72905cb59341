import { createHash, timingSafeEqual } from 'node:crypto'
import type { JSONValue } from 'postgres'
import { type Answer, faulted, type Order } from '@/lib/actions/act.ts'
import type { Who } from '@/lib/domain/person.ts'
import type { Project } from '@/lib/domain/project.ts'
import { Fault } from '@/lib/errors.ts'
import { owner } from '@/lib/store/people.ts'
import { projectsOf } from '@/lib/store/projects.ts'
import { readCapped } from './capped.ts'
import { visitor } from './session.ts'
import { world } from './world.ts'

/**
 * Who sends a request, decided here for every handler alike: the command line by its token, which acts as the owner, or
 * a browser by its session. A browser's request that changes something has to come from a page of ours.
 */
export async function whoIs(request: Request): Promise<Who> {
  const bearer = request.headers.get('authorization')
  if (bearer !== null) return holderOf(bearer)
  if (request.method !== 'GET') fromOurPage(request)
  const known = await visitor()
  if (!known) throw new Fault('UNAUTHENTICATED')
  const { person, provedAt } = known
  return { person: person.id, name: person.name, role: person.role, via: 'page', provedAt }
}

async function holderOf(bearer: string): Promise<Who> {
  const { config, sql } = world()
  const digest = (text: string) => createHash('sha256').update(text).digest()
  if (!timingSafeEqual(digest(bearer), digest(`Bearer ${config.controlToken}`)))
    throw new Fault('UNAUTHENTICATED', 'The token is not this server’s.')
  const known = await owner(sql)
  if (!known) throw new Fault('UNAUTHENTICATED', 'There is no owner yet: the token acts as one.')
  return { person: known.id, name: known.name, role: known.role, via: 'cli' }
}

/** Pages of others can make a browser send forms and images here, but neither our origin nor JSON with it. */
function fromOurPage(request: Request): void {
  const origin = request.headers.get('origin')
  const json = request.headers.get('content-type')?.split(';')[0]?.trim() === 'application/json'
  if (!json || hostOf(origin) === null || hostOf(origin) !== request.headers.get('host')) throw new Fault('FORBIDDEN')
}

function hostOf(origin: string | null): string | null {
  try {
    return origin === null ? null : new URL(origin).host
  } catch {
    return null
  }
}

const NO_STORE = { 'cache-control': 'no-store' }

/** What a decision came to, as a response; a Fault as its status and words. */
export async function answered(decide: () => Promise<Answer>): Promise<Response> {
  const { status, body } = await decide().catch(faulted)
  return Response.json(body, { status, headers: NO_STORE })
}

/** Something to read, for whoever is signed in or holds the token; `look` shows what they are a member of. */
export const shownTo = (request: Request, look: (who: Who) => Promise<object>): Promise<Response> =>
  answered(async () => {
    const who = await whoIs(request)
    return { status: 200, body: (await look(who)) as JSONValue }
  })

/** The projects somebody is a member of; an owner of all. */
export const theirs = (who: Pick<Who, 'person'>): Promise<Project[]> => projectsOf(world().sql, who.person)

/** Ends as if it were not there, where it is of a project that is not theirs. */
export async function mustBeTheirs(who: Who, slug: string, named: string): Promise<void> {
  if (!(await theirs(who)).some((project) => project.slug === slug)) throw new Fault('NOT_FOUND', named)
}

/** One of them; whatever else there is, is as if it were not. */
export async function theirProject(who: Who, wanted: string): Promise<Project> {
  const found = (await theirs(who)).find(({ slug }) => slug === wanted)
  if (!found) throw new Fault('NOT_FOUND', `project ${wanted}`)
  return found
}

/** Bytes; the largest honest body is a policy. */
const MAX_BODY = 64 * 1024

/** What a person asks for. The password is in a header of its own (base64), so that nothing that is kept holds it. */
export async function orderOf(request: Request): Promise<Order> {
  const password = request.headers.get('nightshift-password')
  const bytes = await readCapped(request, MAX_BODY)
  if (!bytes) throw new Fault('MALFORMED', `more than ${MAX_BODY} bytes`)
  const text = bytes.toString('utf8')
  try {
    return {
      key: request.headers.get('idempotency-key'),
      password: password ? Buffer.from(password, 'base64').toString('utf8').slice(0, 200) : null,
      body: JSON.parse(text) as unknown,
    }
  } catch {
    throw new Fault('MALFORMED', 'the body is not JSON')
  }
}
