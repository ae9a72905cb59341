'use client'
import { useState } from 'react'
import type { Level } from '@/lib/domain/project.ts'
import { Changed } from './changed.tsx'
import { Decision } from './decision.tsx'
import { LEVEL_NAMES } from './levels.ts'
import { useSeen } from './seen.ts'

const NEXT: Record<Level, string> = {
  1: 'A person approves every deployment.',
  2: 'Ships alone what is small, tried and of low risk; asks about the rest.',
  3: 'Ships alone, at night too. It is earned: 30 days at level 2 with at least 10 cured, none relapsed or rolled back.',
}

interface Standing {
  project: string
  level: Level
  policyVersion: number
}

/** Down at once, up with the password again. */
export function LevelForm(now: Standing) {
  const { seen, changed, look } = useSeen(now)
  const [wanted, want] = useState<Level | null>(null)
  const { project, level, policyVersion } = seen
  const up = wanted !== null && wanted > level
  return (
    <Decision
      verb="level"
      about={{ project, level: wanted, policyVersion }}
      read={() => ({})}
      submit={wanted === null ? 'Change the level' : `Change to level ${wanted}`}
      tone="main"
      password={up}
      disabled={changed || wanted === null}
      onAnswer={() => {
        look()
        want(null)
      }}
    >
      <fieldset>
        <legend className="ask-name">From level {level} to</legend>
        {([1, 2, 3] as const)
          .filter((one) => one !== level)
          .map((one) => (
            <label key={one} className="choice">
              <input type="radio" name="level" checked={wanted === one} onChange={() => want(one)} />
              <span>
                <strong>
                  Level {one}: {LEVEL_NAMES[one]}.
                </strong>{' '}
                {NEXT[one]} {one < level ? 'Goes down at once.' : null}
              </span>
            </label>
          ))}
      </fieldset>
      {changed ? <Changed what={`policy version ${now.policyVersion}, level ${now.level}`} look={look} /> : null}
      <p className="text-soft">Level and policy share their versions: approvals given before are void.</p>
    </Decision>
  )
}
