import type { Metadata } from 'next/types.js'
import { chosen, one, type Query } from '@/app/chosen.ts'
import { choosePassword, signOut } from '@/app/login/actions.ts'
import { named } from '@/app/named.ts'
import { requirePerson } from '@/app/session.ts'
import { world } from '@/app/world.ts'
import { PasswordForm } from '@/components/accountForms.tsx'
import { Answers } from '@/components/answers.tsx'
import { Live } from '@/components/live.tsx'
import { Masthead } from '@/components/masthead.tsx'
import { People, You } from '@/components/people.tsx'
import { Section } from '@/components/section.tsx'
import type { Project } from '@/lib/domain/project.ts'
import { invitations, present } from '@/lib/store/members.ts'

export const metadata: Metadata = { title: 'People' }

/** An owner's list of people; everybody else sees themselves. */
export default async function Page({ searchParams }: { searchParams: Query }) {
  const person = await requirePerson()
  const { all, project } = await chosen(one((await searchParams).project))
  const accounts = world().auth.kind === 'supabase'
  const isOwner = person.role === 'owner'
  return (
    <>
      <Masthead signOut={signOut} project={project?.slug} here="People">
        <Live summary="People" />
      </Masthead>
      <main id="main" className="page page-tale">
        <h1 className="tale-title">People</h1>
        {isOwner ? (
          <Managed me={person.id} all={all} accounts={accounts} zone={project?.policy.hours.zone ?? 'UTC'} />
        ) : (
          <You name={person.name} holds={person.role} projects={all.map(({ name }) => name)} />
        )}
        {accounts ? (
          <Section id="password" title="Your password">
            <p className="max-w-prose">
              Signing in works without one, by a link or with GitHub. With one it is quicker, and it is what is asked
              for before what weighs more than a click.
            </p>
            <PasswordForm action={choosePassword} />
          </Section>
        ) : null}
      </main>
    </>
  )
}

async function Managed({ me, all, accounts, zone }: { me: number; all: Project[]; accounts: boolean; zone: string }) {
  const { sql } = world()
  const [people, invited] = await named(() => Promise.all([present(sql), invitations(sql)]))
  const slugs = (ids: number[]) => all.filter(({ id }) => ids.includes(id)).map(({ slug }) => slug)
  return (
    <Answers zone={zone}>
      <People
        people={people.map((one) => ({ ...one, projects: slugs(one.projects) }))}
        invitations={invited.map((one) => ({ ...one, projects: slugs(one.projects) }))}
        projects={all.map(({ slug, name }) => ({ slug, name }))}
        {...{ zone, me, accounts }}
      />
    </Answers>
  )
}
