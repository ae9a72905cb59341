import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'

/** Debian's package `faketime`; what is preloaded with it sees the clock that a file says. */
const LIBRARY = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1'

export const hasFaketime = existsSync(LIBRARY)

/** Environment of a program that lives by the file's clock. Timers go on as ever: only the time of day is another. */
export const livingBy = (file: string): Record<string, string> => ({
  LD_PRELOAD: LIBRARY,
  FAKETIME_TIMESTAMP_FILE: file,
  FAKETIME_NO_CACHE: '1',
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
})

/** Whoever lives by the file is so many days back from now on. */
export const setBack = (file: string, days: number): Promise<void> => writeFile(file, `-${Math.round(days * 86_400)}\n`)
