'use client'
import { useState } from 'react'
import type { Policy } from '@/lib/domain/project.ts'
import { Ask } from './ask.tsx'
import { Changed } from './changed.tsx'
import { Decision } from './decision.tsx'
import { HoursFields } from './hoursFields.tsx'
import { policyFrom, problemsOf } from './policyFields.ts'
import { secondsInWords } from './policyWords.ts'
import type { Sent } from './request.ts'
import { useSeen } from './seen.ts'

interface Standing {
  project: string
  policy: Policy
  capPerDay: number
  policyVersion: number
}

/** The whole policy at once, as a new version of it. */
export function PolicyForm(now: Standing) {
  const { seen, changed, look } = useSeen(now)
  const [problems, setProblems] = useState(new Map<string, string>())
  const { project, policy, policyVersion } = seen
  const settle = (sent: Sent) => {
    setProblems(problemsOf(sent?.body.code === 'MALFORMED' ? String(sent.body.detail) : ''))
    if (sent?.body.ok === true) look()
  }
  return (
    <Decision
      key={policyVersion}
      verb="policy"
      about={{ project, policyVersion }}
      read={(form) => policyFrom(form, policy)}
      submit={`Save as version ${policyVersion + 1}`}
      sending="Saving…"
      tone="main"
      password
      disabled={changed}
      onAnswer={settle}
    >
      <HoursFields hours={policy.hours} problems={problems} />
      <div className="asks">
        {NUMBERS.map(({ name, label, hint, of, ...range }) => (
          <Ask key={name} name={label} hint={hint(of(seen))} problem={problems.get(name)}>
            {(field) => (
              <input {...field} {...range} name={name} type="number" step={1} required defaultValue={of(seen)} />
            )}
          </Ask>
        ))}
      </div>
      <Ask
        name="Protected paths besides the floor"
        hint="One a line. * and ? stay within a name, ** crosses folders; a name without a slash counts at any depth."
        problem={problems.get('protect')}
      >
        {(field) => (
          <textarea {...field} name="protect" rows={4} spellCheck={false} defaultValue={policy.protect.join('\n')} />
        )}
      </Ask>
      {changed ? (
        <Changed what={`version ${now.policyVersion}. Going on leaves out what you typed`} look={look} />
      ) : null}
    </Decision>
  )
}

interface NumberField {
  name: string
  label: string
  hint: (now: number) => string
  min: number
  max?: number
  of: (standing: Standing) => number
}

const NUMBERS: NumberField[] = [
  {
    name: 'soakSeconds',
    label: 'Soak (seconds)',
    hint: (now) => `On staging; now ${secondsInWords(now)}.`,
    min: 1,
    of: ({ policy }) => policy.soakSeconds,
  },
  {
    name: 'probes',
    label: 'Probes, at least',
    hint: () => 'In a soak. With fewer than 60, silence means nothing.',
    min: 60,
    of: ({ policy }) => policy.probes,
  },
  {
    name: 'watchSeconds',
    label: 'Watch (seconds)',
    hint: (now) => `In production; now ${secondsInWords(now)}.`,
    min: 1,
    of: ({ policy }) => policy.watchSeconds,
  },
  {
    name: 'capPerDay',
    label: 'Promotions a day',
    hint: () => 'At most. Tries count, rollbacks never do.',
    min: 0,
    max: 1000,
    of: ({ capPerDay }) => capPerDay,
  },
  {
    name: 'approvalHours',
    label: 'Approvals (hours)',
    hint: () => 'How long a yes holds.',
    min: 1,
    max: 720,
    of: ({ policy }) => policy.approvalHours,
  },
]
