import type { Metadata } from 'next/types.js'
import { chosen, one, type Query } from '@/app/chosen.ts'
import { signOut } from '@/app/login/actions.ts'
import { named } from '@/app/named.ts'
import { requirePerson } from '@/app/session.ts'
import { world } from '@/app/world.ts'
import { AuditLog } from '@/components/auditLog.tsx'
import { auditHref, KINDS, KindNav, kindOf, PageNav } from '@/components/auditNav.tsx'
import { Chain } from '@/components/chain.tsx'
import { Live } from '@/components/live.tsx'
import { Masthead } from '@/components/masthead.tsx'
import { ProjectNav } from '@/components/projectNav.tsx'
import { NotYet } from '@/components/section.tsx'
import { zoneOf } from '@/components/strand.ts'
import { Untrusted } from '@/components/untrusted.tsx'
import { verifyAudit } from '@/lib/actions/verifyAudit.ts'
import type { Project } from '@/lib/domain/project.ts'
import { auditHead, auditPage } from '@/lib/store/audit.ts'
import { NoProjectPage } from '../noProject.tsx'

export const metadata: Metadata = { title: 'Audit' }

/** Rows a page. */
const SIZE = 100

export default async function Page({ searchParams }: { searchParams: Query }) {
  await requirePerson()
  const query = await searchParams
  const { all, project } = await chosen(one(query.project))
  if (!project) return <NoProjectPage title="Audit" />
  const { sql } = world()
  const kind = kindOf(one(query.kind))
  const before = /^[1-9]\d{0,14}$/.test(one(query.before) ?? '') ? Number(one(query.before)) : null
  const asked = one(query.verify) === '1'
  const view = { project: project.slug, kind, before }
  const [{ rows, older, newer }, head, verified] = await named(() =>
    Promise.all([
      auditPage(sql, project.id, { kind: KINDS[kind].like, before, size: SIZE }),
      auditHead(sql, project.id),
      asked ? verify(project) : null,
    ]),
  )
  const zone = zoneOf({ project, now: new Date() })
  return (
    <>
      <Masthead signOut={signOut} project={project.slug} here="Audit">
        {/* Older pages do not change, and nobody wants every row read every three seconds. */}
        {before === null && !asked ? <Live summary={`${project.name}: ${head?.seq ?? 0} rows in the audit`} /> : null}
      </Masthead>
      <main id="main" className="page page-tale">
        <ProjectNav projects={all} current={project} page="/dashboard/agent-control/audit" />
        <h1 className="tale-title">
          Audit of <Untrusted text={project.name} />
        </h1>
        <p className="mt-3 max-w-prose text-soft">
          What was decided, by whom and why, and what came of it. Rows are chained by hash and cannot be changed. Times
          are {zone} time.
        </p>
        <Chain head={head} verified={verified} verify={auditHref(view, { verify: '1' })} />
        <KindNav {...view} />
        {rows.length === 0 ? <NotYet>No such row.</NotYet> : <AuditLog rows={rows} zone={zone} />}
        <PageNav {...view} older={older} newer={newer} />
      </main>
    </>
  )
}

async function verify(project: Project) {
  const { sql, anchors } = world()
  return verifyAudit(sql, project.id, await anchors.read(project))
}
