import Link from 'next/link'
import type { Project } from '@/lib/domain/project.ts'
import { Untrusted } from './untrusted.tsx'

interface Props {
  projects: Project[]
  current: Project
  /** The page that shows a project. */
  page?: string
}

/** Only where there is a choice. */
export function ProjectNav({ projects, current, page = '/dashboard/agent-control' }: Props) {
  if (projects.length < 2) return null
  return (
    <nav aria-label="Projects" className="mb-6">
      <ul className="flex flex-wrap gap-4">
        {projects.map(({ id, slug, name }) => (
          <li key={id}>
            <Link
              prefetch={false}
              href={`${page}?project=${encodeURIComponent(slug)}`}
              aria-current={id === current.id ? 'page' : undefined}
              className="link aria-[current]:font-semibold"
            >
              <Untrusted text={name} />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
