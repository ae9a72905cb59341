import type { Metadata } from 'next/types.js'
import { chosen, one, type Query } from '@/app/chosen.ts'
import { signOut } from '@/app/login/actions.ts'
import { mayOf } from '@/app/may.ts'
import { named } from '@/app/named.ts'
import { requirePerson } from '@/app/session.ts'
import { world } from '@/app/world.ts'
import { Answers } from '@/components/answers.tsx'
import { Floor } from '@/components/floor.tsx'
import { Live } from '@/components/live.tsx'
import { Masthead } from '@/components/masthead.tsx'
import { NotifyNow } from '@/components/notifyNow.tsx'
import { PolicyHistory, PolicyNow } from '@/components/policyChapters.tsx'
import { PolicyForm } from '@/components/policyForm.tsx'
import { ProjectNav } from '@/components/projectNav.tsx'
import { Section } from '@/components/section.tsx'
import { zoneOf } from '@/components/strand.ts'
import { Untrusted } from '@/components/untrusted.tsx'
import { CAPS } from '@/lib/policy/content.ts'
import { FLOOR_RULES } from '@/lib/policy/floor.ts'
import { hoursWindow } from '@/lib/policy/hours.ts'
import { promotedToday } from '@/lib/store/effects.ts'
import { policyHistory } from '@/lib/store/projects.ts'
import { NoProjectPage } from '../noProject.tsx'

export const metadata: Metadata = { title: 'Policy' }

export default async function Page({ searchParams }: { searchParams: Query }) {
  const { role } = await requirePerson()
  const { all, project } = await chosen(one((await searchParams).project))
  if (!project) return <NoProjectPage title="Policy" />
  const { sql } = world()
  const [versions, promoted] = await named(() =>
    Promise.all([policyHistory(sql, project.id), promotedToday(sql, project.id)]),
  )
  const desk = { project, now: new Date() }
  const { slug, name, policy, policyVersion, capPerDay } = project
  const hours = hoursWindow(policy.hours, desk.now)
  return (
    <>
      <Masthead signOut={signOut} project={slug} here="Policy">
        <Live summary={`${name}: policy version ${policyVersion}`} />
      </Masthead>
      <main id="main" className="page page-tale">
        <ProjectNav projects={all} current={project} page="/dashboard/agent-control/policy" />
        <h1 className="tale-title">
          Policy of <Untrusted text={name} />
        </h1>
        <p className="mt-3 text-soft">Version {policyVersion}. Every change makes a new one.</p>
        <PolicyNow
          policy={policy}
          capPerDay={capPerDay}
          hours={hours.open ? 'Open now.' : hours.why}
          promoted={promoted}
        />
        <Section id="change" title="Change it">
          {mayOf(role).policy ? (
            <Answers key={project.id} zone={zoneOf(desk)}>
              <PolicyForm project={slug} policy={policy} capPerDay={capPerDay} policyVersion={policyVersion} />
            </Answers>
          ) : (
            <p className="text-soft">Only an owner changes the policy.</p>
          )}
        </Section>
        <NotifyNow notify={project.settings.notify} zone={policy.hours.zone} />
        <Floor rules={FLOOR_RULES} caps={CAPS} />
        <PolicyHistory versions={versions} zone={zoneOf(desk)} />
      </main>
    </>
  )
}
