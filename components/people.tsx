import type { Role } from '@/lib/domain/person.ts'
import { Fold } from './fold.tsx'
import { InviteForm, type ProjectChoice, RemoveForm, RoleForm, UninviteForm } from './peopleForms.tsx'
import { NotYet, Section } from './section.tsx'
import { When } from './time.tsx'
import { Untrusted } from './untrusted.tsx'

export interface Listed {
  id: number
  name: string
  role: Role
  /** Slugs; an owner needs none. */
  projects: string[]
}

export interface Invited extends Omit<Listed, 'name'> {
  email: string
  by: string
  expiresAt: Date
  expired: boolean
}

interface Props {
  people: Listed[]
  invitations: Invited[]
  projects: ProjectChoice[]
  zone: string
  me: number
  /** Whether there can be others than the owner. */
  accounts: boolean
}

/** For owners: who comes in, and who may. */
export function People({ people, invitations, projects, zone, me, accounts }: Props) {
  const names = new Map(projects.map(({ slug, name }) => [slug, name]))
  const inWords = ({ role, projects: of }: Pick<Listed, 'role' | 'projects'>) =>
    role === 'owner' ? 'every project' : of.map((slug) => names.get(slug) ?? slug).join(', ') || 'no project'
  return (
    <>
      <Section id="present" title="Who comes in">
        <ul className="people">
          {people.map((person) => (
            <li key={person.id} className="panel person">
              <p>
                <strong>
                  <Untrusted text={person.name} />
                </strong>
                {person.id === me ? ' (you)' : ''}
              </p>
              <p className="text-soft">
                <span className="capitalize">{person.role}</span>: <Untrusted text={inWords(person)} />
              </p>
              <div className="person-forms">
                <Fold title="Role and projects…" button>
                  <RoleForm person={person.id} projects={projects} holds={person.role} member={person.projects} />
                </Fold>
                <Fold title="Remove…" button>
                  <p>From their next request on they are nobody here. What they decided stays in the audit.</p>
                  <RemoveForm person={person.id} />
                </Fold>
              </div>
            </li>
          ))}
        </ul>
      </Section>
      <Section id="invited" title="Invited">
        {invitations.length === 0 ? <NotYet>Nobody is invited right now.</NotYet> : null}
        <ul className="people">
          {invitations.map((one) => (
            <li key={one.id} className="panel person">
              <p>
                <strong>
                  <Untrusted text={one.email} />
                </strong>
              </p>
              <p className="text-soft">
                <span className="capitalize">{one.role}</span>: <Untrusted text={inWords(one)} />. By{' '}
                <Untrusted text={one.by} />; {one.expired ? 'ran out' : 'holds until'}{' '}
                <When at={one.expiresAt} zone={zone} />.
              </p>
              <div className="person-forms">
                <Fold title="Take it back…" button>
                  <UninviteForm invitation={one.id} />
                </Fold>
              </div>
            </li>
          ))}
        </ul>
      </Section>
      <Section id="invite" title="Invite somebody">
        {accounts ? (
          <InviteForm projects={projects} />
        ) : (
          <NotYet>Here one person signs in, with the owner’s password. Others can come in with AUTH=supabase.</NotYet>
        )}
      </Section>
    </>
  )
}

/** For everybody else: who they are here. */
export function You({ name, holds, projects }: { name: string; holds: Role; projects: string[] }) {
  return (
    <Section id="you" title="You">
      <p>
        <Untrusted text={name} />, <span>{holds}</span> of <Untrusted text={projects.join(', ') || 'no project yet'} />.
        An owner changes that.
      </p>
    </Section>
  )
}
