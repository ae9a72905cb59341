import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

interface Cron {
  path: string
  schedule: string
}

/** Calls the doors of `vercel.json` as Vercel does: when its schedules say, with the deployment's CRON_SECRET. */
export async function startClocks(folder: string, address: string, secret: () => string) {
  const { crons } = JSON.parse(await readFile(join(folder, 'vercel.json'), 'utf8')) as { crons: Cron[] }
  const answers: { path: string; status: number }[] = []
  const knock = async ({ path }: Cron) => {
    const headers = { authorization: `Bearer ${secret()}`, 'user-agent': 'vercel-cron/1.0' }
    const answer = await fetch(address + path, { headers }).catch(() => null)
    answers.push({ path, status: answer?.status ?? 0 })
  }
  const timers = crons.map((cron) => setInterval(() => void knock(cron), everyMs(cron.schedule)))
  return {
    answers,
    /** What five minutes would bring, at once. */
    round: () => Promise.all(crons.map(knock)),
    stop: () => timers.forEach(clearInterval),
  }
}

/** Every so many minutes; no other schedule is ours. */
function everyMs(schedule: string): number {
  const minutes = /^(?:\*|\*\/(\d+)) \* \* \* \*$/.exec(schedule)
  if (!minutes) throw new Error(`${schedule} is not a schedule of every few minutes`)
  return Number(minutes[1] ?? 1) * 60_000
}
