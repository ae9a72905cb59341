import type { Metadata } from 'next/types.js'
import { chosen, one, type Query } from '@/app/chosen.ts'
import { signOut } from '@/app/login/actions.ts'
import { named } from '@/app/named.ts'
import { requirePerson } from '@/app/session.ts'
import { world } from '@/app/world.ts'
import { Live } from '@/components/live.tsx'
import { Masthead } from '@/components/masthead.tsx'
import { OnboardingSteps } from '@/components/onboardingSteps.tsx'
import { ProjectNav } from '@/components/projectNav.tsx'
import { SetupNav } from '@/components/setupNav.tsx'
import { stepsOf } from '@/lib/actions/onboarding.ts'
import { CHANNELS } from '@/lib/domain/notice.ts'

export const metadata: Metadata = { title: 'Setting up' }

export default async function Page({ searchParams }: { searchParams: Query }) {
  await requirePerson()
  const { all, project } = await chosen(one((await searchParams).project))
  const { config, sql } = world()
  const { code, deploy, sentry, notify } = config
  const vercel =
    deploy.kind === 'vercel' ? { drain: deploy.drainSecret !== null, webhook: deploy.webhookSecret !== null } : null
  const channels = CHANNELS.filter((name) => notify[name] !== null)
  const asked = { code: code.kind, deploy: deploy.kind, vercel, sentry: sentry !== null, channels }
  const steps = await named(() => stepsOf(sql, asked, project))
  const left = steps.filter(({ state }) => state === 'todo').length
  return (
    <>
      <Masthead signOut={signOut} project={project?.slug} here="Setup">
        <Live summary={`Setting up: ${left} to do`} />
      </Masthead>
      <main id="main" className="page page-tale">
        <SetupNav project={project?.slug} here="Steps" />
        {project ? <ProjectNav projects={all} current={project} page="/dashboard/agent-control/connect" /> : null}
        <h1 className="tale-title">Setting up</h1>
        <OnboardingSteps steps={steps} project={project?.slug} />
      </main>
    </>
  )
}
