'use client'
import { useEffect, useState } from 'react'
import type { Hours } from '@/lib/domain/hours.ts'
import { Ask } from './ask.tsx'
import { freezesAsText } from './policyFields.ts'
import { DAYS, hourOf } from './policyWords.ts'

interface Props {
  hours: Hours
  problems: Map<string, string>
}

const HOURS = Array.from({ length: 25 }, (_, hour) => hour)

/** When production is open: hours of the wall clock in a zone, on days of the week, apart from freezes. */
export function HoursFields({ hours, problems }: Props) {
  const zones = useZones(hours.zone)
  return (
    <fieldset className="asks-of">
      <legend className="label">Production hours, for P2 to P4</legend>
      <div className="asks">
        <Hour name="from" label="Open from" hour={hours.from} problem={problems.get('from')} />
        <Hour name="to" label="Until" hour={hours.to} hint="Has to be later." problem={problems.get('to')} />
        <Ask name="Time zone" problem={problems.get('zone')}>
          {(field) => (
            <select {...field} name="zone" defaultValue={hours.zone}>
              {zones.map((zone) => (
                <option key={zone}>{zone}</option>
              ))}
            </select>
          )}
        </Ask>
      </div>
      <Days days={hours.days} problem={problems.get('days')} />
      <Ask
        name="Freezes: nothing reaches production meanwhile"
        hint="One a line: first day, last day, why. Or with times, such as 2026-12-24T16:00."
        problem={problems.get('freezes')}
      >
        {(field) => (
          <textarea {...field} name="freezes" rows={3} spellCheck={false} defaultValue={freezesAsText(hours.freezes)} />
        )}
      </Ask>
    </fieldset>
  )
}

interface HourProps {
  name: string
  label: string
  hour: number
  hint?: string
  problem: string | undefined
}

function Hour({ name, label, hour, hint, problem }: HourProps) {
  return (
    <Ask name={label} hint={hint} problem={problem}>
      {(field) => (
        <select {...field} name={name} defaultValue={hour}>
          {HOURS.map((one) => (
            <option key={one} value={one}>
              {hourOf(one)}
            </option>
          ))}
        </select>
      )}
    </Ask>
  )
}

function Days({ days, problem }: { days: number[]; problem: string | undefined }) {
  return (
    <fieldset className="ask">
      <legend className="ask-name">Days</legend>
      <div className="days">
        {DAYS.map((name, i) => (
          <label key={name} className="choice">
            <input type="checkbox" name="days" value={i + 1} defaultChecked={days.includes(i + 1)} />
            <span>{name}</span>
          </label>
        ))}
      </div>
      {problem ? <p className="tone-bad">{problem}</p> : null}
    </fieldset>
  )
}

/** The zones this browser knows; asked there and not on the server, whose list may be another one. */
function useZones(current: string): string[] {
  const [zones, setZones] = useState([current])
  useEffect(() => {
    setZones([...new Set([current, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort())
  }, [current])
  return zones
}
