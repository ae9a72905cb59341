import type { Sql } from 'postgres'
import type { Project } from '../../domain/project.ts'
import { Fault } from '../../errors.ts'
import type { SlackCall } from './client.ts'

/** What one delivery works with. */
export interface Desk {
  sql: Sql
  project: Project
  call: SlackCall
  /** Where this project's notices go. */
  channel: string
  pages: string
}

/** A delivery begins no call after this many milliseconds: whoever asks at its deadline finds everything that arrived. */
const BEGINS_MS = 12_000

export function timed(call: SlackCall): SlackCall {
  const began = performance.now()
  return (method, fields, shape) => {
    if (performance.now() - began > BEGINS_MS)
      throw new Fault('CHANNEL_UNREACHABLE', 'Slack is too slow for all of its calls')
    return call(method, fields, shape)
  }
}
