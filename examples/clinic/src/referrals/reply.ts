import type { ServerResponse } from 'node:http'
import { readConfig } from '../config.ts'
import { json } from '../http.ts'

interface Desk {
  name: string
  phone: string
}

/** Who helps when something cannot be found. */
export const DESK: Desk = { name: 'Referrals desk', phone: '020 7946 0999' }

const { production } = readConfig(process.env)

/** Answers of the referrals team; in production a "not found" tells the caller whom to ring. */
export function reply(
  res: ServerResponse,
  status: number,
  body: { error?: string; desk?: Desk; [key: string]: unknown },
) {
  if (production && status === 404) return json(res, status, { error: body.error, help: helpLine(body.desk as Desk) })
  return json(res, status, body)
}

function helpLine(desk: Desk): string {
  return `Ring the ${desk.name} on ${desk.phone}`
}
