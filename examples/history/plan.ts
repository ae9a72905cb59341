export interface Planned {
  /** Folder beside this file with the versions of files that later commits change. */
  slug: string
  author: keyof typeof AUTHORS
  message: string
  /** Files that enter or change: as in the folder `slug` where they stand there, otherwise as in `examples/clinic`. */
  files: string[]
}

export const AUTHORS = {
  maya: 'Maya Lindqvist <maya@clinic.example>',
  tom: 'Tom Okafor <tom@clinic.example>',
  ines: 'Ines Duarte <ines@clinic.example>',
}

const commit = (slug: string, author: keyof typeof AUTHORS, message: string, ...files: string[]): Planned => ({
  slug,
  author,
  message,
  files,
})

const SKELETON = [
  ...['.gitignore', 'README.md', 'package.json', 'package-lock.json', 'tsconfig.json', 'src/instrument.ts'],
  ...['src/config.ts', 'src/server.ts', 'src/app.ts', 'src/call.ts', 'src/http.ts', 'src/router.ts', 'src/database.ts'],
]

const PRACTICES = ['src/practices.ts', 'src/patients.ts', 'src/routes/practices.ts']

/** The sample app's four weeks, oldest first. `src/routes.ts` follows by itself: see `states.ts`. */
export const PLAN: Planned[] = [
  commit('01-skeleton', 'maya', 'Start the clinic service', ...SKELETON, 'scripts/seed.ts'),
  commit(
    '02-practices',
    'maya',
    'List practices and their patients',
    ...PRACTICES,
    ...['tests/clinic.ts', 'tests/http.test.ts', 'tests/practices.test.ts'],
  ),
  commit(
    '03-contract',
    'tom',
    'Say how the service is started and tested',
    'nightshift.json',
    'tests/nightshift.test.ts',
  ),
  commit('04-campaigns', 'ines', 'List campaigns', 'src/routes/campaigns.ts', 'tests/campaigns.test.ts'),
  commit('05-patients', 'tom', 'Show a patient', 'src/routes/patients.ts', 'tests/patients.test.ts'),
  commit(
    '06-rota',
    'maya',
    "Show a practice's week and its free rooms",
    ...['rota.json', 'src/rota.ts', 'src/routes/rota.ts', 'tests/rota.test.ts'],
  ),
  commit('07-invoices', 'ines', 'Show invoices', 'src/money.ts', 'src/billing/invoices.ts', 'tests/invoices.test.ts'),
  commit(
    '08-directory',
    'tom',
    'Look clinicians up in the national directory',
    'src/routes/directory.ts',
    'tests/directory.test.ts',
  ),
  commit('09-launch', 'ines', 'Launch a campaign', 'src/routes/campaigns.ts', 'tests/launch.test.ts'),
  commit('10-slots', 'maya', 'Show appointment slots', 'src/routes/appointments.ts', 'tests/appointments.test.ts'),
  commit('11-activity', 'tom', 'Report activity', 'src/reports/activity.ts'),
  commit(
    '12-invoice-report',
    'ines',
    'Report invoices, also for spreadsheets',
    ...['src/reports/invoices.ts', 'src/reports/csv.js', 'src/reports/csv.d.ts'],
  ),
  commit('13-booking', 'maya', 'Book a slot', 'src/routes/appointments.ts', 'tests/booking.test.ts'),
  commit('14-week-in-memory', 'tom', 'Keep weeks in memory', 'src/routes/rota.ts'),
  commit('15-refunds', 'ines', 'Refund an invoice', 'src/billing/refunds.ts', 'tests/refunds.test.ts'),
  commit(
    '16-clinicians',
    'maya',
    'Show clinicians, and whom to ring about them',
    ...['src/referrals/reply.ts', 'src/referrals/clinicians.ts', 'tests/referrals.test.ts'],
  ),
  commit('17-visits-by-year', 'tom', 'Report visits by year', 'src/reports/yearly.ts'),
  commit('18-consents', 'ines', 'Take consents in', 'src/routes/patients.ts', 'tests/consents.test.ts'),
  commit(
    '19-practice-names',
    'maya',
    'Name the practice in the activity report',
    'src/reports/activity.ts',
    'tests/reports.test.ts',
  ),
  commit('20-letters', 'tom', 'Write referral letters', 'src/referrals/letter.ts', 'tests/letters.test.ts'),
  commit('21-pounds', 'ines', 'Give amounts in pounds', 'src/reports/csv.js'),
  commit('22-small-pages', 'tom', 'Read visits in smaller pages', 'src/reports/yearly.ts'),
  commit('23-smoke', 'maya', 'Check the routes that matter after a deployment', 'nightshift.json'),
]
