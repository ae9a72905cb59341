import type { Project } from '@/lib/domain/project.ts'
import { Fold } from './fold.tsx'
import { LevelForm } from './levelForm.tsx'
import { LEVEL_NAMES } from './levels.ts'
import { LevelTable } from './levelTable.tsx'
import type { May } from './may.ts'

/** What Nightshift may do alone. */
export function LevelRow({ project, may }: { project: Project; may: May }) {
  const { slug, level, policyVersion } = project
  return (
    <div className="control-row">
      <p className="control-head">
        Level {level}: {LEVEL_NAMES[level]}
      </p>
      <Fold title="What each level may do alone">
        <LevelTable level={level} />
      </Fold>
      {may.level ? (
        <Fold title="Change the level…">
          <LevelForm project={slug} level={level} policyVersion={policyVersion} />
        </Fold>
      ) : null}
    </div>
  )
}
