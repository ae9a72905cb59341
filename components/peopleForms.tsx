'use client'
import type { Role } from '@/lib/domain/person.ts'
import { Ask } from './ask.tsx'
import { Decision } from './decision.tsx'

export interface ProjectChoice {
  slug: string
  name: string
}

const MEANS: Record<Role, string> = {
  owner: 'everything, in every project',
  operator: 'pauses, approves, rejects and rolls back',
  viewer: 'looks, and decides nothing',
}

interface PlaceProps {
  projects: ProjectChoice[]
  /** The role to begin with. */
  holds: Role
  member: string[]
}

/** A role, and the projects it is for. */
function Place({ projects, holds, member }: PlaceProps) {
  return (
    <>
      <fieldset>
        <legend className="ask-name">Role</legend>
        {(['viewer', 'operator', 'owner'] as const).map((one) => (
          <label key={one} className="choice">
            <input type="radio" name="role" value={one} defaultChecked={one === holds} />
            <span>
              <strong className="capitalize">{one}</strong>: {MEANS[one]}
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset className="mt-4">
        <legend className="ask-name">Projects (an owner needs none)</legend>
        {projects.map(({ slug, name }) => (
          <label key={slug} className="choice">
            <input type="checkbox" name="projects" value={slug} defaultChecked={member.includes(slug)} />
            <bdi>{name}</bdi>
          </label>
        ))}
      </fieldset>
    </>
  )
}

const placed = (form: FormData): object => ({ role: form.get('role'), projects: form.getAll('projects') })

export function InviteForm({ projects }: { projects: ProjectChoice[] }) {
  const read = (form: FormData) => ({ email: form.get('email'), ...placed(form) })
  return (
    <Decision verb="invite" about={{}} read={read} submit="Invite" sending="Inviting…" tone="main" password>
      <Ask name="E-mail" hint="They sign in with this address, within a week.">
        {(field) => <input {...field} name="email" type="email" autoComplete="off" maxLength={254} required />}
      </Ask>
      <Place projects={projects} holds="viewer" member={[]} />
    </Decision>
  )
}

export function RoleForm({ person, ...place }: PlaceProps & { person: number }) {
  return (
    <Decision verb="role" about={{ person }} read={placed} submit="Change" sending="Changing…" password>
      <Place {...place} />
    </Decision>
  )
}

export function RemoveForm({ person }: { person: number }) {
  return <Decision verb="remove" about={{ person }} submit="Remove" sending="Removing…" tone="danger" password />
}

export function UninviteForm({ invitation }: { invitation: number }) {
  return <Decision verb="uninvite" about={{ invitation }} submit="Take it back" sending="Taking it back…" password />
}
