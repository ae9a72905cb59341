import { createHash, timingSafeEqual } from 'node:crypto'
import type { Who } from '@/lib/domain/person.ts'
import { Fault } from '@/lib/errors.ts'
import { owner } from '@/lib/store/people.ts'
import { person } from './session.ts'
import { world } from './world.ts'

/**
 * Who sends a request, decided here for every handler alike: the command line by its token, which acts as the owner, or
 * a browser by its session. A browser's request that changes something has to come from a page of ours.
 */
export async function whoIs(request: Request): Promise<Who> {
  const bearer = request.headers.get('authorization')
  if (bearer !== null) return holderOf(bearer)
  if (request.method !== 'GET') fromOurPage(request)
  const known = await person()
  if (!known) throw new Fault('UNAUTHENTICATED')
  return { person: known.id, name: known.name, role: known.role, via: 'page' }
}

async function holderOf(bearer: string): Promise<Who> {
  const { config, sql } = world()
  const digest = (text: string) => createHash('sha256').update(text).digest()
  if (!timingSafeEqual(digest(bearer), digest(`Bearer ${config.controlToken}`))) throw new Fault('UNAUTHENTICATED')
  const known = await owner(sql)
  if (!known) throw new Fault('UNAUTHENTICATED')
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
