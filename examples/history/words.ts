import { randomFrom } from '../traffic/random.ts'

/**
 * Other words for what the sample app speaks of, each row with the forms of its first entry. Words that mean something
 * to npm, to `nightshift.json` or to the protected floor ("billing") keep their names.
 */
const CONCEPTS: [string[], ...string[][]][] = [
  [
    ['practice', 'practices'],
    ['surgery', 'surgeries'],
    ['outpost', 'outposts'],
    ['station', 'stations'],
  ],
  [
    ['patient', 'patients'],
    ['resident', 'residents'],
    ['guest', 'guests'],
    ['pupil', 'pupils'],
  ],
  [
    ['campaign', 'campaigns'],
    ['mailing', 'mailings'],
    ['bulletin', 'bulletins'],
    ['drive', 'drives'],
  ],
  [
    ['launch', 'launches', 'launched'],
    ['dispatch', 'dispatches', 'dispatched'],
    ['announce', 'announces', 'announced'],
    ['publish', 'publishes', 'published'],
  ],
  [['recipients'], ['addressees'], ['readers'], ['listeners']],
  [['rota'], ['roster'], ['timetable'], ['schedule']],
  [
    ['week', 'weeks'],
    ['fortnight', 'fortnights'],
    ['cycle', 'cycles'],
    ['quarter', 'quarters'],
  ],
  [
    ['room', 'rooms'],
    ['booth', 'booths'],
    ['cabin', 'cabins'],
    ['bay', 'bays'],
  ],
  [
    ['slot', 'slots'],
    ['berth', 'berths'],
    ['seat', 'seats'],
    ['window', 'windows'],
  ],
  [
    ['appointment', 'appointments'],
    ['meeting', 'meetings'],
    ['encounter', 'encounters'],
  ],
  [
    ['book', 'booked', 'booking'],
    ['reserve', 'reserved', 'reserving'],
    ['claim', 'claimed', 'claiming'],
  ],
  [
    ['clinician', 'clinicians'],
    ['doctor', 'doctors'],
    ['therapist', 'therapists'],
    ['surgeon', 'surgeons'],
  ],
  [
    ['referral', 'referrals'],
    ['transfer', 'transfers'],
    ['handover', 'handovers'],
  ],
  [
    ['letter', 'letters'],
    ['memo', 'memos'],
    ['missive', 'missives'],
  ],
  [['visits'], ['attendances'], ['arrivals'], ['stays']],
  [['activity'], ['throughput'], ['footfall'], ['turnout']],
  [
    ['consent', 'consents'],
    ['agreement', 'agreements'],
    ['preference', 'preferences'],
    ['choice', 'choices'],
  ],
  [
    ['refund', 'refunds', 'refunded'],
    ['rebate', 'rebates', 'rebated'],
    ['payback', 'paybacks', 'reimbursed'],
  ],
  [['pounds'], ['sterling'], ['quid'], ['guineas']],
  [['pence'], ['pennies'], ['cents'], ['coppers']],
  [['desk'], ['counter'], ['helpline'], ['bureau']],
  [['directory'], ['almanac'], ['yearbook'], ['gazetteer']],
  [['yearly'], ['annual'], ['annually']],
]

/** The words a seed stands for: every concept under another name. Seed 0 keeps them all. */
export function wordsFor(seed: number): Record<string, string> {
  if (seed === 0) return {}
  const random = randomFrom(seed)
  const words: Record<string, string> = {}
  for (const [own, first, ...others] of CONCEPTS) {
    const other = random.pick([first!, ...others])
    for (const [i, word] of own.entries()) words[word] = other[i] ?? word
  }
  return words
}

/** Every word a renamed app may speak, for a test that none of them is taken already. */
export const OTHER_WORDS = CONCEPTS.flatMap(([, ...others]) => others.flat())
