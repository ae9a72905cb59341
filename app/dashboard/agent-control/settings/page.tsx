import type { Metadata } from 'next/types.js'
import { chosen, one, type Query } from '@/app/chosen.ts'
import { signOut } from '@/app/login/actions.ts'
import { mayDo } from '@/app/may.ts'
import { named } from '@/app/named.ts'
import { requirePerson } from '@/app/session.ts'
import { world } from '@/app/world.ts'
import { Answers } from '@/components/answers.tsx'
import { Dsn } from '@/components/dsn.tsx'
import { Masthead } from '@/components/masthead.tsx'
import { ProjectForm } from '@/components/projectForm.tsx'
import { ProjectNav } from '@/components/projectNav.tsx'
import { Section } from '@/components/section.tsx'
import { SettingsForm } from '@/components/settingsForm.tsx'
import { SettingsShown } from '@/components/settingsShown.tsx'
import { SetupNav } from '@/components/setupNav.tsx'
import { Untrusted } from '@/components/untrusted.tsx'
import { dsnOf } from '@/lib/actions/registerProject.ts'
import type { Project } from '@/lib/domain/project.ts'
import { SETTING_FIELDS } from '@/lib/domain/settingFields.ts'
import { settingsOf } from '@/lib/store/settings.ts'

export const metadata: Metadata = { title: 'Settings' }

export default async function Page({ searchParams }: { searchParams: Query }) {
  const { role } = await requirePerson()
  const { all, project } = await chosen(one((await searchParams).project))
  return (
    <>
      <Masthead signOut={signOut} project={project?.slug} here="Setup" />
      <main id="main" className="page page-tale">
        <SetupNav project={project?.slug} here="Settings" />
        {project ? (
          <>
            <ProjectNav projects={all} current={project} page="/dashboard/agent-control/settings" />
            <OfProject project={project} may={mayDo(role, 'settings')} />
          </>
        ) : (
          <h1 className="tale-title">The first project</h1>
        )}
        {mayDo(role, 'project') ? (
          <Section id="add" title={project ? 'Add a project' : 'Add it'}>
            <Answers zone="Europe/London">
              <ProjectForm fields={SETTING_FIELDS} />
            </Answers>
          </Section>
        ) : null}
      </main>
    </>
  )
}

async function OfProject({ project, may }: { project: Project; may: boolean }) {
  const { config, sql } = world()
  const { settings, seen, ...ingest } = await named(() => settingsOf(sql, project.id))
  return (
    <>
      <h1 className="tale-title">
        Settings of <Untrusted text={project.name} />
      </h1>
      <Section id="dsn" title="Where errors are sent">
        <Dsn dsn={dsnOf(config.url, ingest)} />
      </Section>
      <Section id="settings" title="Code, app and people">
        {may ? (
          <Answers key={project.id} zone={project.policy.hours.zone}>
            <SettingsForm fields={SETTING_FIELDS} project={project.slug} settings={settings} seen={seen} />
          </Answers>
        ) : (
          <SettingsShown fields={SETTING_FIELDS} settings={settings} />
        )}
      </Section>
    </>
  )
}
