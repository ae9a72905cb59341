import { readFile } from 'node:fs/promises'

/** A room on a day, and who sees patients in it. */
export interface Session {
  day: string
  room: string
  clinicianId: string | null
}

const ROTA = new URL('../rota.json', import.meta.url)

/** A practice's week from the rota the managers keep in a file. */
export async function loadWeek(practiceId: string): Promise<Session[]> {
  const rota: Record<string, Session[]> = JSON.parse(await readFile(ROTA, 'utf8'))
  return rota[practiceId] ?? []
}
